"""Equations written once for two libraries: JAX differentiates, NumPy needs no compiling."""

from typing import Any

Numbers = Any
"""An array of JAX or NumPy; annotations check its shape and type all the same."""


def library(of: Numbers) -> Any:
    """Find the library whose array this is.

    Arguments:
        of: an array in any unit.

    Returns:
        `jax.numpy` or `numpy`.

    Source: Python array API standard, 2022.12.
    """
    return of.__array_namespace__()
