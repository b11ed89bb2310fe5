"""How many independent draws a run amounts to: draws that share a row of the bank are alike."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def effective_draws(values: Array, rows: NDArray[np.int64]) -> float:
    """Independent draws that give a mean as certain as these, grouped by row of the bank [count].

    n^2 Var(x) / sum_g (sum_{i in g} (x_i - m))^2, at most n
    """
    is_known = np.isfinite(values)
    gaps = values[is_known] - np.mean(values[is_known]) if is_known.any() else values[:0]
    sums = np.bincount(rows[is_known], weights=gaps)
    between, n = float(sums @ sums), gaps.size
    return min(float(n), n * float(gaps @ gaps) / between) if between > 0.0 else float(n)
