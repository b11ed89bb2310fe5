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
    """How much room lending adds.

    Source: assumption; standing repo facility.
    """

    relief: Float[Array, "*d"]
    """Room added to dealers' books per unit of stress, up to one [fraction]."""


class FedRepo(AbstractMechanism):
    """Standing repo for dealers; foreign officials borrow too (see `followers`).

    Source: assumption; standing repo facility.
    """

    rule: RepoRule

    def start(self, opening: Opening) -> None:
        """Nothing to remember."""

    def wish(self, state: None, moment: Moment) -> Flows:
        """Lend with stress: relief x min(squeeze + doubt, 1)."""
        stress = add_up(spread_stress(moment.news, moment.elsewhere, moment.stress))
        return moment.flows(room=self.rule.relief * jnp.minimum(stress, 1.0))

    def settle(self, state: None, moment: Moment, cleared: Cleared) -> None:
        """Nothing to remember."""

    def report(self, state: None) -> Report:
        """Nothing to show."""
        return Report({}, {})
