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
    """Dislocation, with what a squeeze of the world adds, that opens the gate [decimal]."""
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


def watch(
    state: FedState, dislocation: Float[Array, ""], days: Float[Array, ""], rule: FedRule
) -> FedState:
    """Open or shut the gate.

    It opens above the gate, and stays open down to a part of it.

    Arguments:
        state: where the Fed stood.
        dislocation: dealers' concession on the 10-year at the end of the last step, and what a
            squeeze of the world adds to it [decimal].
        days: length of the step [business days].
        rule: the rule.

    Returns:
        Where it stands, before it buys.

    Source: assumption; in 2020 it bought because the market did not work, and in October 2023
    and April 2025, when yields rose and the market worked, it did not.
    """
    was_open = state.open_days > 0.0
    bar = jnp.where(was_open, rule.exit_frac * rule.gate, rule.gate)
    is_open = dislocation > bar
    shut_days = jnp.where(is_open | was_open, 0.0, state.shut_days + days)
    return FedState(jnp.where(is_open, state.open_days + days, 0.0), shut_days, state.held)


def purchases_due(
    state: FedState, days: Float[Array, ""], inflation_gap: Float[Array, ""], *, rule: FedRule
) -> Float[Array, ""]:
    """Read what is bought in a step off the table of 2020.

    C(n) - C(n - days) while the gate is open, T(m + days) - T(m) after it shut m days ago,
    times exp(-delta (pi - pi*)) where inflation is high; C and T cumulate the paces

    Arguments:
        state: where the Fed stands, the step counted in the days the gate is open.
        days: length of the step [business days].
        inflation_gap: inflation above target [decimal].
        rule: the rule.

    Returns:
        Face to buy [USD bn].

    Source: New York Fed (2020); damping is an assumption: purchases feed inflation.
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
    amount = jnp.where(n > 0.0, opened(n) - opened(n - days), tapered(m + days) - tapered(m))
    return amount * jnp.exp(-rule.damping * jnp.maximum(inflation_gap, 0.0))


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
        return FedState(jnp.zeros(()), jnp.asarray(jnp.inf), jnp.zeros_like(opening.outstanding))

    def wish(self, state: FedState, moment: Moment) -> Flows:
        """Buy what is due, and no more than intermediaries carry: then the market works."""
        seen = self._watched(state, moment)
        due = purchases_due(seen, moment.days, self.inflation_gap, rule=self.rule)
        due = jnp.minimum(due, jnp.maximum(moment.carried, 0.0))
        day = moment.lengths[0]
        returned = run_off(seen, moment.years, day_years=day, rule=self.rule)
        return moment.flows(purchases=due * self.mix, returned=returned)

    def settle(self, state: FedState, moment: Moment, cleared: Cleared) -> FedState:
        """Count the days and what was bought."""
        seen, wished = self._watched(state, moment), self.wish(state, moment)
        bought = moment.on[self.switch] * wished.purchases * cleared.delivered
        held = seen.held + (bought - moment.on[self.switch] * wished.returned)
        return FedState(seen.open_days, seen.shut_days, held)

    def report(self, state: FedState) -> Report:
        """What it holds, and how long the gate has been open or shut."""
        days = {"fed_open_days": state.open_days, "fed_shut_days": state.shut_days}
        return Report({}, {"held_by_rules": state.held, **days})

    def _watched(self, state: FedState, moment: Moment) -> FedState:
        """A squeeze of the world opens the gate as a dislocation does."""
        squeeze = STRESSES.pick(moment.elsewhere, "squeeze")
        squeezed = moment.dislocation + moment.stress.unit * squeeze
        return watch(state, squeezed, moment.days, self.rule)
