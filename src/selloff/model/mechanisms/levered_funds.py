"""Levered funds sell Treasuries when dislocation and stress force them."""

from collections.abc import Callable

from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractForcedSale
from selloff.model.mechanisms._flows import Report
from selloff.model.mechanisms._moment import Moment
from selloff.model.mechanisms._stops import spiral
from selloff.model.mechanisms.margins import with_margins
from selloff.model.stress import funds_distress
from selloff.model.sums import add_up


class LeveredFunds(AbstractForcedSale):
    """Basis trades of funds at home and in Cayman.

    Source: see `Stops`, `funds_distress` and `with_margins`.
    """

    doubt_weight: Float[Array, "*d"]
    """How much doubt of the United States counts beside a squeeze [ratio]."""
    margin_weight: Float[Array, "*d"]
    """How much of distress is margins [fraction]."""

    def unwind(
        self, state: Float[Array, ""], moment: Moment, market: Callable[[Array], Array]
    ) -> Float[Array, ""]:
        """Close when the dislocation that the market shows, with what is closed, hurts."""
        face = add_up(self.positions, 0)

        def distress(more: Float[Array, ""]) -> Float[Array, ""]:
            news = market(more * face) - moment.used_to
            now = funds_distress(news, moment.elsewhere, self.doubt_weight, moment.stress)
            return with_margins(now, moment.known["margin"], self.margin_weight)

        on = moment.on[self.switch]
        return spiral(state, distress, on=on, years=moment.years, stops=self.stops)

    def report(self, state: Float[Array, ""]) -> Report:
        """Face closed, in all and by row."""
        return Report(
            {"forced": state * add_up(self.positions)},
            {"funds_closed": state, "forced_by_row": state * self.positions},
        )
