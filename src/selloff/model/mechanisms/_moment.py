"""What a mechanism may see: the books as they open, and each step as it begins."""

import equinox as eqx
from jaxtyping import Array, Float

from selloff.model.mechanisms._flows import Flows
from selloff.model.pricing.intermediaries import Intermediaries, inventory_limit
from selloff.model.stress import Stress, level_off, spread_stress


class Bystanders(eqx.Module):
    """Holders that may sell of their own accord: foreign officials, private holders, Tokyo."""

    books: Float[Array, " c"]
    """Opening face of each [USD bn]."""
    profile: Float[Array, "c b"]
    """Its split over buckets [fraction]."""
    bills_first: Float[Array, " c"]
    """One for who sells bills first and buys them back later [flag]."""
    into: Float[Array, "c a"]
    """What it turns its proceeds into [fraction]."""
    official: Float[Array, " c"]
    """One for officials, zero for private holders [flag]."""
    runs: Float[Array, " c"]
    """One for those who look at what other officials do [flag]."""
    member: Float[Array, "c q"]
    """One where it belongs to a class of ties to the United States [flag]."""
    own_stress: Float[Array, " c"]
    """Part of its book it sold in March and April 2020 [fraction]."""
    defends: Float[Array, " c"]
    """One for officials of emerging economies, who sell when the dollar rises [flag]."""
    flees: Float[Array, " c"]
    """One for private holders who sell when the United States is doubted [flag]."""
    rebalances: Float[Array, " c"]
    """One for private holders of yen [flag]."""
    intervenes: Float[Array, " c"]
    """One for the book that pays for interventions [flag]."""


class Sellers(eqx.Module):
    """Sellers as everybody sees them when a step begins."""

    programme: Float[Array, " s"]
    """Face each means to sell in all [USD bn]."""
    to_come: Float[Array, " s"]
    """Face it has not yet sold [USD bn]."""
    announced: Float[Array, " s"]
    """Share of the programme that is announced [fraction]."""
    member: Float[Array, "s q"]
    """One where it belongs to a class of ties to the United States [flag]."""
    countries: Float[Array, " s"]
    """Countries behind each, as if they were of one size [count]."""
    hostility: Float[Array, " s"]
    """How hostile the sale is [fraction]."""


class Opening(eqx.Module):
    """The books as they open."""

    outstanding: Float[Array, " b"]
    """Debt outstanding, face [USD bn]."""
    log_fx: Float[Array, " k"]
    """Log dollars per unit of each foreign currency [log]."""
    programme: Float[Array, " s"]
    """Face each seller means to sell in all [USD bn]."""


class Moment(eqx.Module):
    """What a mechanism may see when a step begins; prices are those of the last step's end."""

    days: Float[Array, ""]
    """Length of the step [business days]."""
    years: Float[Array, ""]
    """Length of the step [years]."""
    lengths: Float[Array, "2"]
    """Length of a business day and of a month [years]."""
    on: dict[str, Float[Array, ""]]
    """By switch, one where it is on [flag]."""
    stress: Stress
    elsewhere: Float[Array, "2"]
    """Squeeze and doubt that come from elsewhere [ratio]."""
    payment: Float[Array, ""]
    """Fear that bills near a date are not paid in time [ratio]."""
    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""
    used_to: Float[Array, ""]
    """What of it everybody is used to [decimal]."""
    rises: Float[Array, " j"]
    """10-year yields by currency less baseline [decimal]."""
    base_ten_year: Float[Array, " j"]
    """10-year yields of the baseline in this step [decimal]."""
    log_fx: Float[Array, " k"]
    """Log dollars per unit of each foreign currency [log]."""
    base_log_fx: Float[Array, " k"]
    """The same in the baseline [log]."""
    carried: Float[Array, " b"]
    """Inventory of earlier steps that is still there, face [USD bn]."""
    depth: Float[Array, ""]
    """Dealer capacity relative to normal, before anybody lends to dealers [ratio]."""
    intermediaries: Intermediaries
    offered: Flows
    """What mechanisms asked before this one set out to do."""
    outstanding: Float[Array, " b"]
    """Debt outstanding, face [USD bn]."""
    bystanders: Bystanders
    sold: Float[Array, " c"]
    """Face each bystander has sold so far [USD bn]."""
    sellers: Sellers
    sunspot: Float[Array, ""]
    """Which of several equilibria holders settle on, from calm to panic [fraction]."""
    patience: Float[Array, ""]
    """Hazard at which retaliation comes [fraction]."""
    known: dict[str, Array]
    """What mechanisms reported at the end of the last step."""

    @property
    def news(self) -> Float[Array, ""]:
        """Dealers' concession beyond what everybody is used to [decimal]."""
        return self.dislocation - self.used_to

    @property
    def felt(self) -> Float[Array, "2"]:
        """Squeeze and doubt as currencies and holders feel them [ratio]."""
        spread = spread_stress(self.news, self.elsewhere, self.stress)
        return level_off(spread, self.stress.limit)

    @property
    def limit(self) -> Float[Array, ""]:
        """Largest inventory at which dealers bid, with the room lent to them [USD bn]."""
        return inventory_limit(self.depth * (1.0 + self.offered.room), self.intermediaries)
