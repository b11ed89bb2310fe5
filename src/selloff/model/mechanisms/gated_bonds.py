"""A central bank buys its own government's bonds beyond a threshold of their yield."""

import equinox as eqx
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.model.mechanisms._abstract import AbstractMechanism
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Moment, Opening
from selloff.vocab.axes import BOND_MARKETS, CURRENCIES


class GateRule(eqx.Module):
    """When a central bank buys the government bonds of its own currency.

    Source: assumption; the Bank of Japan's operations at short notice in 2022-23 and 2024-26.
    """

    gate: Float[Array, "*d"]
    """Rise of the 10-year yield that brings purchases [decimal]."""
    pace: Float[Array, "*d"]
    """Purchases at twice the gate and beyond [USD bn per business day]."""
    cap_ramp: Float[Array, "*d"]
    """Distance above a cap at which they are in full [decimal]."""


def purchases(
    rise: Float[Array, ""], level: Float[Array, ""], cap: Float[Array, ""], rule: GateRule
) -> Float[Array, ""]:
    """Buy when yields have risen, or when they stand above a cap.

    pace clip((x - gate) / gate, 0, 1), or with a cap pace clip(above / ramp, 0, 1), where above is
    what the rise adds above the cap

    Arguments:
        rise: of the 10-year yield against the baseline [decimal].
        level: of its baseline [decimal].
        cap: level that is defended, infinite where there is none [decimal].
        rule: the rule.

    Returns:
        Bonds bought [USD bn per business day].

    Source: assumption; with a cap any breach that the sale brings is bought against.
    """
    usual = jnp.clip((rise - rule.gate) / rule.gate, 0.0, 1.0)
    above = jnp.maximum(level + rise - cap, 0.0) - jnp.maximum(level - cap, 0.0)
    capped = jnp.clip(above / rule.cap_ramp, 0.0, 1.0)
    return rule.pace * jnp.where(jnp.isfinite(cap), capped, usual)


class GatedBondBuyer(AbstractMechanism):
    """One central bank that buys behind a gate; the Bank of Japan and the ECB are instances.

    Source: see `GateRule`.
    """

    rule: GateRule
    cap: Float[Array, "*d"]
    """Level of the 10-year yield that is defended, infinite where there is none [decimal]."""
    currency: str = eqx.field(static=True, kw_only=True)

    def start(self, opening: Opening) -> Float[Array, ""]:
        """Nothing bought."""
        return jnp.zeros(())

    def wish(self, state: Float[Array, ""], moment: Moment) -> Flows:
        """Buy by the rise of the 10-year yield."""
        return Flows(foreign_bonds=self._in_its_market(self._due(moment)))

    def settle(
        self,
        state: Float[Array, ""],
        moment: Moment,
        cleared: Cleared,
    ) -> Float[Array, ""]:
        """Count what was bought."""
        return state + moment.on[self.switch] * self._due(moment)

    def report(self, state: Float[Array, ""]) -> Report:
        """Bonds bought so far, in its market's place."""
        return Report({"foreign_bonds": self._in_its_market(state)}, {})

    def _due(self, moment: Moment) -> Float[Array, ""]:
        at = CURRENCIES.at(self.currency)
        # A level that no free source gives is only needed where there is a cap.
        level = jnp.where(jnp.isfinite(self.cap), moment.base_ten_year[at], 0.0)
        pace = purchases(moment.rises[at], level, self.cap, self.rule)
        return pace * moment.days

    def _in_its_market(self, amount: Float[Array, ""]) -> Float[Array, " f"]:
        at = BOND_MARKETS.at(self.currency)
        return jnp.zeros(len(BOND_MARKETS)).at[at].set(amount)
