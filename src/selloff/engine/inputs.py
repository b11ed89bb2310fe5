"""What a run is made of, as arrays: decimals, USD bn, years."""

import equinox as eqx
from jaxtyping import Array, Bool, Float, Int

from selloff.model.mechanisms import AbstractMechanism, Bystanders
from selloff.model.pricing.intermediaries import Intermediaries
from selloff.model.refill import Refill
from selloff.model.stress import Stress


class Clock(eqx.Module):
    """Two clocks in one scan: business days for a year, then months."""

    years: Float[Array, " t"]
    """Length of each step [years]."""
    days: Float[Array, " t"]
    """Length of each step [business days]."""
    kind: Int[Array, " t"]
    """Zero for a day, one for a month [index]."""
    lengths: Float[Array, "2"]
    """Length of a day and of a month [years]."""


class Sale(eqx.Module):
    """What the sellers mean to do, bucket by bucket."""

    scheduled: Float[Array, "t s b"]
    """Face put up for sale in each step [USD bn]."""
    programme: Float[Array, "s b"]
    """Face each seller means to sell in all, after the horizon too [USD bn]."""
    turnover_frac: Float[Array, " s"]
    """Largest share of turnover a seller takes; infinite where it sets none [fraction]."""
    ordered: Bool[Array, " s"]
    """Whether a seller sells bucket after bucket rather than in proportion [flag]."""
    before: Float[Array, "s b b"]
    """One where the second bucket is sold before the first [flag]."""
    refills: Float[Array, " s"]
    """One where the bills a seller sold are bought back later for longer paper [flag]."""
    announced: Float[Array, " s"]
    """Share of the programme that is announced [fraction]."""
    into: Float[Array, "s a"]
    """What each seller turns its proceeds into [fraction]."""
    given_up: Float[Array, " b"]
    """Yield given up with a bond, over what cash earns [decimal a year]."""
    earned: Float[Array, " a"]
    """Yield of what the proceeds are turned into, over what cash earns [decimal a year]."""
    carry_days: Float[Array, ""]
    """Business day until which lost carry is counted [business days]."""
    member: Float[Array, "s q"]
    """One where a seller belongs to a class of ties to the United States [flag]."""
    countries: Float[Array, " s"]
    """Countries behind each seller, as if they were of one size [count]."""
    hostility: Float[Array, " s"]
    """How hostile the sale is [fraction]."""
    due: Float[Array, ""]
    """Business day on which the last sale is scheduled [business days]."""


class Outside(eqx.Module):
    """What happens by prescription beside the sellers, such as in an episode of the past."""

    purchases: Float[Array, "t b"]
    """Face the central bank sets out to buy in each step [USD bn]."""
    programme: Float[Array, " b"]
    """Face it means to buy in all, after the horizon too [USD bn]."""
    announced: Float[Array, " b"]
    """Share of that programme that is announced, bucket by bucket [fraction]."""
    currency: Float[Array, "t k"]
    """Foreign currency bought for dollars without a bond changing hands [USD bn]."""
    foreign_bonds: Float[Array, "t m"]
    """Foreign government bonds bought in each step, as 10-year bonds [USD bn]."""
    foreign_ahead: Float[Array, "t m"]
    """What of such purchases is announced and still to come after each step [USD bn]."""


class Books(eqx.Module):
    """Opening books, and how they age.

    Rows: groups that absorb, the foreign ones last, then dealers, levered funds, the central
    bank and the sellers.
    """

    holdings: Float[Array, "r b"]
    """Face held by each row [USD bn]."""
    issuance: Float[Array, "t b"]
    """Net new debt in each step [USD bn]."""
    widths: Float[Array, " b"]
    """Width of each bucket [years]."""
    coupon: Float[Array, " b"]
    """Average coupon [decimal per year]."""
    years: Float[Array, " b"]
    """Maturity of the bond that stands for each bucket [years]."""
    equivalents: Float[Array, " b"]
    """Ten-year equivalents per unit of face [ratio]."""


class Market(eqx.Module):
    """Baseline markets: their levels, and the noise around them.

    Noise factors: dollar yields at the nodes, the 10-year JGB, log exchange rates.
    """

    bucket_yield: Float[Array, " b"]
    """Opening yield of the bond that stands for each bucket [decimal per year]."""
    ten_year: Float[Array, " j"]
    """Opening 10-year yield of each currency, NaN where no free source exists [decimal]."""
    log_fx: Float[Array, " k"]
    """Opening log dollars per unit of each foreign currency [log]."""
    node_to_bucket: Float[Array, "b f"]
    """Bucket yields from noise factors [ratio]."""
    node_to_ten_year: Float[Array, "j f"]
    """10-year yields from noise factors [ratio]."""
    node_to_fx: Float[Array, "k f"]
    """Log exchange rates from noise factors [ratio]."""
    decay: Float[Array, "2 f"]
    """What is left of each noise factor after a day and after a month [fraction]."""
    shock: Float[Array, "2 f f"]
    """Cholesky factor of the noise over a day and over a month [decimal]."""
    swell: Float[Array, "t f"]
    """Expected volatility of each step against its long-run level [ratio]."""


class PriceMap(eqx.Module):
    """How prices respond: yields at tenors, bucket yields, foreign 10-year yields, log FX."""

    lasting: Float[Array, "*d o b"]
    """Response to face sold and still felt [per USD bn]."""
    carried: Float[Array, "*d o b"]
    """Response to face carried by intermediaries [per USD bn]."""
    expected: Float[Array, "*d o b"]
    """Response to face announced and not yet sold [per USD bn]."""
    foreign_bonds: Float[Array, "*d o f"]
    """Response to foreign government bonds bought [per USD bn]."""
    foreign_expected: Float[Array, "*d f"]
    """Part of it that the announcement brings, at the 10-year yield of the market [fraction]."""
    fx: Float[Array, "*d o k"]
    """Response to each foreign currency bought, of currencies its own alone [per USD bn]."""
    wedge: Float[Array, "*d o"]
    """Shape of the dealer wedge over outputs, one at the 10-year [ratio]."""


class Draws(eqx.Module):
    """Parameters, one row a draw."""

    prices: PriceMap
    intermediaries: Intermediaries
    speed: Float[Array, "*d g"]
    """Speed at which each group buys what it wants [1/year]."""
    shares: Float[Array, "*d g b"]
    """Final share of a sale that each group buys [fraction]."""
    supply_decay: Float[Array, "*d"]
    """Rate at which a sale of bonds is no longer felt [1/year]."""
    participation: Float[Array, "*d"]
    """Largest share of turnover one seller can be [fraction]."""
    belief: Float[Array, "*d"]
    """Share of an announcement that is believed [fraction]."""
    surprise_left: Float[Array, "*d"]
    """Part of the transient impact left when a sale is fully announced [fraction]."""
    fx_power: Float[Array, "*d"]
    """Concavity of exchange rates in flows [power]."""
    fx_jump: Float[Array, "*d k"]
    """Extra move of a currency on the day of a flow [log per USD bn]."""
    fx_cross: Float[Array, "*d k"]
    """What each currency does per unit of another's rise [ratio]."""
    fx_decay: Float[Array, "*d"]
    """Rate at which a purchase of currency is no longer felt [1/year]."""
    fx_jump_decay: Float[Array, "*d"]
    """Rate at which the extra move fades [1/year]."""
    depth_decay: Float[Array, "*d"]
    """Mean reversion of log dealer capacity [1/year]."""
    depth_volatility: Float[Array, "*d"]
    """Stationary spread of log dealer capacity [log]."""
    noise_spread: Float[Array, "*d"]
    """Volatility that comes, against the volatility expected [ratio]."""
    refill: Refill
    stress: Stress
    mechanisms: tuple[AbstractMechanism, ...]
    """In the order in which they are asked."""


Switches = dict[str, Float[Array, ""]]
"""By switch, one where the mechanisms behind it are at work [flag]."""


class Inputs(eqx.Module):
    """Everything one arm of a run needs beside the draws' parameters and chance."""

    clock: Clock
    sale: Sale
    outside: Outside
    books: Books
    market: Market
    unit_flow: Float[Array, " k"]
    """Flow up to which each foreign currency answers in proportion [USD bn]."""
    asset_currency: Float[Array, "a k"]
    """One where an asset is paid for in that foreign currency [flag]."""
    asset_bond: Float[Array, "a f"]
    """One where an asset is a government bond of that market [flag]."""
    switches: Switches
    bystanders: Bystanders
    elsewhere: Float[Array, "t 2"]
    """Squeeze and doubt that come from elsewhere [ratio]."""
    payment: Float[Array, " t"]
    """Fear that bills near a date are not paid in time [ratio]."""
