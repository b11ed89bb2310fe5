"""What one step leaves behind."""

import equinox as eqx
from jaxtyping import Array, Float


class Record(eqx.Module):
    """One step; deltas are against the same draw with nobody selling and no shock."""

    prices: Float[Array, "*d o"]
    """Yields at tenors, bucket yields, foreign 10-year yields, log FX, less baseline."""
    base_ten_year: Float[Array, "*d j"]
    base_log_fx: Float[Array, "*d k"]
    sold: Float[Array, "*d s b"]
    """Face sold in the step [USD bn]."""
    unsold: Float[Array, "*d"]
    dealers: Float[Array, "*d"]
    levered: Float[Array, "*d"]
    use: Float[Array, "*d"]
    waiting: Float[Array, "*d"]
    """Face put up for sale in the step for which there was no room [USD bn]."""
    fed: Float[Array, "*d"]
    """Face the central bank has bought so far, less what it let go [USD bn]."""
    followed: Float[Array, "*d c b"]
    """Face each reactor sold in the step, less what it bought back [USD bn]."""
    stress: Float[Array, "*d 2"]
    """Squeeze and doubt as they are felt, one being March 2020 and April 2025 [ratio]."""
    placed: Float[Array, "*d a"]
    """What sellers have turned their proceeds into so far [USD bn]."""
    placed_by_others: Float[Array, "*d a"]
    """What others have turned theirs into [USD bn]."""
    reported: dict[str, Array]
    """What mechanisms show at every step, by name."""
    trades: Float[Array, "*d r b"]
    """Face bought by each row in the step, sales negative [USD bn]."""
    shifted: Float[Array, "*d b"]
    """Change of net new debt in the step [USD bn]."""
    base_price: Float[Array, "*d b"]
    """Price of the bond that stands for each bucket, without the sale [fraction of face]."""
    price: Float[Array, "*d b"]
    """The same with the sale, at the end of the step [fraction of face]."""
    residuals: Float[Array, "*d i"]
    """Largest residual of each identity in the step [USD bn]."""
