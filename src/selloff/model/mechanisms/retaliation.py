"""The United States strikes back: a chance that grows with size, speed and hostility."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.pricing.fading import fade, fading
from selloff.model.sums import DUST, add_up


class RetaliationRule(eqx.Module):
    """What makes a freeze more likely, and what it costs.

    Source: assumption; one freeze of a large reserve holder (Russia 2022), none of an ally.
    """

    base: Float[Array, "*d"]
    """Intensity for one unit of fresh slow sales by a friendly rival [1/year]."""
    unit: Float[Array, "*d"]
    """Fresh sales that count as one [USD bn]."""
    memory: Float[Array, "*d"]
    """Speed at which a sale is forgotten [1/year]."""
    size: Float[Array, "*d"]
    """Rise of its log per amount sold [1 per USD bn]."""
    speed: Float[Array, "*d"]
    """Rise per amount sold a month, of the log weight of a sale [1 per USD bn a month]."""
    speed_cap: Float[Array, "*d"]
    """Pace beyond which speed counts no more [USD bn a month]."""
    hostility: Float[Array, "*d"]
    """Rise from friendly to openly hostile [log]."""
    alignment: Float[Array, "*d"]
    """Fall from a rival to a treaty ally [log]."""
    ties: Float[Array, "*d q"]
    """Ties to the United States of each class [fraction]."""
    freeze_loss: Float[Array, "*d"]
    """Part of the frozen book that its owner gives up as lost [fraction]."""
    tariff_loss: Float[Array, "*d"]
    """What tariffs would cost the seller's country [USD bn]."""
    covert_loss: Float[Array, "*d"]
    """What pressure behind the scenes costs it [USD bn]."""


def provocation(
    fresh: Float[Array, " s"],
    sold: Float[Array, " s"],
    years: Float[Array, ""],
    *,
    month: Float[Array, ""],
    rule: RetaliationRule,
) -> Float[Array, " s"]:
    """Remember what was sold, the faster the more, and forget it slowly.

    f[t] = exp(-k h) f[t-1] + sold exp(b_V min(pace, V)) (1 - exp(-k h)) / (k h)

    Arguments:
        fresh: f at the start of the step [USD bn].
        sold: face sold in the step [USD bn].
        years: length h of the step [years].
        month: length of a month [years].
        rule: what makes it more likely.

    Returns:
        Sales still held against the seller, weighted by their pace [USD bn].

    Source: assumption; every dollar provokes, sold fast more than sold slowly, so that a sale
    of the same size is answered the more likely the faster it is, whoever the seller is.
    """
    pace = jnp.minimum(sold * month / years, rule.speed_cap)
    return fade(fresh, sold * jnp.exp(rule.speed * pace), fading(rule.memory, years))


def intensity(
    sold: Float[Array, " s"],
    fresh: Float[Array, " s"],
    *,
    hostility: Float[Array, " s"],
    alignment: Float[Array, " s"],
    rule: RetaliationRule,
) -> Float[Array, " s"]:
    """How likely retaliation is while a holder sells and after it.

    l = l_0 f / f_0 exp(b_S sold + b_H hostility - b_A alignment)

    Arguments:
        sold: face sold so far [USD bn].
        fresh: f, see `provocation` [USD bn].
        hostility: of the seller, from friendly to openly hostile [fraction].
        alignment: ties to the United States [fraction].
        rule: what makes it more likely.

    Returns:
        Intensity [1/year].

    Source: assumption; a proportional-hazards form.
    """
    log = rule.size * sold + rule.hostility * hostility - rule.alignment * alignment
    return rule.base * fresh / rule.unit * jnp.exp(log)


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
    fresh: Float[Array, " s"]
    """Sales still held against it, weighted by their pace [USD bn]."""
    struck: Float[Array, " s"]
    """One once the United States has struck back [flag]."""
    frozen: Float[Array, " s"]
    """One once a seller's book is frozen: struck while it still held one [flag]."""
    loss: Float[Array, " s"]
    """Expected loss so far [USD bn]."""


class Retaliation(AbstractMechanism):
    """The United States may freeze what is left of a seller's book, and raise tariffs.

    Source: see `RetaliationRule`.
    """

    rule: RetaliationRule

    def start(self, opening: Opening) -> RetaliationState:
        """Nothing has come yet."""
        programme = opening.programme
        nothing = jnp.zeros_like(programme)
        return RetaliationState(nothing, programme, *[nothing] * 5)

    def wish(self, state: RetaliationState, moment: Moment) -> Flows:
        """Trade nothing."""
        return Flows()

    def settle(self, state: RetaliationState, moment: Moment, cleared: Cleared) -> RetaliationState:
        """Count the hazard on.

        A seller that is frozen would have gone on at the pace of its latest sales; what it would
        hold is valued like what it holds. Many countries are struck one by one, each for its part.
        """
        sellers, month, real = moment.sellers, moment.lengths[1], cleared.to_come
        is_frozen = state.frozen > 0.5
        now = cleared.sales * month / moment.years
        pace = jnp.where(is_frozen | (cleared.sales <= DUST), state.pace, now)
        shadow = jnp.maximum(state.planned - state.pace * moment.years / month, 0.0)
        planned = jnp.where(is_frozen, shadow, real)
        sold = (state.planned - planned) / sellers.countries
        fresh = provocation(state.fresh, sold, moment.years, month=month, rule=self.rule)
        rate = intensity(
            (sellers.programme - planned) / sellers.countries,
            fresh,
            hostility=sellers.hostility,
            alignment=add_up(sellers.member * self.rule.ties, 1),
            rule=self.rule,
        )
        more = moment.on[self.switch] * rate * moment.years
        hazard = state.hazard + more
        held = cleared.left * (1.0 - (real - planned) / jnp.maximum(cleared.left_face, DUST))
        held = jnp.maximum(held, 0.0) / sellers.countries
        loss = sellers.countries * expected_loss(state.hazard, more, left=held, rule=self.rule)
        struck = jnp.where(hazard > moment.patience, 1.0, state.struck)
        # Whoever has nothing left is struck by tariffs alone.
        frozen = jnp.where(cleared.left_face > DUST, struck, state.frozen)
        return RetaliationState(hazard, planned, pace, fresh, struck, frozen, state.loss + loss)

    def report(self, state: RetaliationState) -> Report:
        """The hazard over all sellers, who is frozen, and what the chance costs."""
        ending = {"hazard_by_seller": state.hazard, "sanction_loss": state.loss}
        ending |= {"frozen": state.frozen, "planned": state.planned, "pace": state.pace}
        return Report({"hazard": add_up(state.hazard), "struck": state.struck}, ending)
