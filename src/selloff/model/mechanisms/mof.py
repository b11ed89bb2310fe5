"""Japan's Ministry of Finance exchanges dollars for yen, or yen for dollars."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import add_up
from selloff.vocab.axes import FOREIGN

_YEN = FOREIGN.at("JPY")


class MofRule(eqx.Module):
    """When the Ministry of Finance intervenes.

    Source: interventions 2010 to 2026 against the trend of the dollar in yen.
    """

    trigger: Float[Array, "*d"]
    """Distance from trend that brings intervention [log]."""
    pace: Float[Array, "*d"]
    """Dollars exchanged at twice the trigger and beyond [USD bn per business day]."""
    bond_share: Float[Array, "*d"]
    """Part of dollars sold that comes from selling Treasuries, not deposits [fraction]."""
    trend_speed: Float[Array, "*d"]
    """Speed of the trend [1/year]."""


def intervention(
    gap: Float[Array, ""], base_gap: Float[Array, ""], rule: MofRule
) -> Float[Array, ""]:
    """Dollars sold for yen beyond what the baseline would have seen.

    pace [max(c(g) - c(g_0), 0) - max(c(-g) - c(-g_0), 0)];  c(x) = clip((x - g*) / g*, 0, 1)

    Arguments:
        gap: log dollar in yen above its trend [log].
        base_gap: the same in the baseline [log].
        rule: the rule.

    Returns:
        Dollars sold for yen; below zero dollars are bought [USD bn per business day].

    Source: Ito (2002) for the trend; the baseline's noise is from years in which the Ministry
    intervened, so only the difference is new.
    """

    def urge(x: Float[Array, ""]) -> Float[Array, ""]:
        return jnp.clip((x - rule.trigger) / rule.trigger, 0.0, 1.0)

    weak = jnp.maximum(urge(gap) - urge(base_gap), 0.0)
    strong = jnp.maximum(urge(-gap) - urge(-base_gap), 0.0)
    return rule.pace * (weak - strong)


class MofState(eqx.Module):
    """Where the Ministry of Finance stands."""

    trend: Float[Array, "2"]
    """Trend of the log dollar in yen, as it is and in the baseline [log]."""
    intervened: Float[Array, ""]
    """Dollars sold for yen so far less dollars bought [USD bn]."""


class Intervention(AbstractMechanism):
    """The Ministry of Finance in the currency market.

    Source: see `MofRule`.
    """

    rule: MofRule
    yen_trend: Float[Array, "*d"]
    """Trend of the dollar in yen less its level as the books open [log]."""

    def start(self, opening: Opening) -> MofState:
        """The trend is what it was when the books open."""
        trend = -opening.log_fx[_YEN] + self.yen_trend
        return MofState(jnp.stack([trend, trend]), jnp.zeros(()))

    def wish(self, state: MofState, moment: Moment) -> Flows:
        """Sell dollars for yen: bonds for a part of them, as far as there are any."""
        dollars = self._dollars(state, moment)
        bonds = self._bonds(dollars, moment)
        yen = jnp.zeros_like(moment.log_fx).at[_YEN].set(dollars - bonds)
        return Flows(sales=moment.bystanders.intervenes * bonds, currency=yen)

    def settle(self, state: MofState, moment: Moment, cleared: Cleared) -> MofState:
        """Let the trend follow, and count dollars sold out of deposits and for bonds."""
        yen = -jnp.stack([cleared.log_fx[_YEN], cleared.base_log_fx[_YEN]])
        kept = jnp.exp(-self.rule.trend_speed * moment.years)
        dollars = moment.on[self.switch] * self._dollars(state, moment)
        deposits = dollars - self._bonds(dollars, moment)
        trend = yen + (state.trend - yen) * kept
        return MofState(trend, state.intervened + deposits + cleared.defence)

    def report(self, state: MofState) -> Report:
        """Interventions so far, and the yen's trend."""
        spent = {"bought_dollars": -state.intervened}
        return Report({"intervened": state.intervened} | spent, {"yen_trend": state.trend})

    def _dollars(self, state: MofState, moment: Moment) -> Float[Array, ""]:
        yen = -jnp.stack([moment.log_fx[_YEN], moment.base_log_fx[_YEN]])
        gaps = yen - state.trend
        return intervention(gaps[0], gaps[1], self.rule) * moment.days

    def _bonds(self, dollars: Float[Array, ""], moment: Moment) -> Float[Array, ""]:
        crowd = moment.bystanders
        book = add_up(crowd.intervenes * (crowd.books - moment.sold))
        return jnp.clip(self.rule.bond_share * dollars, 0.0, jnp.maximum(book, 0.0))
