"""One step of the market, in the order the theory tells it."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.aftermath import Done, remember
from selloff.engine.clearing import carried_by, carried_over
from selloff.engine.closing import new_debt, own_trades, residuals
from selloff.engine.desired import Desired, desire
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.record import Record
from selloff.engine.repricing import Bonds, Money, bucket_yields, place_money, reprice_bonds
from selloff.engine.response import felt_stress, lend_to_dealers
from selloff.engine.state import State
from selloff.engine.ticks import Tick
from selloff.engine.trading import Carried, Traded, settle, trade
from selloff.model.pricing.bonds import bond_price
from selloff.model.sums import add_up


def step(state: State, tick: Tick, inputs: Inputs, draw: Draws) -> tuple[State, Record]:
    """Everybody wants, the market clears, prices move, books are closed."""
    tick = lend_to_dealers(state, tick, inputs, draw)
    wish = desire(state, tick, inputs, draw, carried=carried_over(state, tick))
    traded = trade(state, tick, wish, inputs=inputs, draw=draw)
    carried = settle(state, tick, wish, traded=traded, inputs=inputs, draw=draw)
    bonds = reprice_bonds(
        state, tick, wish, traded=traded, carried=carried, inputs=inputs, draw=draw
    )
    money = place_money(
        state, tick, wish, traded=traded, carried=carried, bonds=bonds, inputs=inputs, draw=draw
    )
    return _close(_Step(state, tick, wish, traded, carried, bonds, money), inputs, draw)


class _Step(eqx.Module):
    """All that happened in a step before books are closed."""

    state: State
    tick: Tick
    wish: Desired
    traded: Traded
    carried: Carried
    bonds: Bonds
    money: Money


def _close(done: _Step, inputs: Inputs, draw: Draws) -> tuple[State, Record]:
    """Close everybody's books, and check them; all replace what ages or matures."""
    state, tick, wish, money = done.state, done.tick, done.wish, done.money
    trades = _trades(done, inputs, draw)
    issued = tick.issuance + wish.shift
    holdings = state.holdings + trades + new_debt(issued, draw.shares, trades.shape[0])
    after = bond_price(
        done.bonds.base_yield + money.prices[bucket_yields(inputs)],
        inputs.books.coupon,
        inputs.books.years,
    )
    n_s = done.traded.sales.shape[0]
    kept = holdings[holdings.shape[0] - n_s :]
    mark = add_up(kept * (done.bonds.base_price - after)) if n_s else jnp.zeros(())
    worst = jnp.maximum(money.account.worst_mark, mark)
    base_log_fx = inputs.market.log_fx + inputs.market.node_to_fx @ tick.noise
    reacted = remember(
        state,
        tick,
        wish,
        _brought(done, base_log_fx, kept, after=after, inputs=inputs),
        inputs=inputs,
        draw=draw,
    )
    new = State(
        day=state.day + tick.days,
        sold=eqx.tree_at(lambda a: a.worst_mark, money.account, worst),
        bought=done.traded.bank,
        gaps=done.carried.gaps,
        felt=done.bonds.felt,
        fx_felt=money.fx_felt,
        fx_fresh=money.fx_fresh,
        jgb_felt=money.jgb_felt,
        bucket_delta=money.prices[bucket_yields(inputs)],
        holdings=holdings,
        outstanding=state.outstanding + issued,
        outside=state.outside + money.loose,
        desk=state.desk - money.fx_flow,
        supplied=state.supplied + done.carried.supplied,
        reacted=reacted,
    )
    return new, _write(
        done, new, trades, base_log_fx=base_log_fx, after=after, inputs=inputs, draw=draw
    )


def _trades(done: _Step, inputs: Inputs, draw: Draws) -> Float[Array, "r b"]:
    """Purchases of every row in the step, sales negative."""
    state, carried = done.state, done.carried
    bought = draw.shares * carried.supplied - (carried.gaps - state.gaps)
    who = draw.intermediaries
    middle = carried_by(carried.inventory, who) - carried_by(add_up(state.gaps, 0), who)
    bank = done.traded.delivered - done.wish.returned
    trades = jnp.concatenate([bought, middle, bank[None], -done.traded.sales])
    return trades + own_trades(
        done.traded.followed,
        carried.closed - state.reacted.closed,
        n_rows=trades.shape[0],
        inputs=inputs,
        draw=draw,
    )


def _brought(
    done: _Step,
    base_log_fx: Float[Array, " k"],
    kept: Float[Array, "s b"],
    *,
    after: Float[Array, " b"],
    inputs: Inputs,
) -> Done:
    """What the step brought, as everybody else sees it."""
    prices, n_k = done.money.prices, base_log_fx.shape[0]
    yen = base_log_fx[0] + prices[-n_k]
    return Done(
        served=done.traded.followed,
        cash=done.money.cash,
        defence=done.money.defence,
        placed=done.money.placed,
        bought=done.traded.ruled - done.wish.returned,
        dislocation=done.carried.dislocation,
        closed=done.carried.closed,
        carry_closed=done.money.carry_closed,
        rises=jnp.stack([prices[inputs.ten_year], prices[-2 * n_k]]),
        yen=-jnp.stack([yen, base_log_fx[0]]),
        sales=add_up(done.traded.sales, 1),
        left=add_up(kept * after, 1),
        left_face=add_up(kept, 1),
    )


def _write(
    done: _Step,
    new: State,
    trades: Float[Array, "r b"],
    *,
    base_log_fx: Float[Array, " k"],
    after: Float[Array, " b"],
    inputs: Inputs,
    draw: Draws,
) -> Record:
    market, tick, reacted = inputs.market, done.tick, new.reacted
    ruled = add_up(reacted.fed.held)
    return Record(
        prices=done.money.prices,
        base_ten_year=market.ten_year + market.node_to_ten_year @ tick.noise,
        base_log_fx=base_log_fx,
        sold=done.traded.sales,
        unsold=add_up(new.sold.to_come),
        dealers=done.carried.dealers,
        levered=done.carried.levered,
        use=done.carried.dealers / (draw.intermediaries.dealer_capacity * tick.depth),
        fed=add_up(inputs.outside.programme - new.bought.to_come) + ruled,
        followed=done.traded.followed,
        forced=reacted.closed * add_up(draw.reactions.positions),
        intervened=reacted.intervened,
        jgbs=reacted.jgbs,
        rates=reacted.rates,
        stress=felt_stress(done.carried.dislocation, tick, draw),
        placed=new.sold.assets,
        placed_by_others=reacted.assets,
        hazard=add_up(reacted.hazard),
        trades=trades,
        shifted=done.wish.shift,
        base_price=done.bonds.base_price,
        price=after,
        residuals=residuals(new, trades, inputs),
    )
