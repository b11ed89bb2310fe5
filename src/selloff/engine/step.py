"""One step of the market, in the order the theory tells it."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.account import book_sales
from selloff.engine.clearing import carried_by, clear_market, clear_purchases
from selloff.engine.closing import new_debt, residuals
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.response import bond_response, fx_response, surprise_left
from selloff.engine.state import Bought, State
from selloff.engine.ticks import Tick
from selloff.model.absorption import close_gaps
from selloff.model.bonds import bond_price
from selloff.model.fading import fade
from selloff.model.intermediaries import dealer_wedge, split_inventory
from selloff.model.sums import add_up


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
    fed: Float[Array, ""]
    """Face the central bank has bought so far [USD bn]."""
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

    # The central bank and sellers come with what is due; dealers and turnover decide how
    # much of it goes.
    due = state.bought.backlog + tick.purchases
    purchases = clear_purchases(due, state, tick, draw)
    bank = Bought(due - purchases, state.bought.to_come - purchases)
    backlog = state.sold.backlog + tick.scheduled
    sales = clear_market(backlog, state, tick, bought=purchases, sale=inputs.sale, draw=draw)
    sold = add_up(sales, 0) - purchases

    # Slow buyers close their gaps; what they have not taken is with intermediaries.
    gaps = close_gaps(state.gaps, draw.shares * sold, tick.fades.gaps)
    inventory = add_up(gaps, 0)
    dealers, levered = split_inventory(add_up(inventory), who)
    use = dealers / (who.dealer_capacity * tick.depth)

    # Bonds reprice.
    felt = fade(state.felt, sold, tick.fades.felt)
    promised = add_up(inputs.sale.announced[:, None] * (state.sold.to_come - sales), 0)
    promised = promised - inputs.outside.announced * bank.to_come
    bonds = bond_response(felt, inventory, draw.belief * promised, draw)
    concession = dealer_wedge(add_up(inventory * inputs.books.equivalents), use, who)
    bonds = bonds + draw.prices.wedge * concession * surprise_left(inputs, draw)
    buckets = _bucket_yields(inputs)
    base_yield = market.bucket_yield + market.node_to_bucket @ tick.noise
    base_price = bond_price(base_yield, inputs.books.coupon, inputs.books.years)
    halfway = 0.5 * (state.bucket_delta + bonds[buckets])
    price = bond_price(base_yield + halfway, inputs.books.coupon, inputs.books.years)

    # Sellers are paid, and change what they were paid into what they want.
    account, fx_flow, jgb_flow = book_sales(
        state, sales, price, base_price=base_price, backlog=backlog, inputs=inputs, days=tick.days
    )
    fx_flow = fx_flow + tick.currency
    fx_felt = fade(state.fx_felt, fx_flow, tick.fades.felt)
    fx_fresh = fade(state.fx_fresh, fx_flow, tick.fades.fresh)
    jgb_felt = fade(state.jgb_felt, jgb_flow, tick.fades.felt)
    prices = bonds + fx_response(fx_felt, fx_fresh, inputs, draw) + draw.prices.jgb * jgb_felt
    after = bond_price(base_yield + prices[buckets], inputs.books.coupon, inputs.books.years)

    # Everybody's books are closed, and checked; all replace what ages or matures.
    bought = draw.shares * sold - (gaps - state.gaps)
    middle = carried_by(inventory, who) - carried_by(add_up(state.gaps, 0), who)
    trades = jnp.concatenate([bought, middle, purchases[None], -sales])
    issuance = new_debt(tick.issuance, draw.shares, trades.shape[0])
    holdings = state.holdings + trades + issuance
    kept = add_up(holdings[-sales.shape[0] :], 0) if sales.shape[0] else jnp.zeros_like(sold)
    mark = add_up(kept * (base_price - after))
    account = eqx.tree_at(lambda a: a.worst_mark, account, jnp.maximum(account.worst_mark, mark))
    new = State(
        day=state.day + tick.days,
        sold=account,
        bought=bank,
        gaps=gaps,
        felt=felt,
        fx_felt=fx_felt,
        fx_fresh=fx_fresh,
        jgb_felt=jgb_felt,
        bucket_delta=prices[buckets],
        holdings=holdings,
        outstanding=state.outstanding + tick.issuance,
        outside=state.outside + tick.currency,
        desk=state.desk - fx_flow,
    )
    bought_so_far = inputs.outside.programme - bank.to_come
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
        bought=draw.shares * (sold_so_far - bought_so_far) - gaps,
        fed=add_up(bought_so_far),
        trades=trades,
        base_price=base_price,
        price=after,
        residuals=residuals(new, trades, inputs),
    )
    return new, record


def _bucket_yields(inputs: Inputs) -> slice:
    """Where bucket yields stand among the outputs: ahead of foreign yields and currencies."""
    n_behind = 2 * inputs.gdp.shape[0]
    return slice(-n_behind - inputs.books.years.shape[0], -n_behind)
