"""What mechanisms set out to do, what a step brought, and what mechanisms show."""

from dataclasses import replace
from typing import Any, Final

import equinox as eqx
import jax
import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab.axes import BOND_MARKETS

_LEFT_OUT: Final[Any] = None


class Flows(eqx.Module):
    """What mechanisms set out to do in a step; flows add up, and what is not named is nothing."""

    sales: Float[Array, " c"] = _LEFT_OUT
    """Treasuries each bystander would sell, face [USD bn]."""
    purchases: Float[Array, " b"] = _LEFT_OUT
    """Treasuries a central bank's rule would buy, face [USD bn]."""
    returned: Float[Array, " b"] = _LEFT_OUT
    """Treasuries it lets go to final buyers, below zero bought from them, face [USD bn]."""
    reserves: Float[Array, " b"] = _LEFT_OUT
    """Treasuries that officials of managed currencies would buy, face [USD bn]."""
    currency: Float[Array, " k"] = _LEFT_OUT
    """Foreign currency bought for dollars out of deposits, below zero sold [USD bn]."""
    foreign_bonds: Float[Array, " f"] = _LEFT_OUT
    """Foreign government bonds bought [USD bn]."""
    issuance: Float[Array, " b"] = _LEFT_OUT
    """Change of net new debt [USD bn]."""
    room: Float[Array, ""] = _LEFT_OUT
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
        markets, nothing = jnp.zeros(len(BOND_MARKETS)), jnp.zeros(())
        return cls(sales, flat, flat, flat, currency, markets, flat, nothing)

    def __add__(self, other: "Flows") -> "Flows":
        """Add what the other names; to add zeros to the rest would cost as much."""
        more = {name: flow for name, flow in vars(other).items() if flow is not _LEFT_OUT}
        return replace(self, **{name: getattr(self, name) + flow for name, flow in more.items()})

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
    served: Float[Array, ""]
    """Part of what others would sell that went [fraction]."""
    delivered: Float[Array, " b"]
    """Part of what central banks would buy that the market delivered [fraction]."""
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
