"""What simulated markets hand on to the economy."""

import equinox as eqx
from jaxtyping import Array, Float


class Drivers(eqx.Module):
    """Deviations from the baseline of the same draw, by step, or their means by quarter or year.

    Source: the engine's paths; docs/model/markets.md, us-economy.md and japan-economy.md.
    """

    yields: Float[Array, "*d t m"]
    """Dollar par yields by tenor [decimal]."""
    jgb: Float[Array, "*d t"]
    """10-year yield of Japan [decimal]."""
    rates: Float[Array, "*d t 2"]
    """Policy rates of the United States and of Japan [decimal]."""
    log_fx: Float[Array, "*d t k"]
    """Log US dollars per unit of each foreign currency [log]."""
    broad: Float[Array, "*d t"]
    """Log broad dollar, positive when it is stronger [log]."""
    stress: Float[Array, "*d t 2"]
    """Squeeze and doubt, one being March 2020 and April 2025, levelled off beyond [ratio]."""
    spent: Float[Array, "*d t n"]
    """Proceeds of sales spent so far on gold and on Bitcoin [USD bn]."""
    jgbs: Float[Array, "*d t"]
    """Government bonds the Bank of Japan has bought by its rule so far [USD bn]."""
