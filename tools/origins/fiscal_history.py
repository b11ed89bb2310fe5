"""What fiscal years say of growth, deficits and yields, and of what agencies saw."""

from typing import Final

import numpy as np
import pandas as pd

from selloff.bridge.fiscal import SHOCKS
from selloff.data import table

_WINDOW: Final = (1993, 2025)
_RATED_SINCE: Final = 2011


def fiscal_years() -> pd.DataFrame:
    """Lay out growth, primary balance and the 10-year yield by fiscal year."""
    actual = table("cbo_actuals").pivot_table(
        index="fiscal_year", columns=["component", "subcategory"], values="usd_bn"
    )
    quarters = table("debt_quarterly").set_index("date")["gdp_usd_bn_ann"]
    by_year = quarters.groupby(_fiscal_year(quarters.index))
    gdp = by_year.mean()[by_year.count() == 4]
    ten = table("us_yields_daily").set_index("date")["10Y"]
    primary = actual["deficit", "Total"] + actual["outlay", "Net Interest"]
    return pd.DataFrame(
        {
            "growth": 100.0 * np.log(gdp).diff(),
            "primary": 100.0 * primary / gdp,
            "rate": ten.groupby(_fiscal_year(ten.index)).mean(),
        }
    ).dropna()


def fiscal_chance() -> dict[str, float]:
    """Estimate how growth, primary balance and yields stray from one year to the next."""
    frame = fiscal_years().loc[_WINDOW[0] : _WINDOW[1], list(SHOCKS)]
    around = (frame - frame.mean()).to_numpy()
    lines = [np.polyfit(x[:-1], x[1:], 1) for x in around.T]
    left = np.stack(
        [x[1:] - np.polyval(line, x[:-1]) for x, line in zip(around.T, lines, strict=True)]
    )
    found = {f"debt_{n}_memory": float(line[0]) for n, line in zip(SHOCKS, lines, strict=True)}
    found |= {
        f"debt_{n}_volatility": float(x.std(ddof=2)) for n, x in zip(SHOCKS, left, strict=True)
    }
    together = np.corrcoef(left)
    return found | {
        f"debt_{SHOCKS[i]}_{SHOCKS[j]}_correlation": float(together[i, j])
        for i, j in ((0, 1), (0, 2), (1, 2))
    }


def rated_years() -> dict[str, float]:
    """Average what agencies looked at since the first cut.

    Source: CBO, BEA; fiscal years 2011 to 2025.
    """
    actual = table("cbo_actuals").pivot_table(
        index="fiscal_year", columns=["component", "subcategory"], values="usd_bn"
    )
    quarters = table("debt_quarterly").set_index("date")["gdp_usd_bn_ann"]
    gdp = quarters.groupby(_fiscal_year(quarters.index)).mean()
    interest = actual["outlay", "Net Interest"] / actual["revenue", "Total"]
    rise = (actual["debt", "Total"] / gdp).diff()
    since = slice(_RATED_SINCE, _WINDOW[1])
    return {
        "rating_usual_interest": float(100.0 * interest.loc[since].mean()),
        "rating_usual_trend": float(100.0 * rise.loc[since].mean()),
    }


def _fiscal_year(days: pd.DatetimeIndex) -> pd.Index:
    return days.year + (days.month > 9).astype(int)
