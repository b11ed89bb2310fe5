"""Who borrowed yen to hold dollars buys the yen back when it rises."""

from collections.abc import Callable

from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractForcedCurrency
from selloff.model.mechanisms._flows import Report
from selloff.model.mechanisms._moment import Moment
from selloff.model.mechanisms._stops import spiral


class CarryTrade(AbstractForcedCurrency):
    """The yen carry trade.

    What counts is the rise against the yen's own trend: a slow rise is paid for out of the carry.

    Source: Bank for International Settlements, Bulletin 90 (2024).
    """

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

    def report(self, state: Float[Array, ""]) -> Report:
        """Share closed."""
        return Report({}, {"carry_closed": state})
