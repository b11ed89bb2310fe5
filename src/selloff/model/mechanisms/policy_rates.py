"""The policy rate of Japan answers the currency, with inertia and a floor."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractPressure
from selloff.model.mechanisms._flows import Cleared, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.vocab.axes import ECONOMIES, FOREIGN


class RateRule(eqx.Module):
    """How a policy rate answers, as a deviation from its baseline."""

    response: Float[Array, "*d"]
    """Target per unit of what the bank answers to [ratio]."""
    speed: Float[Array, "*d"]
    """Speed towards the target [1/year]."""


def rate_next(
    rate: Float[Array, ""],
    pressure: Float[Array, ""],
    *,
    floor: Float[Array, ""],
    years: Float[Array, ""],
    rule: RateRule,
) -> Float[Array, ""]:
    """Move a policy rate part of the way.

    target = max(-phi x, floor);  r[t] = target + (r[t-1] - target) exp(-v h)

    Arguments:
        rate: deviation at the end of the last step [decimal].
        pressure: x, appreciation of the currency [log].
        floor: lowest deviation, where the rate meets its floor [decimal].
        years: length h of the step [years].
        rule: the rule.

    Returns:
        Deviation at the end of the step [decimal].

    Source: assumption, docs/model/tokyo.md; a rule with inertia, as in Taylor (1993).
    """
    target = jnp.maximum(-rule.response * pressure, floor)
    return target + (rate - target) * jnp.exp(-rule.speed * years)


class PolicyRate(AbstractPressure):
    """The policy rate of one economy, as a deviation from its baseline.

    Source: see `RateRule`; its effect on prices from the pricing core.
    """

    rule: RateRule
    floor: Float[Array, "*d"]
    """Lowest deviation, where the rate meets its floor [decimal]."""
    loadings: Float[Array, "*d o"]
    """Response of prices to the rate [ratio]."""
    economy: str = eqx.field(static=True, kw_only=True)
    currency: str = eqx.field(static=True, kw_only=True)

    def start(self, opening: Opening) -> Float[Array, ""]:
        """At its baseline."""
        return jnp.zeros(())

    def press(
        self,
        state: Float[Array, ""],
        moment: Moment,
        felt: Float[Array, "2"],
    ) -> Float[Array, " o"]:
        """Move prices with the rate of the last step."""
        return self.loadings * state

    def settle(self, state: Float[Array, ""], moment: Moment, cleared: Cleared) -> Float[Array, ""]:
        """Answer what the step did to the currency against the dollar."""
        at = FOREIGN.at(self.currency)
        pressure = cleared.log_fx[at] - cleared.base_log_fx[at]
        new = rate_next(state, pressure, floor=self.floor, years=moment.years, rule=self.rule)
        return moment.on[self.switch] * new

    def report(self, state: Float[Array, ""]) -> Report:
        """The deviation, in its economy's place."""
        at = ECONOMIES.at(self.economy)
        return Report({"rates": jnp.zeros(len(ECONOMIES)).at[at].set(state)}, {})
