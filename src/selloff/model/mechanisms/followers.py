"""Who sells because others sell, because it may be next, or because it flees."""

import equinox as eqx
import jax.numpy as jnp
from jax.scipy.special import ndtr
from jaxtyping import Array, Bool, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.mechanisms.defence import faces_sold
from selloff.model.sums import DUST, TINY, add_up
from selloff.vocab.axes import CURRENCIES, STRESSES

_JPY = CURRENCIES.at("JPY")
_USD = CURRENCIES.at("USD")


class FollowerRule(eqx.Module):
    """What makes a holder sell.

    Source: Morris and Shin (1998) for the run.
    """

    cost_ratio: Float[Array, "*d"]
    """Cost of selling too early over the loss avoided if others run [fraction]."""
    alignment_weight: Float[Array, "*d"]
    """How much of what is left an ally adds to that cost [fraction]."""
    ties: Float[Array, "*d q"]
    """Ties to the United States of each class [fraction]."""
    private_noise: Float[Array, "*d"]
    """Spread of what holders see privately of the market's capacity [fraction]."""
    public_noise: Float[Array, "*d"]
    """Spread of what all of them see [fraction]."""
    told_noise: Float[Array, "*d"]
    """What a full announcement leaves of that spread [fraction]."""
    backstop: Float[Array, "*d"]
    """Purchases of the central bank that holders count on [USD bn]."""
    at_home: Float[Array, "*d"]
    """Purchases of domestic investors that holders count on [USD bn]."""
    freeze_fear: Float[Array, "*d"]
    """Part of its book that a holder without ties sells once others were frozen [fraction]."""
    flight: Float[Array, "*d"]
    """Part of their book that foreign private holders sell per unit of doubt [fraction]."""
    rebalancing: Float[Array, "*d"]
    """Part of its book sold per unit of lost hedged pick-up [1 per decimal]."""
    speed: Float[Array, "*d"]
    """Speed at which officials and flight reach what they want [1/year]."""
    slow_speed: Float[Array, "*d"]
    """Speed of rebalancing [1/year]."""


def is_unique(private: Float[Array, ""], public: Float[Array, ""]) -> Bool[Array, ""]:
    """Whether holders' beliefs pin down one outcome.

    tau_p / sqrt(tau_x) <= sqrt(2 pi), precisions tau = 1 / noise^2

    Arguments:
        private: spread of private signals [fraction].
        public: spread of the public signal [fraction].

    Returns:
        Whether the run has a single equilibrium [flag].

    Source: Morris and Shin (2003), global games with a normal prior;
    docs/model/followers.md.
    """
    return private <= jnp.sqrt(2.0 * jnp.pi) * public**2


def run_threshold(
    alignment: Float[Array, " q"],
    several: Float[Array, ""],
    sunspot: Float[Array, ""],
    fullness: Float[Array, ""],
    *,
    who: FollowerRule,
) -> Float[Array, " q"]:
    """Capacity below which a holder runs.

    theta* = 1 - c / b; where several equilibria exist, theta* + s u (1 - theta*)

    Arguments:
        alignment: ties to the United States, by class of holder [fraction].
        several: whether there are several equilibria [flag].
        sunspot: s, which of them holders drift to, from the calm to the panicky one [fraction].
        fullness: u, use of the market's capacity to carry [fraction].
        who: what makes holders sell.

    Returns:
        Threshold, by class [fraction of what could be sold].

    Source: Morris and Shin (1998), flat prior and vanishing noise. That holders stay with the calm
    equilibrium while the market carries a sale with ease is an assumption: beliefs have inertia.
    """
    calm = (1.0 - who.cost_ratio) * (1.0 - who.alignment_weight * alignment)
    return calm + several * sunspot * fullness * (1.0 - calm)


def run_share(
    threshold: Float[Array, " q"],
    capacity: Float[Array, ""],
    *,
    calm: Float[Array, " q"],
    at_rest: Float[Array, ""],
    noise: Float[Array, ""],
) -> Float[Array, " q"]:
    """Share of a class that runs, beyond those who would without any sale.

    Phi((theta* - theta) / sigma) - Phi((theta*_0 - theta_0) / sigma)

    Arguments:
        threshold: theta* of each class [fraction].
        capacity: theta, what the market could still take over what could still be sold [ratio].
        calm: theta*_0, the threshold in the calm equilibrium [fraction].
        at_rest: theta_0, the capacity without any sale [ratio].
        noise: sigma, spread of private signals [fraction].

    Returns:
        Shares by class [fraction].

    Source: Corsetti, Dasgupta, Morris and Shin (2004): a large seller moves first, is seen, and
    uses up capacity that the others have counted on.
    """
    moved = ndtr((threshold - capacity) / noise)
    return jnp.maximum(moved - ndtr((calm - at_rest) / noise), 0.0)


def wanted_share(parts: Float[Array, "m c"]) -> Float[Array, " c"]:
    """Join motives to sell that do not add up beyond the book.

    1 - prod (1 - f_m)

    Arguments:
        parts: share of the book that each motive would sell, by holder [fraction].

    Returns:
        Share of the book to be sold in all [fraction].

    Source: assumption; motives act one after the other on what is left.
    """
    left = 1.0 - jnp.clip(parts, 0.0, 1.0)
    kept = left[0]
    for i in range(1, left.shape[0]):
        kept = kept * left[i]
    return 1.0 - kept


def lost_pickup(
    dollar_yield: Float[Array, ""], yen_yield: Float[Array, ""], rates: Float[Array, "2"]
) -> Float[Array, ""]:
    """Hedged pick-up of Treasuries over JGBs that a holder of yen has lost.

    -(dy_US - (di_US - di_JP) - dy_JP)

    Arguments:
        dollar_yield: change of the US 10-year yield [decimal].
        yen_yield: change of the Japanese 10-year yield [decimal].
        rates: changes of the US and the Japanese policy rate [decimal].

    Returns:
        Lost pick-up, zero where it grew [decimal].

    Source: covered interest parity; the gain side is the demand of foreign private holders.
    """
    gained = dollar_yield - (rates[0] - rates[1]) - yen_yield
    return jnp.maximum(-gained, 0.0)


def sold_by_class(values: Float[Array, " q"], member: Float[Array, "c q"]) -> Float[Array, " c"]:
    """Hand each holder the number of its class.

    Arguments:
        values: by class [any].
        member: one where a holder belongs to a class [flag].

    Returns:
        By holder [any].

    Source: indexing.
    """
    return add_up(member * values, 1)


class Followers(AbstractMechanism):
    """Foreign officials, private holders of yen and other private holders who sell as well.

    Source: see `FollowerRule`.
    """

    rule: FollowerRule

    def start(self, opening: Opening) -> Float[Array, ""]:
        """Nobody has sold; beliefs have left no room for several outcomes."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:
        """Go part of the way to the share of the book that motives ask for."""
        rule, crowd = self.rule, moment.bystanders
        quick = -jnp.expm1(-rule.speed * moment.years)
        slow = -jnp.expm1(-rule.slow_speed * moment.years)
        speed = crowd.rebalances * slow + (1.0 - crowd.rebalances) * quick
        share = wanted_share(self._motives(moment))
        # Who sold for want of dollars has the less to sell for other reasons.
        needed = faces_sold(moment.known["needed"], crowd)
        left = crowd.books - needed
        short = jnp.maximum(share * left - (moment.sold - needed), 0.0)
        return Flows(sales=speed * short)

    def settle(
        self,
        state: Float[Array, ""],
        moment: Moment,
        cleared: Cleared,
    ) -> Float[Array, ""]:
        """Remember whether beliefs ever left room for several outcomes."""
        return jnp.maximum(state, moment.on[self.switch] * self._several(moment))

    def report(self, state: Float[Array, ""]) -> Report:
        """Whether beliefs left room for several outcomes while others sold."""
        return Report({}, {"several": state})

    def _motives(self, moment: Moment) -> Float[Array, "m c"]:
        """Share of the book that the run, fear, flight and rebalancing would sell."""
        rule, crowd = self.rule, moment.bystanders
        doubt = STRESSES.pick(moment.felt, "doubt")
        alignment = sold_by_class(rule.ties, crowd.member)
        frozen = jnp.max(moment.known["frozen"], initial=0.0)
        lost = lost_pickup(moment.rises[_USD], moment.rises[_JPY], moment.known["rates"])
        return jnp.stack(
            [
                crowd.runs * sold_by_class(self._run(moment), crowd.member),
                crowd.runs * (1.0 - alignment) * (rule.freeze_fear * frozen),
                crowd.flees * (rule.flight * doubt),
                crowd.rebalances * (rule.rebalancing * lost),
            ]
        )

    def _several(self, moment: Moment) -> Float[Array, ""]:
        """One where something is being sold and beliefs do not pin down what follows."""
        rule, sellers = self.rule, moment.sellers
        programme = add_up(sellers.programme)
        sold = programme - add_up(sellers.to_come)
        announced = add_up(sellers.announced * sellers.programme) / jnp.maximum(programme, TINY)
        public = rule.public_noise * (1.0 - announced * (1.0 - rule.told_noise))
        return jnp.where(is_unique(rule.private_noise, public), 0.0, 1.0) * (sold > 0.0)

    def _run(self, moment: Moment) -> Float[Array, " q"]:
        """Share of each class of officials that runs, in a global game."""
        rule, crowd = self.rule, moment.bystanders
        limit, carried, nobody = moment.limit, add_up(moment.carried), jnp.zeros(())
        others = rule.at_home + moment.on["fed_purchases"] * rule.backstop
        at_risk = add_up(crowd.runs * crowd.books)
        left = at_risk - add_up(crowd.runs * moment.sold)
        fullness = jnp.clip(carried / limit, 0.0, 1.0)
        several = self._several(moment)
        run = run_share(
            run_threshold(rule.ties, several, moment.sunspot, fullness, who=rule),
            (jnp.maximum(limit - carried, 0.0) + others) / jnp.maximum(left, DUST),
            calm=run_threshold(rule.ties, nobody, nobody, nobody, who=rule),
            at_rest=(limit + others) / jnp.maximum(at_risk, DUST),
            noise=rule.private_noise,
        )
        # With nothing carried and nobody gone, rounding must not make anybody run.
        is_used = (carried > 0.0) | (left < at_risk)
        return jnp.where(is_used, run, 0.0)
