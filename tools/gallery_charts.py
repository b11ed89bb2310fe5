"""One chart of each kind from the results of two runs, for tools/gallery.py."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

import numpy as np
import xarray as xr
from numpy.typing import NDArray

from selloff import charts, results
from selloff.charts import (
    AnyChart,
    Land,
    Layer,
    Link,
    Mark,
    Pair,
    Row,
    Ruler,
    Spot,
    Step,
    Yardstick,
)
from selloff.report.countries import Country, ranked
from selloff.report.draw import thinned
from selloff.report.estimate import LEVELS, MONEY, UNIT_WORDS, alone, digits, from_draws
from selloff.report.facts import Facts
from selloff.report.split import parts
from selloff.report.told import TEN, YEN
from selloff.vocab.axes import BUSINESS_DAYS_PER_YEAR

SOURCE: Final = "Selloff, {} draws of japan-dump, books of {:%B %Y}"
TOGETHER: Final = {
    "Dealers": ("dealers",),
    "Federal Reserve": ("fed",),
    "Foreign private": ("foreign_private",),
    "US funds": ("usa_mutual_fund", "usa_pension", "usa_insurer"),
    "US banks, money funds": ("usa_bank", "usa_mmf"),
    "US households": ("usa_household", "usa_other"),
    "Foreign official": ("foreign_official",),
    "Levered funds": ("levered",),
}
"""Holders of the relay, those who catch the sale first at the bottom."""
PAIRED: Final = {
    "Highest 10-year yield": "us_10y_peak_bp",
    "Highest 30-year yield": "us_30y_peak_bp",
    "Highest mortgage rate": "mortgage_30y_peak_bp",
    "10-year after a year": "us_10y_after_1y_bp",
    "Highest JGB 10-year": "jgb_10y_peak_bp",
}


def drawn(dump: xr.Dataset, slow: xr.Dataset) -> list[AnyChart]:
    """Make one chart of each kind."""
    summaries = [results.summarise(one) for one in (dump, slow)]
    return [
        fan(dump),
        fan_with_ghost(dump, slow),
        relay(dump),
        waterfall(dump, summaries[0]),
        heat(dump),
        dumbbell(dump, summaries),
        emerging_dots(dump),
        twenty(dump),
        world(dump),
        scatter(dump),
        sankey(dump),
        spark(dump),
    ]


def words(dataset: xr.Dataset, name: str, unit: charts.Unit, *said: str) -> charts.Words:
    source = SOURCE.format(
        dataset.sizes["draw"], datetime.strptime(dataset.attrs["vintage"], "%Y-%m")
    )
    return charts.Words(id=name, title=said[0], subtitle=said[1], source=source, unit=unit)


def unit_of(name: str, decimals: int = 0, *, signed: bool = False) -> charts.Unit:
    before, after = MONEY.get(name, ("", UNIT_WORDS.get(name, f" {name}")))
    return charts.Unit(name=name, before=before, after=after, decimals=decimals, signed=signed)


def days(dataset: xr.Dataset) -> NDArray[np.float64]:
    return np.asarray(dataset["day"].to_numpy(), dtype=np.float64)


def path(dataset: xr.Dataset, series: str) -> NDArray[np.float64]:
    return np.asarray(results.read_series(dataset, series).to_numpy(), dtype=np.float64)


def countries(dataset: xr.Dataset) -> list[Country]:
    return ranked(Facts(dataset, results.summarise(dataset)))


def time_axis(dataset: xr.Dataset) -> Ruler:
    day = days(dataset)[thinned(days(dataset))]
    return Ruler(kind="days", title="Business day", values=tuple(float(one) for one in day))


def levels(dataset: xr.Dataset, name: str) -> NDArray[np.float64]:
    return results.quantiles(path(dataset, name)[:, thinned(days(dataset))], LEVELS)


def fan(dataset: xr.Dataset) -> AnyChart:
    bp = unit_of("bp")
    draws = path(dataset, TEN)
    peaks = from_draws(draws.max(axis=1), "bp")
    day = float(np.median(days(dataset)[draws.argmax(axis=1)]))
    most, year = record(dataset)
    line = Yardstick(y=most, label=f"Most in 20 days: {most:g}bp ({year})")
    later = from_draws(draws[:, int(np.searchsorted(days(dataset), BUSINESS_DAYS_PER_YEAR))], "bp")
    title = f"The 10-year yield jumps by {peaks.middle}; a year later it is {later.middle} away"
    said = words(
        dataset, "us_10y", bp, title, "US 10-year yield against the baseline, basis points"
    )
    mark = Mark(x=day, y=peaks.p50, label=f"Median of the peaks, {peaks.middle}")
    return charts.fan(
        said,
        time_axis(dataset),
        [("10-year", levels(dataset, TEN))],
        records=[line],
        marks=[mark],
    )


def fan_with_ghost(dump: xr.Dataset, slow: xr.Dataset) -> AnyChart:
    lowest = [digits(float(levels(one, YEN)[2].min()), 0) for one in (dump, slow)]
    title = f"The dollar falls to {lowest[0]}% in yen if sold at once, to {lowest[1]}% if slowly"
    said = words(
        dump, "usdjpy", unit_of("percent", 1), title, "Yen per dollar against the baseline, percent"
    )
    x, line = time_axis(dump), levels(slow, YEN)
    day = np.asarray(time_axis(slow).values)
    ghost = np.array([np.interp(x.values, day, row) for row in line])
    return charts.fan(said, x, [("At once", levels(dump, YEN))], ghost=("Over ten years", ghost))


def record(dataset: xr.Dataset) -> tuple[float, str]:
    """Most that the 10-year has risen in twenty days, and in which year."""
    rows = {one["quantity"]: one for one in json.loads(dataset.attrs["records"])}
    found = rows["us_10y_max_20d_bp"]
    return float(found["limit"]), str(found["on"])[:4]


def held(dataset: xr.Dataset) -> dict[str, NDArray[np.float64]]:
    mean = dataset["absorbed_face"].mean("draw")
    return {
        name: mean.sel(group=list(groups)).sum("group").to_numpy()
        for name, groups in TOGETHER.items()
    }


def relay(dataset: xr.Dataset) -> AnyChart:
    at = thinned(days(dataset))
    layers = [Layer(name=name, values=tuple(line[at])) for name, line in held(dataset).items()]
    books = held(dataset)
    last = max(books, key=lambda name: float(books[name][-1]))
    most = digits(max(books["Dealers"]), 0)
    title = f"Dealers catch up to ${most}bn; in the end the most is with: {last.lower()}"
    said = words(
        dataset,
        "relay",
        unit_of("USD bn"),
        title,
        "Who holds the bonds sold, USD billion, mean of draws; below zero, sold as well",
    )
    return charts.relay(said, time_axis(dataset), layers, total="Sold so far")


def waterfall(dataset: xr.Dataset, summary: dict[str, Any]) -> AnyChart:
    split = parts(Facts(dataset, summary), "us_10y_peak_bp")
    steps = [Step(name=name, p05=one.p05, p50=one.p50, p95=one.p95) for name, one in split.items()]
    whole = summary["metrics"]["us_10y_peak_bp"]
    total = Step(
        name="All together",
        p05=whole["p05"],
        p50=sum(one.p50 for one in split.values()),
        p95=whole["p95"],
    )
    funds, policy = (alone(split[name].p50, "bp") for name in ("Levered funds", "Policy"))
    title = f"Levered funds move the peak by {funds}, policy by {policy}"
    said = words(
        dataset,
        "parts",
        unit_of("bp"),
        title,
        "Highest 10-year yield by part, basis points, median; whisker: 90% of runs",
    )
    return charts.waterfall(said, steps, total)


def heat(dataset: xr.Dataset) -> AnyChart:
    at = thinned(days(dataset))
    median = np.median(
        dataset["delta_par_yield"].transpose("tenor", "step", "draw").to_numpy()[:, at], axis=2
    )
    names = [str(one) for one in dataset["tenor"].to_numpy()]
    rows = [Layer(name=name, values=tuple(row)) for name, row in zip(names, median, strict=True)]
    highest = names[int(median.max(axis=1).argmax())]
    title = f"The {highest} point of the curve rises most, by {digits(median.max(), 0)}bp"
    said = words(
        dataset,
        "curve",
        unit_of("bp"),
        title,
        "Change of US par yields by maturity, basis points, median draw",
    )
    return charts.heat(said, time_axis(dataset), rows[::-1])


def dumbbell(dataset: xr.Dataset, summaries: Sequence[dict[str, Any]]) -> AnyChart:
    def row(summary: dict[str, Any], metric: str) -> Row:
        return Row(
            name=metric, **{key: summary["metrics"][metric][key] for key in ("p05", "p50", "p95")}
        )

    pairs = [
        Pair(name=name, a=row(summaries[0], metric), b=row(summaries[1], metric))
        for name, metric in PAIRED.items()
    ]
    title = f"Ten years of patience turn {pairs[0].a.p50:.0f}bp into {pairs[0].b.p50:.0f}"
    said = words(
        dataset,
        "both",
        unit_of("bp"),
        title,
        "Against the baseline, basis points; lines: 90% of runs",
    )
    return charts.dumbbell(said, ("At once", "Over ten years"), pairs)


def emerging_dots(dataset: xr.Dataset) -> AnyChart:
    found = countries(dataset)
    largest = sorted(found, key=lambda one: -abs(one.added.p50))[:12]
    rows = [
        Row(
            name=one.name,
            p05=one.added.p05,
            p50=one.added.p50,
            p95=one.added.p95,
            note=f"Baseline: {one.base.brief}",
        )
        for one in largest
    ]
    top = largest[0]
    title = f"{top.name} comes {top.added.middle} closer to a crisis, more than any other"
    said = words(
        dataset,
        "emerging",
        unit_of("percentage points", 1),
        title,
        "Added chance of a currency crisis within two years, percentage points; lines: 90% of runs",
    )
    return charts.dots(said, rows)


def twenty(dataset: xr.Dataset) -> AnyChart:
    peaks = path(dataset, TEN).max(axis=1)
    quantiles = results.quantiles(peaks, charts.TWENTY)
    most, year = record(dataset)
    count = int((quantiles > most).sum())
    title = f"In {count} of 20 runs the 10-year rises beyond any twenty days on record"
    said = words(
        dataset,
        "twenty",
        unit_of("bp"),
        title,
        "Highest 10-year yield against the baseline, basis points; each dot is one run in twenty",
    )
    return charts.quantile_dots(
        said,
        quantiles,
        beyond=most,
        records=[Yardstick(x=most, label=f"Yardstick, {year}: {most:g}bp")],
    )


def world(dataset: xr.Dataset) -> AnyChart:
    places = [
        Land(
            code=one.code,
            name=one.name,
            p05=one.added.p05,
            p50=one.added.p50,
            p95=one.added.p95,
            note=f"Baseline: {one.base.brief}",
        )
        for one in countries(dataset)
    ]
    nearer = sum(one.p50 > 0.05 for one in places)
    title = f"{nearer} of {len(places)} emerging economies come closer to a crisis"
    said = words(
        dataset,
        "world",
        unit_of("percentage points", 1),
        title,
        "Added chance of a currency crisis within two years, percentage points, median draw",
    )
    return charts.world(said, places)


def scatter(dataset: xr.Dataset) -> AnyChart:
    found = [one for one in countries(dataset) if one.flow.is_known]
    named = {one.name for one in sorted(found, key=lambda one: -abs(one.added.p50))[:8]}
    points = [
        Spot(name=one.name, x=one.flow.p50, y=one.added.p50, named=one.name in named)
        for one in found
    ]
    ruler = Ruler(
        kind="number",
        title="Inflow lost in the first year",
        unit=unit_of("percent of GDP", 2),
    )
    together = np.corrcoef([one.x for one in points], [one.y for one in points])[0, 1]
    title = f"Inflow lost and nearness to a crisis: a correlation of {digits(together, 1)}"
    said = words(
        dataset, "flows", unit_of("percentage points", 1), title, "Emerging economies, median draw"
    )
    return charts.scatter(said, ruler, "Added chance of a crisis", points)


def sankey(dataset: xr.Dataset, day: float = 26.0) -> AnyChart:
    at = int(np.searchsorted(days(dataset), day))
    now = {name: float(line[at]) for name, line in held(dataset).items()}
    sold = {"Japan": float(dataset["sold_face"].mean("draw")[: at + 1].sum())}
    sold |= {name: -one for name, one in now.items() if one < 0.0}
    bought = {name: one for name, one in now.items() if one > 0.0}
    whole = sum(bought.values())
    links = [
        Link(source=seller, target=buyer, value=out * part / whole)
        for seller, out in sold.items()
        for buyer, part in bought.items()
    ]
    share = digits(100.0 * bought.get("Federal Reserve", 0.0) / whole, 0)
    title = f"After {day:.0f} days the Federal Reserve holds {share}% of what was sold"
    said = words(
        dataset,
        "sankey",
        unit_of("USD bn"),
        title,
        "Sellers to holders, USD billion, mean of draws; each seller spread as the whole is",
    )
    return charts.sankey(said, links)


def spark(dataset: xr.Dataset) -> AnyChart:
    said = words(dataset, "spark", unit_of("bp"), "The 10-year yield, median draw", "basis points")
    return charts.spark(said, time_axis(dataset), levels(dataset, TEN)[2])
