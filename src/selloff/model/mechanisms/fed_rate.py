"""The Federal Reserve's rate answers output, inflation and stress, and is priced ahead."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.economy.dollar import Basket, broad_dollar
from selloff.model.economy.lags import lingering
from selloff.model.economy.united_states.activity import (
    Activity,
    UsEconomy,
    ahead,
    at_rest,
    economy_next,
    strain,
    tightness,
)
from selloff.model.mechanisms._abstract import AbstractPressure
from selloff.model.mechanisms._flows import Cleared, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.pricing.fading import fading
from selloff.vocab import QUARTERS_PER_YEAR, TENOR_YEARS
from selloff.vocab.axes import CURRENCIES, ECONOMIES, PRICES, STRESSES, TENORS

_PRICED = TENOR_YEARS[TENORS.at("2Y")]
"""Years over which the front end averages expected policy rates."""


class FedRateRule(eqx.Module):
    """What the policy rate answers to, as a deviation from its baseline.

    Source: the inertial rule of the Federal Reserve Board, its page on policy rules; weights also
    estimated, `tools/spread_response.py`.
    """

    output: Float[Array, "*d"]
    """Target per unit of expected output [ratio]."""
    inflation: Float[Array, "*d"]
    """Target per unit of core inflation [ratio]."""
    spread: Float[Array, "*d"]
    """Fall of the target per unit of the excess bond premium [ratio]."""
    outlook: Float[Array, "*d"]
    """How far ahead it looks at output, conditions staying as they are [years]."""
    speed: Float[Array, "*d"]
    """Speed towards the target [1/year]."""
    priced: Float[Array, "*d"]
    """Part of the expected path of the rate that yields price at once [fraction]."""


class FedView(eqx.Module):
    """The economy as the Federal Reserve sees it day by day, and where its rate stands."""

    economy: UsEconomy
    rate: Float[Array, ""]
    """Deviation of the policy rate [decimal]."""
    target: Float[Array, ""]
    """Where it is heading [decimal]."""
    strain: Float[Array, "2"]
    """Squeeze and doubt that borrowers still feel [ratio]."""


def rate_target(
    output: Float[Array, ""],
    inflation: Float[Array, ""],
    premium: Float[Array, ""],
    *,
    floor: Float[Array, ""],
    rule: FedRateRule,
) -> Float[Array, ""]:
    """Set the target.

    max(phi_y y + phi_p pi - phi_e e, floor)

    Arguments:
        output: y, expected [log].
        inflation: pi, core [decimal a year].
        premium: e, excess bond premium [decimal].
        floor: lowest deviation, where the rate meets its floor [decimal].
        rule: weights.

    Returns:
        Deviation of the target [decimal].

    Source: Taylor (1993, 1999); a direct answer to credit spreads as in Caldara and Herbst (2016).
    """
    wanted = rule.output * output + rule.inflation * inflation - rule.spread * premium
    return jnp.maximum(wanted, floor)


def priced_rate(
    rate: Float[Array, ""], target: Float[Array, ""], speed: Float[Array, ""]
) -> Float[Array, ""]:
    """Say what markets expect the policy rate to be over two years.

    target + (r - target) (1 - exp(-2 v)) / (2 v)

    Arguments:
        rate: r today, less baseline [decimal].
        target: where it is heading [decimal].
        speed: v [1/year].

    Returns:
        Mean deviation expected [decimal].

    Source: expectations hypothesis over the life of a 2-year note.
    """
    return target + (rate - target) * fading(speed, jnp.asarray(_PRICED)).kept


class FedRate(AbstractPressure):
    """The policy rate of the United States.

    Source: see `FedRateRule`; its effect on prices from the pricing core.
    """

    rule: FedRateRule
    floor: Float[Array, "*d"]
    """Lowest deviation, where the rate meets its floor [decimal]."""
    loadings: Float[Array, "*d o"]
    """Response of prices to the rate [ratio]."""
    basket: Basket
    """What the broad dollar is made of."""
    activity: Activity
    moved: Float[Array, "*d 3 2"]
    """Investment-grade spread, log stock prices and VIX in one unit of squeeze and of doubt, with
    yields and currencies at rest [decimal, log, points]."""

    def start(self, opening: Opening) -> FedView:
        """At its baseline."""
        return FedView(at_rest(), jnp.zeros(()), jnp.zeros(()), jnp.zeros(len(STRESSES)))

    def press(self, state: FedView, moment: Moment, felt: Float[Array, "2"]) -> Float[Array, " o"]:
        """Move yields with the rate and part of what was expected of it at the end of the last
        step; currencies with the rate: what was expected in the episodes is in their own moves."""
        expected = priced_rate(state.rate, state.target, self.rule.speed)
        moves = self.loadings * (state.rate + self.rule.priced * (expected - state.rate))
        return moves.at[PRICES.fx].set(self.loadings[PRICES.fx] * state.rate)

    def settle(self, state: FedView, moment: Moment, cleared: Cleared) -> FedView:
        """Look at what the step did, move the view of the economy, then the rate."""
        demand, rule = self.activity.demand, self.rule
        dollar = broad_dollar(cleared.log_fx - cleared.base_log_fx, self.basket)
        ten_year = cleared.rises[CURRENCIES.at("USD")]
        felt = lingering(state.strain, moment.felt, moment.years, demand.easing)
        cost = strain(self.moved, demand) @ felt
        tight = tightness(ten_year, state.rate, demand, others=jnp.stack([dollar, cost]))
        length = moment.years * QUARTERS_PER_YEAR
        economy = economy_next(state.economy, tight, dollar, rule=self.activity, quarters=length)
        output = ahead(economy, rule.outlook * QUARTERS_PER_YEAR, demand, tight=tight)
        premium = demand.premium * (self.moved[0] @ felt)
        target = rate_target(output, economy.inflation, premium, floor=self.floor, rule=rule)
        rate = target + (state.rate - target) * jnp.exp(-rule.speed * moment.years)
        on = moment.on[self.switch]
        return FedView(economy, on * rate, on * target, felt)

    def report(self, state: FedView) -> Report:
        """The deviation, in its economy's place."""
        at = ECONOMIES.at("USA")
        return Report({"rates": jnp.zeros(len(ECONOMIES)).at[at].set(state.rate)}, {})
