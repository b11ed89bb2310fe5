"""On to the device."""

from typing import Any

import jax
import numpy as np
from jaxtyping import Array
from numpy.typing import ArrayLike


def put(values: ArrayLike, dtype: Any = None) -> Array:
    """Hand numbers to JAX as they are: `jnp.asarray` compiles a copy for every new shape."""
    return jax.device_put(np.asarray(values, dtype))
