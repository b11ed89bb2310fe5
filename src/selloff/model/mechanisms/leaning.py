"""Officials of managed currencies buy dollars, that is Treasuries, when others rise."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import add_up


class LeaningRule(eqx.Module):
    """How strongly officials lean.

    Source: reserves of China and nine economies of Asia, 2001 to 2021; Japan, 2003 and 2004.
    """

    strength: Float[Array, "*d"]
    """Dollars bought a year over output, per unit of rise of floating currencies [ratio]."""
    others: Float[Array, "*d"]
    """Output of the other managed economies over that of China [ratio]."""
    treasuries: Float[Array, "*d"]
    """Part of the dollars that goes into Treasuries [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which a rise is no longer news [1/year]."""


class LeaningState(eqx.Module):
    """Where officials stand."""

    trend: Float[Array, ""]
    """Rise of floating currencies that they are used to [log]."""
    bought: Float[Array, " b"]
    """Treasuries bought so far, face [USD bn]."""


def dollars_bought(
    rise: Float[Array, ""],
    trend: Float[Array, ""],
    output: Float[Array, ""],
    *,
    rule: LeaningRule,
    years: Float[Array, ""],
) -> Float[Array, ""]:
    """Dollars that officials buy so as not to rise with the floating currencies.

    psi G (1 + o) max(x - m, 0) h

    Arguments:
        rise: x, of floating currencies against the dollar, less the baseline [log].
        trend: m, the rise that officials are used to [log].
        output: G, of China [USD bn a year].
        rule: strength psi and others o.
        years: length h of the step [years].

    Returns:
        Dollars bought [USD bn].

    Source: yearly changes of reserves without revaluation on the rise of yen, euro and sterling
    in the same year, docs/model/leaning.md; that only a rise counts is an assumption.
    """
    return rule.strength * output * (1.0 + rule.others) * jnp.maximum(rise - trend, 0.0) * years


class Leaning(AbstractMechanism):
    """Officials of managed currencies.

    Source: see `LeaningRule`.
    """

    rule: LeaningRule
    output: Float[Array, "*d"]
    """Of China [USD bn a year]."""
    floating: Float[Array, "*d k"]
    """Weight of each currency in what floats, in all one [fraction]."""
    mix: Float[Array, "*d b"]
    """What a dollar of Treasuries goes into [fraction]."""

    def start(self, opening: Opening) -> LeaningState:
        """Nothing has risen and nothing is bought."""
        return LeaningState(jnp.zeros(()), jnp.zeros_like(opening.outstanding))

    def wish(self, state: LeaningState, moment: Moment) -> Flows:
        """Buy dollars, and Treasuries with a part of them."""
        rise = self._rise(moment.log_fx, moment.base_log_fx)
        dollars = dollars_bought(rise, state.trend, self.output, rule=self.rule, years=moment.years)
        return Flows(reserves=self.rule.treasuries * dollars * self.mix)

    def settle(self, state: LeaningState, moment: Moment, cleared: Cleared) -> LeaningState:
        """Count what was bought, and get used to the rise."""
        wished = moment.on[self.switch] * self.wish(state, moment).reserves
        rise = self._rise(cleared.log_fx, cleared.base_log_fx)
        kept = jnp.exp(-self.rule.speed * moment.years)
        bought = state.bought + wished * cleared.delivered
        return LeaningState(rise + (state.trend - rise) * kept, bought)

    def report(self, state: LeaningState) -> Report:
        """What was bought so far, and the dollars of which it is a part."""
        leant = add_up(state.bought)
        dollars = {"bought_dollars": leant / self.rule.treasuries}
        return Report({"leant": leant} | dollars, {"leant_by_bucket": state.bought})

    def _rise(
        self, log_fx: Float[Array, " k"], base_log_fx: Float[Array, " k"]
    ) -> Float[Array, ""]:
        return add_up(self.floating * (log_fx - base_log_fx))
