"""Who borrowed yen to hold dollars buys the yen back when it rises."""

from collections.abc import Callable

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractForcedCurrency
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.mechanisms._stops import Stops, spiral


class CarryTrade(AbstractForcedCurrency):
    """The yen carry trade.

    What counts is the rise against the yen's own trend: a slow rise is paid for out of the carry.

    Source: Bank for International Settlements, Bulletin 90 (2024).
    """

    stops: Stops

    def start(self, opening: Opening) -> Float[Array, ""]:  # noqa: ARG002
        """Nothing is closed."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:  # noqa: ARG002
        """Trade only when forced."""
        return moment.flows()

    def unwind(
        self, state: Float[Array, ""], moment: Moment, market: Callable[[Array], Array]
    ) -> Float[Array, ""]:
        """Close when the yen, with what is bought back, rises beyond its trend."""
        trend = moment.known["yen_trend"]
        used_to = trend[1] - trend[0]

        def rise(more: Float[Array, ""]) -> Float[Array, ""]:
            return market(more * self.owed) - used_to

        on = moment.on[self.switch]
        return spiral(state, rise, on=on, years=moment.years, stops=self.stops)

    def settle(
        self,
        state: Float[Array, ""],  # noqa: ARG002
        moment: Moment,  # noqa: ARG002
        cleared: Cleared,
    ) -> Float[Array, ""]:
        """Remember what is closed."""
        return cleared.closed[self.name]

    def report(self, state: Float[Array, ""]) -> Report:
        """Share closed."""
        return Report({}, {"carry_closed": state})
