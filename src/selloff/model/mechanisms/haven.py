"""Havens: the dollar in a squeeze of the world, long Treasuries while bills may not be paid."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractPressure
from selloff.model.mechanisms._flows import Cleared, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.vocab.axes import PRICES, STRESSES


class HavenRule(eqx.Module):
    """What one unit of stress does to each foreign currency, and one of fear to dollar yields.

    Source: moves of 9 to 18 March 2020 and of 2 to 22 April 2025; standoffs over the debt ceiling.
    """

    squeeze: Float[Array, "*d k"]
    """Fall of the currency in a squeeze [log]."""
    doubt: Float[Array, "*d k"]
    """Rise of the currency when the United States is doubted [log]."""
    payment: Float[Array, "*d m"]
    """Rise of each yield while bills near a date may not be paid in time [decimal]."""


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


def shelter(fear: Float[Array, ""], haven: HavenRule) -> Float[Array, " m"]:
    """Shun bills and shelter in long Treasuries.

    P omega(tau):  up at the short end, down at the long

    Arguments:
        fear: P, that bills near a date are not paid in time [ratio].
        haven: what a unit does.

    Returns:
        Dollar yields by tenor, against the baseline [decimal].

    Source: the standoffs over the debt ceiling of 2011, 2013 and 2023; docs/model/dollar.md.
    """
    return haven.payment * fear


class Haven(AbstractPressure):
    """Currencies answer stress by its cause, yields the fear about payment.

    Source: see `HavenRule`.
    """

    rule: HavenRule
    nodes: Float[Array, "*d b m"]
    """Yields of the bonds that stand for the buckets from those by tenor [ratio]."""

    def start(self, opening: Opening) -> None:
        """Nothing to remember."""

    def press(
        self,
        state: None,
        moment: Moment,
        felt: Float[Array, "2"],
    ) -> Float[Array, " o"]:
        """Move currencies by stress, and yields by the fear about payment."""
        yields = shelter(moment.payment, self.rule)
        moved = jnp.zeros(PRICES.size).at[PRICES.fx].set(haven_response(felt, self.rule))
        moved = moved.at[PRICES.tenors].set(yields)
        return moved.at[PRICES.buckets].set(self.nodes @ yields)

    def settle(self, state: None, moment: Moment, cleared: Cleared) -> None:
        """Nothing to remember."""

    def report(self, state: None) -> Report:
        """Nothing to show beside prices."""
        return Report({}, {})
