"""Officials who need dollars sell Treasuries: in a squeeze, and to defend their currency."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Bystanders, Moment, Opening
from selloff.model.sums import add_up
from selloff.vocab.axes import STRESSES


class DefenceRule(eqx.Module):
    """How much officials sell for want of dollars.

    Source: sales of March 2020; reserves of fifty emerging economies, 2008 to 2021.
    """

    need: Float[Array, "*d"]
    """Sales in a squeeze relative to those of March 2020 [ratio]."""
    strength: Float[Array, "*d"]
    """Part of reserves sold per unit by which floating currencies fall [1 per log]."""
    borrowed: Float[Array, "*d"]
    """Part of the dollars that is borrowed instead, where the central bank lends [fraction]."""
    speed: Float[Array, "*d"]
    """Speed at which officials reach what they want [1/year]."""
    forgetting: Float[Array, "*d"]
    """Speed at which a fall is no longer news [1/year]."""


class DefenceState(eqx.Module):
    """Where officials stand."""

    trend: Float[Array, ""]
    """Fall of floating currencies that they are used to [log]."""
    met: Float[Array, "2"]
    """Sold so far in a squeeze, in Marches of 2020 [ratio], and in defence [part of the book]."""


def dollars_wanted(
    squeeze: Float[Array, ""],
    fall: Float[Array, ""],
    trend: Float[Array, ""],
    lends: Float[Array, ""],
    *,
    rule: DefenceRule,
) -> Float[Array, "2"]:
    """Say what officials would have sold by now.

    (1 - b l) (n q, a max(x - m, 0))

    Arguments:
        squeeze: q, one being March 2020 [ratio].
        fall: x, of floating currencies against the dollar, less the baseline [log].
        trend: m, the fall that officials are used to [log].
        lends: l, one where the central bank lends against Treasuries or swaps [flag].
        rule: need n, strength a and part b that is borrowed.

    Returns:
        In Marches of 2020 [ratio], and in defence [part of the book].

    Source: sales of March and April 2020 by country; yearly changes of reserves without
    revaluation on the fall of yen, euro and sterling in the same year, docs/model/defence.md.
    """
    asked = jnp.stack([rule.need * squeeze, rule.strength * jnp.maximum(fall - trend, 0.0)])
    return (1.0 - rule.borrowed * lends) * asked


def faces_sold(met: Float[Array, "2"], crowd: Bystanders) -> Float[Array, " c"]:
    """Say what each holder has sold for want of dollars.

    B min(o n + e d, 1)

    Arguments:
        met: n Marches of 2020 [ratio], and part d of the book in defence [fraction].
        crowd: books B, sales of March 2020 o, and one for emerging economies e.

    Returns:
        Face by holder [USD bn].

    Source: definition.
    """
    return crowd.books * jnp.minimum(crowd.own_stress * met[0] + crowd.defends * met[1], 1.0)


class Defence(AbstractMechanism):
    """Foreign officials who need dollars.

    Source: see `DefenceRule`.
    """

    rule: DefenceRule
    floating: Float[Array, "*d k"]
    """Weight of each currency in what floats, in all one [fraction]."""

    def start(self, opening: Opening) -> DefenceState:
        """Nothing has fallen and nothing is sold."""
        return DefenceState(jnp.zeros(()), jnp.zeros(2))

    def wish(self, state: DefenceState, moment: Moment) -> Flows:
        """Go part of the way to what the need asks for, as far as there is a book."""
        crowd = moment.bystanders
        more = self._more(state, moment)
        due = faces_sold(state.met + more, crowd) - faces_sold(state.met, crowd)
        return Flows(sales=jnp.minimum(due, jnp.maximum(crowd.books - moment.sold, 0.0)))

    def settle(self, state: DefenceState, moment: Moment, cleared: Cleared) -> DefenceState:
        """Count what was sold, and get used to the fall."""
        fall = self._fall(cleared.log_fx, cleared.base_log_fx)
        kept = jnp.exp(-self.rule.forgetting * moment.years)
        sold = moment.on[self.switch] * cleared.served * self._more(state, moment)
        return DefenceState(fall + (state.trend - fall) * kept, state.met + sold)

    def report(self, state: DefenceState) -> Report:
        """What was sold for want of dollars."""
        return Report({"needed": state.met}, {})

    def _more(self, state: DefenceState, moment: Moment) -> Float[Array, "2"]:
        fall = self._fall(moment.log_fx, moment.base_log_fx)
        squeeze = STRESSES.pick(moment.felt, "squeeze")
        lends = moment.on["fed_repo"]
        wanted = dollars_wanted(squeeze, fall, state.trend, lends, rule=self.rule)
        quick = -jnp.expm1(-self.rule.speed * moment.years)
        return quick * jnp.maximum(wanted - state.met, 0.0)

    def _fall(self, log_fx: Float[Array, " k"], base_log_fx: Float[Array, " k"]) -> Array:
        return -add_up(self.floating * (log_fx - base_log_fx))
