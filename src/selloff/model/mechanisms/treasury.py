"""The US Treasury: fewer long bonds and more bills when long yields rise."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.model.sums import add_up
from selloff.vocab.axes import CURRENCIES

_USD = CURRENCIES.at("USD")


class TreasuryRule(eqx.Module):
    """How strongly the Treasury answers.

    Source: assumption; see `shift_issuance`.
    """

    response: Float[Array, "*d"]
    """Long debt replaced by bills a year per unit of yield [USD bn a year]."""


def shift_issuance(
    rise: Float[Array, ""],
    mix: Float[Array, " b"],
    *,
    at_hand: Float[Array, ""],
    response: Float[Array, ""],
    years: Float[Array, ""],
) -> Float[Array, " b"]:
    """Buy back long debt, or sell less of it, and sell bills instead.

    min(response x max(dy, 0), D / year) x h x mix;  mix sums to zero

    Arguments:
        rise: of the 10-year yield against the baseline [decimal].
        mix: what one dollar moves: bills up, long buckets down [fraction].
        at_hand: D, long debt outstanding; no more than all of it goes in a year [USD bn].
        response: face moved a year per unit of yield [USD bn a year].
        years: length h of the step [years].

    Returns:
        Change of net new debt by bucket, zero in all [USD bn].

    Source: assumption; bill shares were raised in 2020 and 2023, and buybacks began in 2024.
    """
    pace = jnp.minimum(response * jnp.maximum(rise, 0.0), jnp.maximum(at_hand, 0.0))
    return pace * years * mix


class TreasuryShift(AbstractMechanism):
    """The Treasury's debt management.

    Source: assumption; see `shift_issuance`.
    """

    rule: TreasuryRule
    mix: Float[Array, "*d b"]
    """What a dollar of the shift moves: bills up, long debt down [fraction]."""

    def start(self, opening: Opening) -> None:
        """Nothing to remember."""

    def wish(self, state: None, moment: Moment) -> Flows:
        """Shift debt by the rise of the 10-year yield."""
        shift = shift_issuance(
            moment.rises[_USD],
            self.mix,
            at_hand=add_up(jnp.where(self.mix < 0.0, moment.outstanding, 0.0)),
            response=self.rule.response,
            years=moment.years,
        )
        return Flows(issuance=shift)

    def settle(self, state: None, moment: Moment, cleared: Cleared) -> None:
        """Nothing to remember."""

    def report(self, state: None) -> Report:
        """Nothing to show beside the debt itself."""
        return Report({}, {})
