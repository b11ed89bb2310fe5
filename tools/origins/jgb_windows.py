"""What the 10-year JGB did when news of demand moved the 10-year Treasury."""

from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from origins.intervention_windows import slope
from selloff.data import table
from selloff.vocab import BP, PCT

ANNOUNCEMENTS: Final = (
    "2008-11-25",
    "2008-12-01",
    "2008-12-16",
    "2009-03-18",
    "2010-08-10",
    "2010-11-03",
    "2011-09-21",
    "2012-09-13",
    "2013-05-22",
    "2013-06-19",
    "2020-03-15",
    "2020-03-23",
)
"""Days on which the Federal Reserve said that it would buy more, or less."""


def announcement_moves() -> NDArray[np.float64]:
    """Two days of the Treasury, and the JGB from Tokyo's close before them to that after [bp].

    Tokyo closes before New York opens: what happens in New York is in the JGB a day later.
    """
    dollar, yen = (_ten_year(name) for name in ("us_yields_daily", "jgb_yields_daily"))
    found = []
    for day in pd.to_datetime(ANNOUNCEMENTS):
        at, after = (int(dollar.index.searchsorted(day)), int(yen.index.searchsorted(day, "right")))
        found.append(
            (
                dollar.iloc[at + 1] - dollar.iloc[at - 1],
                yen.iloc[after + 1] - yen.iloc[after - 1],
            )
        )
    return np.array(found)


def announcement_slope() -> tuple[float, float]:
    """Slope of the JGB on the Treasury over announcements, and its standard error."""
    dollar, yen = announcement_moves().T
    return slope(dollar, yen)


def _ten_year(name: str) -> pd.Series:
    levels = table(name).set_index("date")["10Y"].dropna() * PCT / BP
    levels.index = pd.to_datetime(levels.index)
    return levels
