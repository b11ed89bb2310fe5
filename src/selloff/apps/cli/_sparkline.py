"""The median path of the US 10-year yield on one line."""

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import xarray as xr

MARKS: Final = "▁▂▃▄▅▆▇█"
_COLUMNS: Final = 40
_LEAST: Final = 1.0
"""A full bar is at least so much: what is a tenth of that is no peak [bp]."""
_POWER: Final = 3.0
"""The time axis is the cube root of days, as on the page: the first weeks get room."""


def ten_year_line(ds: "xr.Dataset") -> str:
    """Draw the median of the 10-year from the opening to the end, with the level at both."""
    import numpy as np

    from selloff.results import is_priced, level_of, quantiles, read_path
    from selloff.vocab import levels, span

    priced = is_priced(ds)
    if not priced.any():
        return ""
    days = ds["day"].values
    at = days[-1] * (np.arange(_COLUMNS) / (_COLUMNS - 1)) ** _POWER
    steps = np.searchsorted(days, at + 0.5) - 1
    path = read_path(ds, levels()["us_10y"].change)[priced]
    middle = quantiles(path[:, steps], (0.5,))[0]
    start, end = (level_of(ds, "us_10y", float(change)) for change in middle[[0, -1]])
    years = span(float(ds.attrs["horizon_years"]))
    return f"10-year, median path over {years}: {start:.2f}% {spark(middle.tolist())} {end:.2f}%"


def spark(values: list[float]) -> str:
    """Draw numbers as bars between the lowest and the highest; what hardly moves lies low."""
    low = min(values)
    scale = (len(MARKS) - 1) / max(max(values) - low, _LEAST)
    return "".join(MARKS[round((value - low) * scale)] for value in values)
