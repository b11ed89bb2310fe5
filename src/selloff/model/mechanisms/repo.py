"""The Federal Reserve lends against Treasuries, which adds room to dealers' books."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.stress import spread_stress
from selloff.model.sums import add_up


class RepoRule(eqx.Module):
    """How much room lending adds, and how long it lasts.

    Source: assumption; repo of 2020.
    """

    relief: Float[Array, "*d"]
    """Room added to dealers' books per unit of stress, up to one [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which loans end once stress has gone [1/year]."""


def lent_next(
    lent: Float[Array, ""], stress: Float[Array, ""], years: Float[Array, ""], rule: RepoRule
) -> Float[Array, ""]:
    """Take up loans as stress comes, and pay them back by their term.

    l[t] = max(min(s, 1), l[t-1] exp(-v h))

    Arguments:
        lent: l, loans at the end of the last step [ratio].
        stress: s, squeeze and doubt [ratio].
        years: length h of the step [years].
        rule: with the speed v.

    Returns:
        Loans in this step, one being those of full stress [ratio].

    Source: loans of one and three months (New York Fed, 12 March 2020).
    """
    return jnp.maximum(jnp.minimum(stress, 1.0), lent * jnp.exp(-rule.speed * years))


class FedRepo(AbstractMechanism):
    """Standing repo for dealers; foreign officials borrow too (see `followers`).

    Source: assumption; standing repo facility.
    """

    rule: RepoRule

    def start(self, opening: Opening) -> Float[Array, ""]:
        """Nothing is lent."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:
        """Lend with stress: relief x loans."""
        return Flows(room=self.rule.relief * self._lent(state, moment))

    def settle(self, state: Float[Array, ""], moment: Moment, cleared: Cleared) -> Float[Array, ""]:
        """Remember what is lent."""
        return self._lent(state, moment)

    def _lent(self, state: Float[Array, ""], moment: Moment) -> Float[Array, ""]:
        stress = add_up(spread_stress(moment.news, moment.elsewhere, moment.stress))
        return lent_next(state, stress, moment.years, self.rule)

    def report(self, state: Float[Array, ""]) -> Report:
        """Nothing to show."""
        return Report({}, {})
