"""Japan's books: the ministry's Treasuries, the central bank's assets, the insurers' hedges."""

import jax.numpy as jnp
from jaxtyping import Array, Float

from selloff.vocab import ECONOMIES


def reserve_loss(
    held: Float[Array, " q"],
    yen: Float[Array, " q"],
    yields: Float[Array, "q m"],
    *,
    price: Float[Array, ""],
    durations: Float[Array, " m"],
    level: Float[Array, ""],
) -> Float[Array, " q"]:
    """What a stronger yen and cheaper Treasuries take off what is still held.

    held p E (1 - exp(-yen - sum_m D_m dy_m))

    Arguments:
        held: face of Treasuries the official book still holds [USD bn].
        yen: log dollars per yen against baseline [log].
        yields: par yields by tenor less baseline [decimal].
        price: p, value of that face as the books open [fraction of face].
        durations: D_m, fall of the log value per rise of each par yield [years].
        level: E, yen per dollar as the books open [yen per dollar].

    Returns:
        Loss of value, a gain below zero [JPY bn].

    Source: arithmetic; key-rate durations (Ho 1992).
    """
    return -held * price * level * jnp.expm1(-yen - yields @ durations)


def central_bank_assets(jgbs: Float[Array, " q"], level: Float[Array, ""]) -> Float[Array, " q"]:
    """Government bonds bought by the rule, in yen.

    B E

    Arguments:
        jgbs: B, bought so far [USD bn].
        level: E, yen per dollar as the books open [yen per dollar].

    Returns:
        Assets of the Bank of Japan less baseline [JPY bn].

    Source: arithmetic; interventions are paid with bills of the Ministry of Finance and pass
    the Bank's assets by.
    """
    return jgbs * level


def hedge_bill(rates: Float[Array, "q 2"], hedged: Float[Array, ""]) -> Float[Array, " q"]:
    """What life insurers pay for rolling currency hedges.

    H (i_USD - i_JPY)

    Arguments:
        rates: policy rates of the United States and of Japan less baseline [decimal].
        hedged: H, dollar bonds hedged into yen [USD bn].

    Returns:
        Bill less baseline [USD bn a year].

    Source: covered interest parity; the basis and the book stay as they are.
    """
    return hedged * (ECONOMIES.pick(rates, "USA") - ECONOMIES.pick(rates, "JPN"))
