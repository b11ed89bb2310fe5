"""What every mechanism is: it starts, wishes, settles and reports."""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.mechanisms._stops import Stops


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

    stops: Stops = eqx.field(kw_only=True)

    def start(self, opening: Opening) -> Float[Array, ""]:
        """Nothing is closed."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:
        """Trade only when forced."""
        return Flows()

    def settle(self, state: Float[Array, ""], moment: Moment, cleared: Cleared) -> Float[Array, ""]:
        """Remember what is closed."""
        return cleared.closed[self.name]

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

    def wish(self, state: Any, moment: Moment) -> Flows:
        """Trade nothing."""
        return Flows()

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
