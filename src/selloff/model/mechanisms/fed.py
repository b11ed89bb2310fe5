"""The Federal Reserve buys behind a gate, at the pace of 2020, and lets go later."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import add_up
from selloff.vocab.axes import STRESSES

_LONG_AGO = 1e6
"""Stands for never, where infinities would not cancel [business days]."""


class FedRule(eqx.Module):
    """When the Federal Reserve buys, how much, and when it lets go.

    Source: New York Fed operations of March to May 2020.
    """

    gate: Float[Array, "*d"]
    """Dysfunction that opens the gate once it has lasted [decimal]."""
    memory: Float[Array, "*d"]
    """Speed at which what lasts is told from what passes [1/year]."""
    forced: Float[Array, "*d"]
    """What levered funds add to dysfunction if all they hold were forced out in a day [decimal]."""
    left: Float[Array, "*d"]
    """What it leaves for those who were forced out, over what they will buy back [ratio]."""
    cure: Float[Array, "*d"]
    """Cash that a squeeze of one makes holders want, and that cures it once bought [USD bn]."""
    exit_frac: Float[Array, "*d"]
    """Part of the gate below which it shuts [fraction]."""
    pace: Float[Array, "*d 3"]
    """Purchases on the first day, on the next days and then [USD bn per business day]."""
    pace_days: Float[Array, "*d 2"]
    """Last day of the first and of the second pace [business days]."""
    taper: Float[Array, "*d 4"]
    """Purchases of each stage after the gate shuts [USD bn per business day]."""
    taper_days: Float[Array, "*d"]
    """Length of each of these stages [business days]."""
    damping: Float[Array, "*d"]
    """Purchases forgone per unit of inflation above target [1 per decimal]."""
    runoff_delay: Float[Array, "*d"]
    """Time from the day the gate shuts to the run-off [years]."""
    runoff_speed: Float[Array, "*d"]
    """Speed of the run-off [1/year]."""


class FedState(eqx.Module):
    """Where the Federal Reserve stands."""

    open_days: Float[Array, ""]
    """Days the gate has been open; zero while it is shut [business days]."""
    shut_days: Float[Array, ""]
    """Days since it shut; infinite if it never opened [business days]."""
    held: Float[Array, " b"]
    """Face bought by the rule and still held [USD bn]."""
    lasting: Float[Array, ""]
    """Dysfunction that has lasted [decimal]."""
    given: Float[Array, ""]
    """Part of it that came from elsewhere when the gate was last open [fraction]."""
    closed: Float[Array, ""]
    """Part of levered funds' positions that was forced out when it last looked [fraction]."""


def dysfunction(
    news: Float[Array, ""],
    squeeze: Float[Array, ""],
    closing: Float[Array, ""],
    rule: FedRule,
) -> Float[Array, ""]:
    """Read how badly the market works, in basis points of March 2020.

    D = n + squeeze from elsewhere + W max(closing, 0)

    Arguments:
        news: n, dealers' concession beyond what everybody is used to [decimal].
        squeeze: squeeze from elsewhere in the same measure [decimal].
        closing: part of levered funds' positions forced out a day [fraction per business day].
        rule: the rule.

    Returns:
        Dysfunction [decimal].

    Source: what the Federal Reserve answered to in March 2020, and not in September 2019, October
    2023 and April 2025; see docs/model/fed.md. Volatility has no weight: it was as high without
    purchases in October 2022, March 2023 and April 2025.
    """
    return news + squeeze + rule.forced * jnp.maximum(closing, 0.0)


def uncured(
    squeeze: Float[Array, ""], held: Float[Array, ""], rule: FedRule
) -> Float[Array, ""]:
    """Say how much of a squeeze from elsewhere purchases can still cure.

    max(s - held / C, 0)

    Arguments:
        squeeze: s, as it comes from elsewhere [ratio].
        held: face bought so far [USD bn].
        rule: with C, what a squeeze of one asks for [USD bn].

    Returns:
        What is left of it [ratio].

    Source: in 2020 purchases slowed from 2 April, after USD 0.9tn, and had nearly stopped by the
    end of May, after 1.6tn (H.4.1).
    """
    return jnp.maximum(squeeze - held / rule.cure, 0.0)


def watch(
    state: FedState,
    bad: Float[Array, ""],
    given: Float[Array, ""],
    *,
    over: tuple[Float[Array, ""], Float[Array, ""]],
    rule: FedRule,
) -> FedState:
    """Open or shut the gate.

    L[t] = D + (L[t-1] - D) exp(-v h); it opens above the gate, and stays open down to a part of it

    Arguments:
        state: where the Fed stood.
        bad: dysfunction D [decimal].
        given: what of it comes from elsewhere [decimal].
        over: length of the step [business days], and the same, h [years].
        rule: the rule.

    Returns:
        Where it stands, before it buys.

    Source: in March 2020 the yield turned on the 9th and the first purchases came on the 13th; a
    bad day by itself, as 25 February 2021, brought none.
    """
    days, years = over
    lasting = bad + (state.lasting - bad) * jnp.exp(-rule.memory * years)
    was_open = state.open_days > 0.0
    bar = jnp.where(was_open, rule.exit_frac * rule.gate, rule.gate)
    is_open = lasting > bar
    part = jnp.clip(given / jnp.where(bad > 0.0, bad, 1.0), 0.0, 1.0)
    return FedState(
        open_days=jnp.where(is_open, state.open_days + days, 0.0),
        shut_days=jnp.where(is_open | was_open, 0.0, state.shut_days + days),
        held=state.held,
        lasting=lasting,
        given=jnp.where(is_open, part, state.given),
        closed=state.closed,
    )


def purchases_due(
    state: FedState, days: Float[Array, ""], inflation_gap: Float[Array, ""], *, rule: FedRule
) -> Float[Array, ""]:
    """Read what is bought in a step off the table of 2020.

    C(n) - C(n - days) while the gate is open, g (T(m + days) - T(m)) after it shut m days ago,
    times exp(-delta (pi - pi*)) where inflation is high; C and T cumulate the paces, and g is the
    part of the dysfunction that came from elsewhere

    Arguments:
        state: where the Fed stands, the step counted in the days the gate is open.
        days: length of the step [business days].
        inflation_gap: inflation above target [decimal].
        rule: the rule.

    Returns:
        Face to buy [USD bn].

    Source: New York Fed (2020); damping is an assumption: purchases feed inflation. A market that
    breaks by itself gets no taper: the Bank of England stopped on its day in October 2022.
    """
    first, second = rule.pace_days[0], rule.pace_days[1]

    def opened(n: Float[Array, ""]) -> Float[Array, ""]:
        begun = rule.pace[0] * jnp.clip(n, 0.0, first)
        more = rule.pace[1] * jnp.clip(n - first, 0.0, second - first)
        return begun + more + rule.pace[2] * jnp.maximum(n - second, 0.0)

    def tapered(m: Float[Array, ""]) -> Float[Array, ""]:
        done = m - rule.taper_days * jnp.arange(rule.taper.shape[0])
        return add_up(rule.taper * jnp.clip(done, 0.0, rule.taper_days))

    n, m = state.open_days, jnp.minimum(state.shut_days, _LONG_AGO)
    amount = jnp.where(
        n > 0.0, opened(n) - opened(n - days), state.given * (tapered(m + days) - tapered(m))
    )
    return amount * jnp.exp(-rule.damping * jnp.maximum(inflation_gap, 0.0))


def split_purchases(
    due: Float[Array, ""],
    carried: Float[Array, ""],
    forced: Float[Array, ""],
    *,
    given: Float[Array, ""],
    rule: FedRule,
) -> tuple[Float[Array, ""], Float[Array, ""]]:
    """Find what it buys of what is due, and from whom.

    from intermediaries: min(due, carried - l forced);  from holders: g (due - that)

    Arguments:
        due: what the table of 2020 says [USD bn].
        carried: inventory of earlier steps that intermediaries still hold [USD bn].
        forced: face that levered funds were forced to sell and will buy back [USD bn].
        given: g, part of the dysfunction that came from elsewhere [fraction].
        rule: the rule.

    Returns:
        Face to buy from intermediaries, and from holders who want cash [USD bn].

    Source: in the squeeze of 2020 it bought by its table, USD 1.6tn by the end of May (H.4.1),
    while dealers' net position stood between 220 and 270; that it would stop at what they hold
    without such a squeeze is an assumption.
    """
    at_hand = jnp.minimum(due, jnp.maximum(carried - rule.left * forced, 0.0))
    return at_hand, given * (due - at_hand)


def run_off(
    state: FedState, years: Float[Array, ""], *, day_years: Float[Array, ""], rule: FedRule
) -> Float[Array, " b"]:
    """Let go what was bought.

    held (1 - exp(-v h)), once the delay is over

    Arguments:
        state: where the Fed stands.
        years: length h of the step [years].
        day_years: length of a business day [years].
        rule: the rule.

    Returns:
        Face that comes back to the market [USD bn].

    Source: assumption; in 2022 run-off began two years after the purchases.
    """
    is_due = state.shut_days * day_years > rule.runoff_delay
    return jnp.where(is_due, -jnp.expm1(-rule.runoff_speed * years), 0.0) * state.held


class FedPurchases(AbstractMechanism):
    """The Federal Reserve's purchases.

    Source: see `FedRule`.
    """

    rule: FedRule
    mix: Float[Array, "*d b"]
    """What a dollar of its purchases goes into [fraction]."""
    inflation_gap: Float[Array, "*d"]
    """US inflation above target [decimal]."""

    def start(self, opening: Opening) -> FedState:
        """The gate is shut and nothing is held."""
        nothing = jnp.zeros(())
        never = jnp.asarray(jnp.inf)
        return FedState(nothing, never, jnp.zeros_like(opening.outstanding), *3 * (nothing,))

    def wish(self, state: FedState, moment: Moment) -> Flows:
        """Buy what is due, as far as nobody else will."""
        seen = self._watched(state, moment)
        due = purchases_due(seen, moment.days, self.inflation_gap, rule=self.rule)
        forced = moment.known["forced"]
        due, direct = split_purchases(due, moment.carried, forced, given=seen.given, rule=self.rule)
        day = moment.lengths[0]
        returned = run_off(seen, moment.years, day_years=day, rule=self.rule)
        return moment.flows(purchases=due * self.mix, returned=returned - direct * self.mix)

    def settle(self, state: FedState, moment: Moment, cleared: Cleared) -> FedState:
        """Count the days and what was bought."""
        seen, wished = self._watched(state, moment), self.wish(state, moment)
        bought = moment.on[self.switch] * wished.purchases * cleared.delivered
        held = seen.held + (bought - moment.on[self.switch] * wished.returned)
        return eqx.tree_at(lambda s: s.held, seen, held)

    def report(self, state: FedState) -> Report:
        """What it holds, and how long the gate has been open or shut."""
        days = {"fed_open_days": state.open_days, "fed_shut_days": state.shut_days}
        why = {"fed_lasting": state.lasting, "fed_given": state.given}
        return Report({}, {"held_by_rules": state.held, **days, **why})

    def _watched(self, state: FedState, moment: Moment) -> FedState:
        """A squeeze of the world opens the gate as a dislocation does."""
        given = uncured(
            STRESSES.pick(moment.elsewhere, "squeeze"), add_up(state.held), self.rule
        )
        given = moment.stress.unit * given
        closed = moment.known["funds_closed"]
        closing = (closed - state.closed) / moment.days
        bad = dysfunction(moment.news, given, closing, self.rule)
        seen = watch(state, bad, given, over=(moment.days, moment.years), rule=self.rule)
        return eqx.tree_at(lambda s: s.closed, seen, closed)
