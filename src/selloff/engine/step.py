"""One step of the market, in the order the theory tells it."""

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float, Int

from selloff.engine.account import book_sales
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.shocks import Paths
from selloff.engine.state import State
from selloff.model.absorption import close_gaps
from selloff.model.bonds import bond_price
from selloff.model.exchange import concave_flow
from selloff.model.fading import Fading, fade, fading
from selloff.model.intermediaries import (
    Intermediaries,
    dealer_wedge,
    feasible_sale,
    inventory_limit,
    split_inventory,
)
from selloff.model.sums import add_up, largest

IDENTITIES = ("holders_add_up", "trades_cancel", "proceeds_placed", "currency_cancels")
"""Checked in every step of every draw, in the order of `Record.residuals`."""


class Fades(eqx.Module):
    """How fast what happened is forgotten, over a day and over a month."""

    gaps: Fading
    """Of what each group still has to buy."""
    unsettled: Float[Array, "*k b"]
    """Part of a sale spread over the step that intermediaries hold at its end [fraction]."""
    felt: Fading
    """Of sales and flows in prices."""
    fresh: Fading
    """Of the extra move of a currency."""


class Tick(eqx.Module):
    """What one step is given from outside."""

    fades: Fades

    years: Float[Array, ""]
    days: Float[Array, ""]
    scheduled: Float[Array, "s b"]
    issuance: Float[Array, " b"]
    noise: Float[Array, " f"]
    depth: Float[Array, ""]


class Record(eqx.Module):
    """What one step leaves behind; deltas are against the same draw without any sale."""

    prices: Float[Array, " o"]
    """Yields at tenors, bucket yields, foreign 10-year yields, log FX, less baseline."""
    base_ten_year: Float[Array, " j"]
    base_log_fx: Float[Array, " k"]
    sold: Float[Array, "s b"]
    """Face sold in the step [USD bn]."""
    unsold: Float[Array, ""]
    dealers: Float[Array, ""]
    levered: Float[Array, ""]
    use: Float[Array, ""]
    bought: Float[Array, "g b"]
    """Face of the sale each group has bought so far [USD bn]."""
    trades: Float[Array, "r b"]
    """Face of the sale bought by each row in the step, sales negative [USD bn]."""
    base_price: Float[Array, " b"]
    """Price of the bond that stands for each bucket, without the sale [fraction of face]."""
    price: Float[Array, " b"]
    """The same with the sale, at the end of the step [fraction of face]."""
    residuals: Float[Array, " i"]
    """Largest residual of each identity in the step [USD bn]."""


def step(state: State, tick: Tick, inputs: Inputs, draw: Draws) -> tuple[State, Record]:
    """Sellers sell, the market clears, prices move, books are closed.

    Arguments:
        state: end of the last step.
        tick: what comes from outside in this one.
        inputs: the arm.
        draw: parameters of the draw.

    Returns:
        State at the end of the step, and what it leaves behind.

    Source: MODEL sections 0 and 2.
    """
    who = draw.intermediaries
    market = inputs.market

    # Sellers put up what is due; dealers and turnover decide how much of it goes.
    backlog = state.sold.backlog + tick.scheduled
    sales = _clear(backlog, state, tick, inputs=inputs, draw=draw)
    sold = add_up(sales, 0)

    # Slow buyers close their gaps; what they have not taken is with intermediaries.
    gaps = close_gaps(state.gaps, draw.shares * sold, tick.fades.gaps)
    inventory = add_up(gaps, 0)
    dealers, levered = split_inventory(add_up(inventory), who)
    use = dealers / (who.dealer_capacity * tick.depth)

    # Bonds reprice.
    felt = fade(state.felt, sold, tick.fades.felt)
    to_come = state.sold.to_come - sales
    believed = draw.belief * inputs.sale.announced
    bonds = _bond_response(felt, inventory, to_come, believed=believed, draw=draw)
    surprise = _surprise(inputs.sale.programme, believed, draw)
    concession = dealer_wedge(add_up(inventory * inputs.books.equivalents), use, who)
    bonds = bonds + draw.prices.wedge * concession * surprise
    buckets = slice(-_n_after(inputs) - sold.shape[0], -_n_after(inputs))
    base_yield = market.bucket_yield + market.node_to_bucket @ tick.noise
    base_price = bond_price(base_yield, inputs.books.coupon, inputs.books.years)
    halfway = 0.5 * (state.bucket_delta + bonds[buckets])
    price = bond_price(base_yield + halfway, inputs.books.coupon, inputs.books.years)

    # Sellers are paid, and change what they were paid into what they want.
    account, fx_flow, jgb_flow = book_sales(
        state, sales, price, base_price=base_price, backlog=backlog, inputs=inputs, days=tick.days
    )
    fx_felt = fade(state.fx_felt, fx_flow, tick.fades.felt)
    fx_fresh = fade(state.fx_fresh, fx_flow, tick.fades.fresh)
    jgb_felt = fade(state.jgb_felt, jgb_flow, tick.fades.felt)
    prices = bonds + _fx_response(fx_felt, fx_fresh, inputs, draw) + draw.prices.jgb * jgb_felt
    after = bond_price(base_yield + prices[buckets], inputs.books.coupon, inputs.books.years)

    # Everybody's books are closed, and checked; all replace what ages or matures.
    bought = draw.shares * sold - (gaps - state.gaps)
    middle = _with_middle(inventory, who) - _with_middle(add_up(state.gaps, 0), who)
    trades = jnp.concatenate([bought, middle, jnp.zeros_like(middle[:1]), -sales])
    issuance = _issuance(tick.issuance, draw.shares, trades.shape[0])
    holdings = state.holdings + trades + issuance
    kept = add_up(holdings[-sales.shape[0] :], 0) if sales.shape[0] else jnp.zeros_like(sold)
    mark = add_up(kept * (base_price - after))
    account = eqx.tree_at(lambda a: a.worst_mark, account, jnp.maximum(account.worst_mark, mark))
    new = State(
        day=state.day + tick.days,
        sold=account,
        gaps=gaps,
        felt=felt,
        fx_felt=fx_felt,
        fx_fresh=fx_fresh,
        jgb_felt=jgb_felt,
        bucket_delta=prices[buckets],
        holdings=holdings,
        outstanding=state.outstanding + tick.issuance,
        desk=state.desk - fx_flow,
    )
    sold_so_far = add_up(inputs.sale.programme - account.to_come, 0)
    record = Record(
        prices=prices,
        base_ten_year=market.ten_year + market.node_to_ten_year @ tick.noise,
        base_log_fx=market.log_fx + market.node_to_fx @ tick.noise,
        sold=sales,
        unsold=add_up(account.to_come),
        dealers=dealers,
        levered=levered,
        use=use,
        bought=draw.shares * sold_so_far - gaps,
        trades=trades,
        base_price=base_price,
        price=after,
        residuals=_residuals(new, trades, inputs),
    )
    return new, record


def _clear(
    backlog: Float[Array, "s b"], state: State, tick: Tick, *, inputs: Inputs, draw: Draws
) -> Float[Array, "s b"]:
    """The part of each seller's backlog that the market takes."""
    who, sale = draw.intermediaries, inputs.sale
    turnover = who.daily_turnover * tick.days
    cap = jnp.minimum(sale.turnover_frac, draw.participation) * turnover
    wanted = jnp.minimum(add_up(backlog, 1), cap)
    # Room is reckoned on the bucket whose buyers are slowest, whatever goes first.
    kept = largest(jnp.where(add_up(backlog, 0) > 0.0, tick.fades.unsettled, 0.0))
    carried = add_up(tick.fades.gaps.left * add_up(state.gaps, 1))
    taken = feasible_sale(
        add_up(wanted),
        carried,
        limit=inventory_limit(tick.depth, who),
        kept_frac=jnp.where(kept > 0.0, kept, 1.0),
        turnover_cap=turnover,
    )
    each = wanted * taken / jnp.maximum(add_up(wanted), 1e-12)
    ahead = add_up(sale.before * backlog[:, None, :], 2)
    in_turn = jnp.clip(each[:, None] - ahead, 0.0, backlog)
    share = each / jnp.maximum(add_up(backlog, 1), 1e-12)
    return jnp.where(sale.ordered[:, None], in_turn, share[:, None] * backlog)


def _bond_response(
    felt: Float[Array, " b"],
    inventory: Float[Array, " b"],
    to_come: Float[Array, "s b"],
    *,
    believed: Float[Array, " s"],
    draw: Draws,
) -> Float[Array, " o"]:
    """Operator(lasting) x supply + operator(k) x inventory + operator(path) x announced."""
    expected = add_up(believed[:, None] * to_come, 0)
    return (
        add_up(draw.prices.lasting * felt, 1)
        + add_up(draw.prices.carried * inventory, 1)
        + add_up(draw.prices.expected * expected, 1)
    )


def _surprise(
    programme: Float[Array, "s b"],
    believed: Float[Array, " s"],
    draw: Draws,
) -> Float[Array, ""]:
    """Share of the transient impact that an announcement leaves: 1 - believed (1 - a)."""
    weight = add_up(programme, 1)
    mean = add_up(weight * believed) / jnp.maximum(add_up(weight), 1e-12)
    return 1.0 - mean * (1.0 - draw.surprise_left)


def _fx_response(
    felt: Float[Array, " k"], fresh: Float[Array, " k"], inputs: Inputs, draw: Draws
) -> Float[Array, " o"]:
    """Lasting response of everything to flows, and the currencies' own jump."""
    lasting = concave_flow(felt, inputs.gdp, draw.fx_power)
    jump = draw.fx_jump * concave_flow(fresh, inputs.gdp, draw.fx_power)
    n_k = jump.shape[0]
    response = add_up(draw.prices.fx * lasting, 1)
    return response.at[-n_k:].add(jump)


def _with_middle(inventory: Float[Array, " b"], who: Intermediaries) -> Float[Array, "2 b"]:
    """What dealers and levered funds carry of every bucket."""
    total = add_up(inventory)
    part = split_inventory(total, who)[1] / jnp.maximum(total, 1e-12)
    return jnp.stack([(1.0 - part) * inventory, part * inventory])


def _issuance(
    issuance: Float[Array, " b"], shares: Float[Array, "g b"], n_rows: int
) -> Float[Array, "r b"]:
    """Net new debt goes to those who absorb sales, in the same proportions."""
    taken = shares * issuance
    return jnp.concatenate([taken, jnp.zeros((n_rows - taken.shape[0], taken.shape[1]))])


def _residuals(state: State, trades: Float[Array, "r b"], inputs: Inputs) -> Float[Array, " i"]:
    """Holders add up to debt; trades cancel; proceeds have a counter-asset; FX cancels."""
    fx_held = add_up(state.sold.assets[:, None] * inputs.asset_currency, 0)
    return jnp.stack(
        [
            largest(jnp.abs(add_up(state.holdings, 0) - state.outstanding)),
            largest(jnp.abs(add_up(trades, 0))),
            jnp.abs(add_up(state.sold.assets) - add_up(state.sold.proceeds)),
            largest(jnp.abs(fx_held + state.desk)),
        ]
    )


def _n_after(inputs: Inputs) -> int:
    """Number of price outputs behind the bucket yields: foreign 10-year yields and FX."""
    return 2 * inputs.gdp.shape[0]


def fades(inputs: Inputs, draw: Draws) -> Fades:
    """Work out, once a draw, how stocks fade over a day and over a month.

    Arguments:
        inputs: the arm.
        draw: parameters of the draw.

    Returns:
        Fadings with the kind of step in front.

    Source: exact discretisation; only two step lengths occur.
    """
    lengths = inputs.clock.lengths
    gaps = fading(draw.speed, lengths[:, None])
    return Fades(
        gaps=gaps,
        unsettled=add_up(gaps.kept[:, :, None] * draw.shares, 1),
        felt=fading(draw.supply_decay, lengths),
        fresh=fading(draw.fx_jump_decay, lengths),
    )


def tick_at(inputs: Inputs, paths: Paths, over: Fades, at: Int[Array, ""]) -> Tick:
    """Gather what comes from outside in one step.

    Arguments:
        inputs: the arm.
        paths: chance of the draw.
        over: how stocks fade over either kind of step.
        at: step [index].

    Returns:
        The step's inputs.

    Source: indexing.
    """
    kind = inputs.clock.kind[at]
    return Tick(
        jax.tree.map(lambda leaf: leaf[kind], over),
        inputs.clock.years[at],
        inputs.clock.days[at],
        inputs.sale.scheduled[at],
        inputs.books.issuance[at],
        paths.noise[at],
        paths.depth[at],
    )
