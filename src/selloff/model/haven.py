"""The dollar as a haven: up in a squeeze of the world, down when the United States is doubted."""

import equinox as eqx
from jaxtyping import Array, Float


class Haven(eqx.Module):
    """What one unit of stress does to each foreign currency.

    Source: moves of 9 to 18 March 2020 and of 2 to 22 April 2025.
    """

    squeeze: Float[Array, "*d k"]
    """Fall of the currency in a squeeze [log]."""
    doubt: Float[Array, "*d k"]
    """Rise of the currency when the United States is doubted [log]."""


def haven_response(felt: Float[Array, "2"], haven: Haven) -> Float[Array, " k"]:
    """Move currencies by the cause of stress.

    -chi_s squeeze + chi_d doubt

    Arguments:
        felt: squeeze and doubt as currencies feel them [ratio].
        haven: what a unit does.

    Returns:
        Log dollars per unit of each currency, against the baseline [log].

    Source: MODEL section 5, two signs.
    """
    return haven.doubt * felt[1] - haven.squeeze * felt[0]
