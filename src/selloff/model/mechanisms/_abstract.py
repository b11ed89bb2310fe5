"""What every mechanism is: it starts, wishes, settles and reports."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.pricing.intermediaries import Intermediaries, inventory_limit
from selloff.model.stress import Stress, level_off, spread_stress
from selloff.vocab.axes import BOND_MARKETS


class Bystanders(eqx.Module):
    """Holders that may sell of their own accord: foreign officials, private holders, Tokyo."""

    books: Float[Array, " c"]
    """Opening face of each [USD bn]."""
    profile: Float[Array, "c b"]
    """Its split over buckets [fraction]."""
    into: Float[Array, "c a"]
    """What it turns its proceeds into [fraction]."""
    official: Float[Array, " c"]
    """One for officials, zero for private holders [flag]."""
    runs: Float[Array, " c"]
    """One for those who look at what other officials do [flag]."""
    member: Float[Array, "c q"]
    """One where it belongs to a class of ties to the United States [flag]."""
    ties: Float[Array, " q"]
    """Ties to the United States of each class [fraction]."""
    own_stress: Float[Array, " c"]
    """Part of its book it sold in March and April 2020 [fraction]."""
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
    ties: Float[Array, " s"]
    """Ties to the United States [fraction]."""
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
    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""
    rises: Float[Array, " j"]
    """10-year yields by currency less baseline [decimal]."""
    base_ten_year: Float[Array, " j"]
    """10-year yields of the baseline in this step [decimal]."""
    log_fx: Float[Array, " k"]
    """Log dollars per unit of each foreign currency [log]."""
    base_log_fx: Float[Array, " k"]
    """The same in the baseline [log]."""
    carried: Float[Array, ""]
    """Inventory of earlier steps that is still there [USD bn]."""
    depth: Float[Array, ""]
    """Dealer capacity relative to normal, before anybody lends to dealers [ratio]."""
    intermediaries: Intermediaries
    offered: "Flows"
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
    def felt(self) -> Float[Array, "2"]:
        """Squeeze and doubt as currencies and holders feel them [ratio]."""
        spread = spread_stress(self.dislocation, self.elsewhere, self.stress)
        return level_off(spread, self.stress.limit)

    @property
    def limit(self) -> Float[Array, ""]:
        """Largest inventory at which dealers bid, with the room lent to them [USD bn]."""
        return inventory_limit(self.depth * (1.0 + self.offered.room), self.intermediaries)


class Flows(eqx.Module):
    """What mechanisms set out to do in a step; flows add up."""

    sales: Float[Array, " c"]
    """Treasuries each bystander would sell, face [USD bn]."""
    purchases: Float[Array, " b"]
    """Treasuries a central bank's rule would buy, face [USD bn]."""
    returned: Float[Array, " b"]
    """Treasuries it lets go, face [USD bn]."""
    currency: Float[Array, " k"]
    """Foreign currency bought for dollars out of deposits, below zero sold [USD bn]."""
    foreign_bonds: Float[Array, " f"]
    """Foreign government bonds bought [USD bn]."""
    issuance: Float[Array, " b"]
    """Change of net new debt [USD bn]."""
    room: Float[Array, ""]
    """Room lent to dealers over their capacity [fraction]."""

    @classmethod
    def nothing(cls, n_bystanders: int, n_buckets: int, n_currencies: int) -> "Flows":
        """Nobody does anything.

        Arguments:
            n_bystanders: holders that may sell of their own accord [count].
            n_buckets: buckets of maturity [count].
            n_currencies: foreign currencies [count].

        Returns:
            Flows of zero.

        Source: arithmetic.
        """
        flat = jnp.zeros(n_buckets)
        sales, currency = jnp.zeros(n_bystanders), jnp.zeros(n_currencies)
        return cls(sales, flat, flat, currency, jnp.zeros(len(BOND_MARKETS)), flat, jnp.zeros(()))

    @classmethod
    def of(cls, moment: Moment, **flows: Array) -> "Flows":
        """Name the flows that are not zero.

        Arguments:
            moment: what is seen, for the sizes.
            flows: by field [USD bn; room as a fraction].

        Returns:
            Flows.

        Source: arithmetic.
        """
        sizes = moment.sold.shape[0], moment.outstanding.shape[0], moment.log_fx.shape[0]
        blank = cls.nothing(*sizes)
        names = tuple(flows)
        return eqx.tree_at(
            lambda f: tuple(getattr(f, name) for name in names), blank, tuple(flows.values())
        )

    def __add__(self, other: "Flows") -> "Flows":
        return jax.tree.map(jnp.add, self, other)

    def scaled(self, by: Float[Array, ""]) -> "Flows":
        """Multiply every flow.

        Arguments:
            by: the factor [ratio].

        Returns:
            Flows.

        Source: arithmetic.
        """
        return jax.tree.map(lambda flow: by * flow, self)


class Cleared(eqx.Module):
    """What a step brought."""

    defence: Float[Array, ""]
    """Cash for bonds that the Ministry of Finance exchanges for yen [USD bn]."""
    delivered: Float[Array, " b"]
    """Part of what rules would buy that the market delivered [fraction]."""
    dislocation: Float[Array, ""]
    """Dealers' concession on the 10-year [decimal]."""
    closed: dict[str, Float[Array, ""]]
    """By forced trade, the share of its position that is closed [fraction]."""
    rises: Float[Array, " j"]
    """10-year yields by currency less baseline [decimal]."""
    log_fx: Float[Array, " k"]
    """Log dollars per unit of each foreign currency [log]."""
    base_log_fx: Float[Array, " k"]
    """The same in the baseline [log]."""
    sales: Float[Array, " s"]
    """Face each seller sold [USD bn]."""
    to_come: Float[Array, " s"]
    """Face it still has to sell [USD bn]."""
    left: Float[Array, " s"]
    """Value of what it still has [USD bn]."""
    left_face: Float[Array, " s"]
    """Its face [USD bn]."""


class Report(eqx.Module):
    """What a mechanism shows to others and to the reader; reports of one name add up."""

    series: dict[str, Array]
    """Kept at every step."""
    ending: dict[str, Array]
    """Kept at the horizon."""


class AbstractMechanism(eqx.Module):
    """Somebody's answer: it owns its parameters, its state, its equations and its switch."""

    name: str = eqx.field(static=True, kw_only=True)
    """Its row in the table of mechanisms."""
    switch: str = eqx.field(static=True, kw_only=True)
    """What turns it off."""

    @abstractmethod
    def start(self, opening: Opening) -> Any:
        """Where it stands when the books open.

        Arguments:
            opening: the books.

        Returns:
            Its state.

        Source: the mechanism's own.
        """

    @abstractmethod
    def wish(self, state: Any, moment: Moment) -> Flows:
        """What it sets out to do in a step.

        Arguments:
            state: its state.
            moment: what it may see.

        Returns:
            Flows, before its switch.

        Source: the mechanism's own.
        """

    @abstractmethod
    def settle(self, state: Any, moment: Moment, cleared: Cleared) -> Any:
        """Where it stands when the step is over.

        Arguments:
            state: its state.
            moment: what it saw.
            cleared: what the step brought.

        Returns:
            Its new state.

        Source: the mechanism's own.
        """

    @abstractmethod
    def report(self, state: Any) -> Report:
        """What it shows.

        Arguments:
            state: its state.

        Returns:
            By name of `vocab/variables.csv` or of `Moment.known`.

        Source: the mechanism's own.
        """


class AbstractForcedTrade(AbstractMechanism):
    """A levered position that is cut inside the clearing, when its own trades move the market.

    Its state is the share of the position that is closed [fraction].
    """

    @abstractmethod
    def unwind(
        self,
        state: Float[Array, ""],
        moment: Moment,
        market: Callable[[Array], Float[Array, ""]],
    ) -> Float[Array, ""]:
        """Share of the position that is closed at the end of the step.

        Arguments:
            state: share closed before it [fraction].
            moment: what it may see.
            market: the price that forces it, from what it trades in the step [decimal or log].

        Returns:
            Share closed [fraction].

        Source: the mechanism's own.
        """


class AbstractForcedSale(AbstractForcedTrade):
    """One in Treasuries; its market answers with the dealers' concession."""

    positions: Float[Array, "*d r b"] = eqx.field(kw_only=True)
    """Face that the funds hold, by row of the books [USD bn]."""


class AbstractForcedCurrency(AbstractForcedTrade):
    """One in yen that are owed; its market answers with the rise of the yen."""

    owed: Float[Array, "*d"] = eqx.field(kw_only=True)
    """Yen owed by those who borrow it to hold dollars [USD bn]."""


class AbstractPressure(AbstractMechanism):
    """A mechanism that moves prices without trading."""

    @abstractmethod
    def press(self, state: Any, moment: Moment, felt: Float[Array, "2"]) -> Float[Array, " o"]:
        """What it adds to prices.

        Arguments:
            state: its state.
            moment: what it may see.
            felt: squeeze and doubt as they are felt after the clearing [ratio].

        Returns:
            Outputs less baseline, before its switch [decimal].

        Source: the mechanism's own.
        """


def named(mechanisms: tuple[AbstractMechanism, ...], name: str) -> Any:
    """Find a mechanism by its row.

    Arguments:
        mechanisms: all of them.
        name: its row in the table [text].

    Returns:
        The mechanism.

    Raises:
        StopIteration: there is none of that name.

    Source: indexing.
    """
    return next(mechanism for mechanism in mechanisms if mechanism.name == name)
