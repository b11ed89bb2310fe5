"""Markets beside Treasuries and the yen: borrowing costs, shares, gold, Bitcoin, oil, fear."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import xarray as xr

from selloff.report.charts import BANDS, Chart
from selloff.report.estimate import Estimate, from_draws
from selloff.report.fans import series_figure
from selloff.report.lines import SCALES
from selloff.report.paths import Draws, beside, cell, extremes, path, swing
from selloff.report.section import Block, Section, has_moved
from selloff.report.series import Series, days, sparse, step_at
from selloff.report.style import shrunk
from selloff.report.tables import Table
from selloff.vocab import BUSINESS_DAYS_PER_YEAR, variables

NEEDED: Final = ("delta_borrowing_rate", "delta_asset_price", "delta_volatility")


@dataclass(frozen=True)
class MarketRow:
    """One market: where it is kept, and what a reader calls it."""

    variable: str
    axis: str
    id: str
    name: str

    @property
    def unit(self) -> str:
        """Its unit in the dataset."""
        return variables()[self.variable].unit

    def read(self, dataset: xr.Dataset) -> Draws:
        """Read its path, draws by steps."""
        return path(dataset, self.variable, **{self.axis: self.id})


RATE, ASSET, FEAR = zip(NEEDED, ("rate", "market", "volatility"), strict=True)
MARKETS: Final = (
    MarketRow(*RATE, "mortgage_30y", "30-year mortgage rate"),
    MarketRow(*RATE, "ig_oas", "Investment-grade spread"),
    MarketRow(*RATE, "hy_oas", "High-yield spread"),
    MarketRow(*ASSET, "sp500", "US shares: S&P 500"),
    MarketRow(*ASSET, "nikkei", "Japanese shares: Nikkei 225"),
    MarketRow(*ASSET, "em_equities", "Shares of emerging economies"),
    MarketRow(*ASSET, "gold", "Gold"),
    MarketRow(*ASSET, "bitcoin", "Bitcoin"),
    MarketRow(*ASSET, "oil", "Oil"),
    MarketRow(*FEAR, "vix", "VIX: expected swings of US shares"),
    MarketRow(*FEAR, "move", "MOVE: expected swings of Treasury yields"),
)
"""In the order of the page."""


def markets(dataset: xr.Dataset) -> Section | None:
    """Tell what other markets did."""
    if not has_moved(dataset, *NEEDED):
        return None
    charts = tuple(_chart(dataset, market) for market in MARKETS)
    words = f"{BANDS} All against baseline, by time since the start; early days are drawn wider."
    return Section(
        id="markets",
        heading="Markets",
        link="Markets",
        sentences=_sentences(dataset),
        blocks=(
            Block(words=words, charts=charts, is_small=True),
            Block(table=_table(dataset)),
        ),
    )


def _sentences(dataset: xr.Dataset) -> tuple[str, ...]:
    ends = {one.id: extremes(one.read(dataset), one.unit) for one in MARKETS}
    high = {name: up.text for name, (up, _) in ends.items()}
    low = {name: down.turned().text for name, (_, down) in ends.items()}
    return (
        f"Borrowing: at their highest the 30-year mortgage rate stands {high['mortgage_30y']} "
        f"above baseline, the spread of investment-grade bonds {high['ig_oas']} and that of "
        f"high-yield bonds {high['hy_oas']}.",
        f"Shares: at their lowest US shares stand {low['sp500']} below baseline, Japanese ones "
        f"{low['nikkei']} and those of emerging economies {low['em_equities']}; the VIX is up by "
        f"at most {high['vix']}.",
        _havens(dataset),
    )


def _havens(dataset: xr.Dataset) -> str:
    year = {one.id: _after_year(dataset, one) for one in MARKETS}
    if not year["gold"].is_known:
        return ""
    return (
        f"A year on shares of emerging economies stand {beside(year['em_equities'])} baseline, "
        f"gold {beside(year['gold'])} it, Bitcoin {beside(year['bitcoin'])} it and oil "
        f"{beside(year['oil'])} it."
    )


def _after_year(dataset: xr.Dataset, market: MarketRow) -> Estimate:
    values = market.read(dataset)
    if days(dataset)[-1] < BUSINESS_DAYS_PER_YEAR:
        return from_draws(np.full(values.shape[0], np.nan), market.unit)
    return from_draws(values[:, step_at(dataset, BUSINESS_DAYS_PER_YEAR)], market.unit)


def _chart(dataset: xr.Dataset, market: MarketRow) -> Chart:
    text = f"{market.variable}[{market.axis}={market.id}]"
    title = SCALES[market.unit].title
    series = Series(market.id, market.name, title, market.unit, text)
    caption = f"Against baseline: {swing(market.read(dataset), market.unit)}."
    figure = shrunk(series_figure(dataset, series, sparse))
    return Chart(f"market_{market.id}", market.name, caption, figure)


def _table(dataset: xr.Dataset) -> Table:
    rows = []
    for market in MARKETS:
        values = market.read(dataset)
        end = from_draws(values[:, -1], market.unit)
        moments = (*extremes(values, market.unit), _after_year(dataset, market), end)
        rows.append((market.name, *(cell(one) for one in moments)))
    head = ("Against baseline: median (5–95%)", "Highest", "Lowest", "A year on", "At the horizon")
    return Table(head, tuple(rows))
