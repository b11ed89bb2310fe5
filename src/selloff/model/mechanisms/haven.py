"""The dollar as a haven: up in a squeeze of the world, down when the United States is doubted."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractPressure
from selloff.model.mechanisms._flows import Cleared, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.vocab.axes import PRICES, STRESSES


class HavenRule(eqx.Module):
    """What one unit of stress does to each foreign currency.

    Source: moves of 9 to 18 March 2020 and of 2 to 22 April 2025.
    """

    squeeze: Float[Array, "*d k"]
    """Fall of the currency in a squeeze [log]."""
    doubt: Float[Array, "*d k"]
    """Rise of the currency when the United States is doubted [log]."""


def haven_response(felt: Float[Array, "2"], haven: HavenRule) -> Float[Array, " k"]:
    """Move currencies by the cause of stress.

    -chi_s squeeze + chi_d doubt

    Arguments:
        felt: squeeze and doubt as currencies feel them [ratio].
        haven: what a unit does.

    Returns:
        Log dollars per unit of each currency, against the baseline [log].

    Source: assumption, two signs by cause; see docs/model/dollar.md.
    """
    squeeze, doubt = (STRESSES.pick(felt, name) for name in STRESSES)
    return haven.doubt * doubt - haven.squeeze * squeeze


class Haven(AbstractPressure):
    """Currencies answer stress by its cause.

    Source: see `HavenRule`.
    """

    rule: HavenRule

    def start(self, opening: Opening) -> None:
        """Nothing to remember."""

    def press(
        self,
        state: None,
        moment: Moment,
        felt: Float[Array, "2"],
    ) -> Float[Array, " o"]:
        """Move currencies, and no yields."""
        return jnp.zeros(PRICES.size).at[PRICES.fx].set(haven_response(felt, self.rule))

    def settle(self, state: None, moment: Moment, cleared: Cleared) -> None:
        """Nothing to remember."""

    def report(self, state: None) -> Report:
        """Nothing to show beside exchange rates."""
        return Report({}, {})
