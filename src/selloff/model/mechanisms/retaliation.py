"""The United States strikes back: a chance that grows with size, speed and hostility."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import DUST, add_up


class RetaliationRule(eqx.Module):
    """What makes a freeze more likely, and what it costs.

    Source: assumption; one freeze of a large reserve holder (Russia 2022), none of an ally.
    """

    base: Float[Array, "*d"]
    """Intensity for a small slow sale by a friendly rival [1/year]."""
    size: Float[Array, "*d"]
    """Rise of its log per amount sold [1 per USD bn]."""
    speed: Float[Array, "*d"]
    """Rise per amount sold a month [1 per USD bn a month]."""
    speed_cap: Float[Array, "*d"]
    """Pace beyond which speed counts no more [USD bn a month]."""
    hostility: Float[Array, "*d"]
    """Rise from friendly to openly hostile [log]."""
    alignment: Float[Array, "*d"]
    """Fall from a rival to a treaty ally [log]."""
    freeze_loss: Float[Array, "*d"]
    """Part of the frozen book that its owner gives up as lost [fraction]."""
    tariff_loss: Float[Array, "*d"]
    """What tariffs would cost the seller's country [USD bn]."""
    covert_loss: Float[Array, "*d"]
    """What pressure behind the scenes costs it [USD bn]."""


def intensity(
    sold: Float[Array, " s"],
    pace: Float[Array, " s"],
    *,
    hostility: Float[Array, " s"],
    alignment: Float[Array, " s"],
    rule: RetaliationRule,
) -> Float[Array, " s"]:
    """How likely retaliation is while a holder sells.

    ln l = ln l_0 + b_S sold + b_V pace + b_H hostility - b_A alignment, zero if nothing is sold

    Arguments:
        sold: face sold so far [USD bn].
        pace: face sold in the step at a monthly rate [USD bn a month].
        hostility: of the seller, from friendly to openly hostile [fraction].
        alignment: ties to the United States [fraction].
        rule: what makes it more likely.

    Returns:
        Intensity [1/year].

    Source: assumption; a proportional-hazards form.
    """
    log = (
        rule.size * sold
        + rule.speed * jnp.minimum(pace, rule.speed_cap)
        + rule.hostility * hostility
        - rule.alignment * alignment
    )
    return jnp.where(sold > 0.0, rule.base * jnp.exp(log), 0.0)


def expected_loss(
    hazard: Float[Array, " s"],
    more: Float[Array, " s"],
    *,
    left: Float[Array, " s"],
    rule: RetaliationRule,
) -> Float[Array, " s"]:
    """What the chance of retaliation in a step is worth to the seller.

    [exp(-H) - exp(-H - dH)] (f left + tariffs + pressure)

    Arguments:
        hazard: H, hazard so far [fraction].
        more: dH, hazard of the step [fraction].
        left: value of what the seller still has [USD bn].
        rule: what a freeze costs.

    Returns:
        Expected loss [USD bn].

    Source: assumption; an expected value.
    """
    chance = jnp.exp(-hazard) * -jnp.expm1(-more)
    return chance * (rule.freeze_loss * left + rule.tariff_loss + rule.covert_loss)


class RetaliationState(eqx.Module):
    """The hazard so far, counted as if nothing came of it: a chance is no coin flip."""

    hazard: Float[Array, " s"]
    """Hazard of retaliation so far, by seller [fraction]."""
    planned: Float[Array, " s"]
    """Face each seller would still have to sell, had nothing come of it [USD bn]."""
    pace: Float[Array, " s"]
    """Pace of its latest sales [USD bn per month]."""
    frozen: Float[Array, " s"]
    """One once a seller's book is frozen [flag]."""
    loss: Float[Array, " s"]
    """Expected loss so far [USD bn]."""


class Retaliation(AbstractMechanism):
    """The United States may freeze what is left of a seller's book.

    Source: see `RetaliationRule`.
    """

    rule: RetaliationRule

    def start(self, opening: Opening) -> RetaliationState:
        """Nothing has come yet."""
        programme = opening.programme
        nothing = jnp.zeros_like(programme)
        return RetaliationState(nothing, programme, nothing, nothing, nothing)

    def wish(self, state: RetaliationState, moment: Moment) -> Flows:
        """Trade nothing."""
        return moment.flows()

    def settle(self, state: RetaliationState, moment: Moment, cleared: Cleared) -> RetaliationState:
        """Count the hazard on.

        A seller that is frozen would have gone on at the pace of its latest sales; what it would
        hold is valued like what it holds.
        """
        sellers, month, real = moment.sellers, moment.lengths[1], cleared.to_come
        is_frozen = state.frozen > 0.5
        now = cleared.sales * month / moment.years
        pace = jnp.where(is_frozen | (cleared.sales <= DUST), state.pace, now)
        shadow = jnp.maximum(state.planned - state.pace * moment.years / month, 0.0)
        planned = jnp.where(is_frozen, shadow, real)
        rate = intensity(
            sellers.programme - planned,
            jnp.where(is_frozen, pace, now),
            hostility=sellers.hostility,
            alignment=sellers.ties,
            rule=self.rule,
        )
        # Whoever is done has nothing left that could be stopped.
        exposed = jnp.where(planned > DUST, rate, 0.0) * moment.years
        more = moment.on[self.switch] * exposed
        hazard = state.hazard + more
        held = cleared.left * (1.0 - (real - planned) / jnp.maximum(cleared.left_face, DUST))
        loss = expected_loss(state.hazard, more, left=jnp.maximum(held, 0.0), rule=self.rule)
        frozen = jnp.where(hazard > moment.patience, 1.0, state.frozen)
        return RetaliationState(hazard, planned, pace, frozen, state.loss + loss)

    def report(self, state: RetaliationState) -> Report:
        """The hazard over all sellers, who is frozen, and what the chance costs."""
        ending = {"hazard_by_seller": state.hazard, "sanction_loss": state.loss}
        ending |= {"frozen": state.frozen, "planned": state.planned, "pace": state.pace}
        return Report({"hazard": add_up(state.hazard)}, ending)
