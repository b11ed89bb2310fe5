"""Margins on the futures that levered funds are short: raised at once, lowered slowly."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.stress import funds_distress


def margin_next(
    margin: Float[Array, ""],
    distress: Float[Array, ""],
    years: Float[Array, ""],
    speed: Float[Array, ""],
) -> Float[Array, ""]:
    """Raise margins with distress, and lower them by and by once it has gone.

    m[t] = max(s, m[t-1] exp(-v h))

    Arguments:
        margin: m, margins at the last close, as the distress they are fit for [ratio].
        distress: s, what levered funds suffer from at the end of the step [ratio].
        years: length h of the step [years].
        speed: v, how fast margins are lowered [1/year].

    Returns:
        Margins at the close, one being those of March 2020 [ratio].

    Source: CME raises margins quickly after volatility rises and does not lower them at once when
    it falls (Abruzzo and Park 2014, abstract).
    """
    return jnp.maximum(distress, margin * jnp.exp(-speed * years))


def with_margins(
    distress: Float[Array, ""], margin: Float[Array, ""], weight: Float[Array, ""]
) -> Float[Array, ""]:
    """Add what margins still ask for to today's distress.

    s + g max(m - s, 0)

    Arguments:
        distress: s, of today [ratio].
        margin: m, margins at the last close, as the distress they are fit for [ratio].
        weight: g, how much of distress is margins [fraction].

    Returns:
        Distress with margins [ratio].

    Source: the form is an assumption; funds in the cash-futures basis faced more margin pressure
    and cut most (Kruttli, Monin, Petrasek and Watugala 2021, abstract).
    """
    return distress + weight * jnp.maximum(margin - distress, 0.0)


class Margins(AbstractMechanism):
    """What clearing houses ask for futures against Treasuries.

    Source: see `margin_next`.
    """

    doubt_weight: Float[Array, "*d"]
    """How much doubt of the United States counts beside a squeeze [ratio]."""
    speed: Float[Array, "*d"]
    """Speed at which margins are lowered [1/year]."""

    def start(self, opening: Opening) -> Float[Array, ""]:
        """Those of calm days."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:
        """Trade nothing."""
        return Flows()

    def settle(self, state: Float[Array, ""], moment: Moment, cleared: Cleared) -> Float[Array, ""]:
        """Set margins at the close."""
        news = cleared.dislocation - moment.used_to
        distress = funds_distress(news, moment.elsewhere, self.doubt_weight, moment.stress)
        return moment.on[self.switch] * margin_next(state, distress, moment.years, self.speed)

    def report(self, state: Float[Array, ""]) -> Report:
        """Margins beyond those of calm days."""
        return Report({"margin": state}, {})
