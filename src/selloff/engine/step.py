"""One step of the market: everybody wishes, the market clears, prices move, books are closed."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.engine.account import book_marks
from selloff.engine.closing import new_debt, residuals, trades_of
from selloff.engine.inputs import Draws, Inputs
from selloff.engine.moment import Now, ask, look, reports
from selloff.engine.record import Record
from selloff.engine.repricing import Bonds, Money, place_money, reprice_bonds
from selloff.engine.state import Others, Seen, State
from selloff.engine.ticks import Tick
from selloff.engine.trading import Carried, Traded, carry, trade
from selloff.model.mechanisms import Cleared, Moment
from selloff.model.pricing.bonds import bond_price
from selloff.model.stress import used_to_next
from selloff.model.sums import add_up
from selloff.vocab.axes import PRICES, TENORS

_TEN_YEAR = TENORS.at("10Y")


def step(state: State, tick: Tick, inputs: Inputs, draw: Draws) -> tuple[State, Record]:
    """Move from the end of one step to the end of the next."""
    now = Now(state, tick, inputs, draw)
    moment = ask(look(now), draw.mechanisms, state.answers)
    now = eqx.tree_at(lambda n: n.tick.depth, now, tick.depth * (1.0 + moment.offered.room))
    traded = trade(now, moment)
    carried = carry(now, moment, traded)
    bonds = reprice_bonds(now, moment, traded, carried)
    money = place_money(now, moment, traded, bonds)
    return _close(_Step(now, moment, traded, carried, bonds, money))


class _Step(eqx.Module):
    """All that happened in a step before books are closed."""

    now: Now
    moment: Moment
    traded: Traded
    carried: Carried
    bonds: Bonds
    money: Money


def _close(done: _Step) -> tuple[State, Record]:
    """Close everybody's books, let mechanisms remember, and write the step down."""
    now, money, carried = done.now, done.money, done.carried
    state, inputs, draw, offered = now.state, now.inputs, now.draw, done.moment.offered
    trades = trades_of(now, done.moment, done.traded, carried)
    issued = now.tick.issuance + offered.issuance
    holdings = state.holdings + trades + new_debt(issued, draw.shares, trades.shape[0])
    delta = money.prices[PRICES.buckets]
    after = bond_price(done.bonds.base_yield + delta, inputs.books.coupon, inputs.books.years)
    kept = holdings[holdings.shape[0] - done.traded.sales.shape[0] :]
    seen = _see(done)
    cleared = _clear(done, seen, kept, after)
    answers = tuple(
        mechanism.settle(own, done.moment, cleared)
        for mechanism, own in zip(draw.mechanisms, state.answers, strict=True)
    )
    others = state.others
    new = State(
        day=state.day + now.tick.days,
        sold=book_marks(money.account, kept, done.bonds.base_price - after, done.traded.sales),
        bought=done.traded.bank,
        gaps=carried.gaps,
        felt=done.bonds.felt,
        fx_felt=money.fx_felt,
        fx_fresh=money.fx_fresh,
        foreign_felt=money.foreign_felt,
        bucket_delta=delta,
        holdings=holdings,
        outstanding=state.outstanding + issued,
        outside=state.outside + money.loose,
        desk=state.desk - money.fx_flow,
        supplied=state.supplied + carried.supplied,
        seen=seen,
        others=Others(
            others.sold + done.traded.followed,
            others.refilled + done.traded.swapped,
            others.proceeds + money.cash,
            others.assets + money.placed,
        ),
        answers=answers,
    )
    return new, _write(done, new, trades, after)


def _see(done: _Step) -> Seen:
    """Prices as everybody sees them in the next step."""
    prices, market = done.money.prices, done.now.inputs.market
    now, dislocation = done.now, done.carried.dislocation
    base_log_fx = market.log_fx + market.node_to_fx @ now.tick.noise
    return Seen(
        dislocation=dislocation,
        used_to=used_to_next(now.state.seen.used_to, dislocation, now.tick.years, now.draw.stress),
        rises=jnp.concatenate([prices[_TEN_YEAR : _TEN_YEAR + 1], prices[PRICES.foreign]]),
        log_fx=base_log_fx + prices[PRICES.fx],
        base_log_fx=base_log_fx,
    )


def _clear(
    done: _Step, seen: Seen, kept: Float[Array, "s b"], after: Float[Array, " b"]
) -> Cleared:
    """What the step brought, as mechanisms see it."""
    return Cleared(
        defence=done.money.defence,
        served=done.traded.served,
        delivered=done.traded.delivered_frac,
        dislocation=seen.dislocation,
        closed=done.carried.closed | done.money.closed,
        rises=seen.rises,
        log_fx=seen.log_fx,
        base_log_fx=seen.base_log_fx,
        sales=add_up(done.traded.sales, 1),
        to_come=done.moment.sellers.to_come - add_up(done.traded.sales, 1),
        left=add_up(kept * after, 1),
        left_face=add_up(kept, 1),
    )


def _write(
    done: _Step, new: State, trades: Float[Array, "r b"], after: Float[Array, " b"]
) -> Record:
    """Write the step down."""
    tick, draw, carried = done.now.tick, done.now.draw, done.carried
    shown = reports(draw.mechanisms, new.answers)
    programme = done.now.inputs.outside.programme
    return Record(
        prices=done.money.prices,
        base_ten_year=tick.ten_year,
        base_log_fx=new.seen.base_log_fx,
        sold=done.traded.sales,
        unsold=add_up(new.sold.to_come),
        dealers=carried.dealers,
        levered=carried.levered,
        use=carried.dealers / (draw.intermediaries.dealer_capacity * tick.depth),
        waiting=done.traded.waiting + carried.waiting,
        fed=add_up(programme - new.bought.to_come) + add_up(shown.ending["held_by_rules"]),
        followed=done.traded.followed + done.traded.swapped,
        stress=done.bonds.stress,
        placed=new.sold.assets,
        placed_by_others=new.others.assets,
        reported=shown.series,
        trades=trades,
        shifted=done.moment.offered.issuance,
        base_price=done.bonds.base_price,
        price=after,
        residuals=residuals(new, trades, done.now.inputs),
    )
