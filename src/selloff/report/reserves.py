"""The dollar's place: what the world's official reserves are held in, and where else to go."""

from typing import Any, Final

import numpy as np
import xarray as xr

from selloff.report.bars import bars_figure
from selloff.report.charts import Chart
from selloff.report.ending import is_answered
from selloff.report.estimate import Estimate, alone, from_draws, quantiles
from selloff.report.lines import SCALES, along_years, line_traces
from selloff.report.paths import DASH, beside, cell, path, share
from selloff.report.quarters import HEIGHT, WITH, WITHOUT
from selloff.report.question import is_nothing_sold
from selloff.report.section import Block, Section, has_moved
from selloff.report.style import axis, frame
from selloff.report.tables import Table

NEEDED: Final = ("reserve_share", "reserve_share_base", "reserve_tipped")
PARTS: Final = {
    "volume": "What was sold and bought",
    "valuation": "Prices alone, without a trade",
    "confidence": "Confidence: doubt, freeze, risk of default, and others who leave",
}
"""What adds to a share, in words."""
NAMES: Final = {
    "USD": "US dollar",
    "EUR": "Euro",
    "JPY": "Yen",
    "GBP": "Pound",
    "CNY": "Yuan",
    "gold": "Gold",
    "other": "All others",
}
YEAR_ASKED: Final = 2035
POINTS: Final = "percentage points"


def reserves(dataset: xr.Dataset) -> Section | None:
    """Tell what becomes of the dollar's share of official reserves."""
    if not has_moved(dataset, *NEEDED):
        return None
    year = year_shown(dataset)
    blocks = [Block(charts=(_dollar_chart(dataset), _change_chart(dataset, year)))]
    if "reserve_share_part" in dataset:
        blocks.append(Block(table=_parts(dataset, year)))
    blocks.append(Block(table=_shares(dataset, year)))
    last = int(dataset["year"].to_numpy()[-1])
    if last > year:
        blocks.append(Block(table=_shares(dataset, last), fold=f"The same in {last}"))
    if "reserve_price_fast" in dataset and not is_nothing_sold(dataset):
        words = (
            "How far the price of each alternative would move if all that the sellers mean to sell "
            "went there within a quarter, or over ten years."
        )
        heading = "Where else the money could go"
        blocks.append(Block(heading=heading, words=words, table=_capacity(dataset)))
    return Section(
        id="reserves",
        heading="The dollar’s place",
        link="The dollar’s place",
        sentences=_sentences(dataset, year),
        blocks=tuple(blocks),
    )


def year_shown(dataset: xr.Dataset) -> int:
    """Pick the year the page speaks of."""
    years = [int(one) for one in dataset["year"].to_numpy()]
    return max((one for one in years if one <= YEAR_ASKED), default=years[0])


def _sentences(dataset: xr.Dataset, year: int) -> tuple[str, ...]:
    first = int(dataset["year"].to_numpy()[0])
    now, *_ = _share_in(dataset, "USD", first)
    without, level, gap = _share_in(dataset, "USD", year)
    tipped = share(dataset["reserve_tipped"].to_numpy() > 0.5, is_answered(dataset))
    return (
        f"The dollar’s share of the world’s official reserves is {now.text} in {first} "
        f"in the baseline. By {year} it is {level.text}, against {without.text} in the "
        f"baseline: draw by draw {beside(gap, 'less', 'more')}.",
        f"The loss feeds on itself, so that the dollar tips, in {tipped}.",
    )


def _parts(dataset: xr.Dataset, year: int) -> Table:
    """Split what the dollar gains or loses, and set the share among currencies beside it."""
    at = dataset["year"].to_numpy().tolist().index(year)
    found = dataset["reserve_share_part"].sel(reserve_asset="USD").isel(year=at)
    rows = [
        (words, cell(from_draws(found.sel(share_part=part).to_numpy(), POINTS)))
        for part, words in PARTS.items()
    ]
    share, among = ("In all, gold counted", "Among currencies alone, gold left out")
    rows.append((share, cell(_share_in(dataset, "USD", year)[2])))
    rows.append((among, cell(_among_currencies(dataset, at))))
    return Table(
        (f"What the dollar’s share gains or loses by {year}", "Median (5–95%)"), tuple(rows)
    )


def _among_currencies(dataset: xr.Dataset, at: int) -> Estimate:
    here, base = (
        path(dataset, name, reserve_asset="USD")[:, at]
        / (100.0 - path(dataset, name, reserve_asset="gold")[:, at])
        for name in NEEDED[:2]
    )
    return from_draws(100.0 * (here - base), POINTS)


def _share_in(dataset: xr.Dataset, asset: str, year: int) -> tuple[Estimate, Estimate, Estimate]:
    """Share of an asset in a year: in the baseline, here, and apart draw by draw."""
    at = dataset["year"].to_numpy().tolist().index(year)
    here, base = (path(dataset, name, reserve_asset=asset)[:, at] for name in NEEDED[:2])
    gap = from_draws(here - base, POINTS)
    return from_draws(base, "percent"), from_draws(here, "percent"), gap


def _assets(dataset: xr.Dataset) -> list[tuple[str, str]]:
    ids = [str(one) for one in dataset["reserve_asset"].to_numpy()]
    return [(one, NAMES.get(one, one)) for one in ids]


def _dollar_chart(dataset: xr.Dataset) -> Chart:
    along, traces = along_years(dataset), []
    for name, look in (("reserve_share_base", WITHOUT), ("reserve_share", WITH)):
        levels = quantiles(path(dataset, name, reserve_asset="USD"))
        traces += line_traces(along, levels, SCALES["percent"], look=look)
    ruler: dict[str, Any] = {"xaxis": along.axis, "yaxis": axis("% of official reserves")}
    layout = frame(height=HEIGHT, meta={"narrow": {"xaxis.nticks": 5}}, **ruler)
    layout["margin"] |= {"r": 24}
    caption = (
        "Lines: median draw. Bands: 5–95% of draws. Beyond the horizon of the run flows stop and "
        "only what they set in motion goes on."
    )
    heading = "The dollar’s share of reserves"
    return Chart("reserve_share", heading, caption, {"data": traces, "layout": layout})


def _change_chart(dataset: xr.Dataset, year: int) -> Chart:
    rows = [(name, _share_in(dataset, one, year)[2]) for one, name in _assets(dataset)]
    caption = (
        f"Bars: median draw. Whiskers: 5–95% of draws. In {year}; what one gains others "
        "lose, since the shares of each draw add up to 100%."
    )
    figure = bars_figure(rows, "percentage points, against baseline")
    return Chart("reserve_change", f"Who gains and who loses by {year}", caption, figure)


def _shares(dataset: xr.Dataset, year: int) -> Table:
    rows = tuple(
        (name, *map(cell, _share_in(dataset, one, year))) for one, name in _assets(dataset)
    )
    head = (
        f"Share in {year}: median (5–95%)",
        "Baseline",
        "This scenario",
        "Difference, draw by draw",
    )
    return Table(head, rows)


def _capacity(dataset: xr.Dataset) -> Table:
    rows = []
    for at, (_, name) in enumerate(_assets(dataset)):
        size = float(dataset["reserve_capacity"].to_numpy()[at])
        fast, slow = (
            from_draws(dataset[one].transpose("draw", "reserve_asset").to_numpy()[:, at], "percent")
            for one in ("reserve_price_fast", "reserve_price_slow")
        )
        if np.isfinite(size) and size > 0.0:
            rows.append((name, alone(size, "USD bn"), cell(fast), cell(slow)))
        elif fast.is_known and not fast.is_nil:
            rows.append((name, DASH, cell(fast), cell(slow)))
    head = ("Alternative", "Size of its market", "Price, within a quarter", "Price, over ten years")
    return Table(head, tuple(rows))
