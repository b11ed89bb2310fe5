"""The dollar's place: what the world's official reserves are held in."""

from typing import Final

import numpy as np

from selloff import charts
from selloff.charts import Ruler
from selloff.report.draw import TALL, row, units, words
from selloff.report.estimate import Estimate, alone, from_draws, quantiles, spread
from selloff.report.facts import POINTS, Facts
from selloff.report.section import Cell, Drawing, Section, Table, stacked
from selloff.report.told import say

NEEDED: Final = ("reserve_share", "reserve_share_base", "reserve_tipped")
NAMES: Final = {
    "USD": "US dollar", "EUR": "Euro", "JPY": "Yen", "GBP": "Pound", "CNY": "Yuan", "gold": "Gold",
    "other": "All others",
}  # fmt: skip
PARTS: Final = {
    "volume": "What was sold and bought", "valuation": "Prices alone, without a trade",
    "confidence": "Confidence: doubt, freeze, risk of default, and others who leave",
}  # fmt: skip
"""What adds to a share, in words."""
YEAR_ASKED: Final = 2035


def reserves(runs: tuple[Facts, ...]) -> Section | None:
    """Tell what becomes of the dollar's share of official reserves."""
    facts = runs[0]
    held = all(name in facts.dataset for name in NEEDED)
    if not held or not facts.is_told:
        return None
    year = year_shown(facts)
    gaps = [share_in(each, "USD", year)[2] for each in runs]
    verb = "loses" if gaps[0].p50 < 0.0 else "gains"
    size = gaps[0].turned() if gaps[0].p50 < 0.0 else gaps[0]
    other = ""
    if len(gaps) > 1:
        change = gaps[1].turned() if gaps[1].p50 < 0.0 else gaps[1]
        way = "" if gaps[0].p50 * gaps[1].p50 > 0.0 else "the other way "
        other = f"; in B {way}{change.middle}"
    return Section(
        id="reserves",
        link="The dollar’s place",
        title=f"The dollar {verb} {size.middle} of official reserves by {year}{other}",
        lead=_lead(facts, year),
        figures=(_dollar(runs), _change(facts, year)),
        tables=stacked((_parts(facts, year), _shares(runs, year), *_capacity(facts))),
    )


def year_shown(facts: Facts) -> int:
    """Pick the year the page speaks of."""
    years = [int(one) for one in facts.dataset["year"].to_numpy()]
    return max((one for one in years if one <= YEAR_ASKED), default=years[0])


def share_in(facts: Facts, asset: str, year: int) -> tuple[Estimate, Estimate, Estimate]:
    """Share of an asset in a year: without the sale, with it, and apart one by one."""
    at = facts.dataset["year"].to_numpy().tolist().index(year)
    here, base = (facts.path(f"{name}[reserve_asset={asset}]")[:, at] for name in NEEDED[:2])
    return from_draws(base, "percent"), from_draws(here, "percent"), from_draws(here - base, POINTS)


def _lead(facts: Facts, year: int) -> tuple[Cell, ...]:
    first = int(facts.dataset["year"].to_numpy()[0])
    now, (without, level, _) = share_in(facts, "USD", first)[0], share_in(facts, "USD", year)
    tipped = float(np.mean(facts.dataset["reserve_tipped"].to_numpy()[facts.alive] > 0.5))
    return (
        say(
            "Its share is {now} in {first} and {level} in {year}, against {without} without the "
            "sale. The loss feeds on itself {tipped}.",
            now=now.middle, first=first, level=level.brief, year=year, without=without.brief,
            tipped=facts.share(tipped),
        ),
    )  # fmt: skip


def _assets(facts: Facts) -> list[tuple[str, str]]:
    ids = [str(one) for one in facts.dataset["reserve_asset"].to_numpy()]
    return [(one, NAMES.get(one, one)) for one in ids]


def _dollar(runs: tuple[Facts, ...]) -> Drawing:
    """The dollar's share less that without the sale, year by year."""
    gaps = [
        quantiles(
            each.path("reserve_share[reserve_asset=USD]")
            - each.path("reserve_share_base[reserve_asset=USD]")
        )
        for each in runs
    ]
    years = tuple(float(one) for one in runs[0].dataset["year"].to_numpy())
    low = spread(gaps[0][[0, 2, 4], -1], POINTS)
    title = f"Dollar share of reserves: {low.middle} by {years[-1]:.0f}"
    how = "Percentage points against the share without the sale; flows stop at the end of the run."
    axis = Ruler(
        kind="years", title="Year", values=years, words=tuple(f"{one:.0f}" for one in years)
    )
    ghost = ("B", gaps[1]) if len(runs) > 1 else None
    name = "Median" if ghost is None else "A"
    drawn = charts.fan(
        words("dollar_share", title, units(POINTS), how), axis, [(name, gaps[0])], ghost=ghost
    )
    return Drawing(id="dollar_share", title=title, chart=drawn, page="reserve-shares", height=TALL)


def _change(facts: Facts, year: int) -> Drawing:
    gaps = {name: share_in(facts, one, year)[2] for one, name in _assets(facts)}
    rows = [row(name, gap) for name, gap in gaps.items()]
    most = max(gaps, key=lambda name: gaps[name].p50)
    title = f"{most} gains most: {gaps[most].middle} by {year}"
    how = f"Share of reserves in {year} against that without the sale; what one gains others lose."
    drawn = charts.dots(words("share_change", title, units(POINTS), how), rows)
    return Drawing(id="share_change", title=title, chart=drawn, page="reserve-shares")


def _shares(runs: tuple[Facts, ...], year: int) -> Table:
    rows = []
    for one, name in _assets(runs[0]):
        base, here, gap = share_in(runs[0], one, year)
        more = (share_in(runs[1], one, year)[2].brief,) if len(runs) > 1 else ()
        rows.append((name, base.brief, here.brief, gap.brief, *more))
    other = ("Difference in B",) if len(runs) > 1 else ()
    head = (f"Share in {year}", "Without the sale", "With it", "Difference", *other)
    return Table(head=head, rows=tuple(rows), fold="Every reserve asset")


def _parts(facts: Facts, year: int) -> Table | None:
    """Split what the dollar gains or loses into trades, prices and confidence."""
    if "reserve_share_part" not in facts.dataset:
        return None
    at = facts.dataset["year"].to_numpy().tolist().index(year)
    found = facts.dataset["reserve_share_part"].sel(reserve_asset="USD").isel(year=at)
    rows = tuple(
        (PARTS.get(part, part), from_draws(found.sel(share_part=part).to_numpy(), POINTS).brief)
        for part in map(str, found["share_part"].to_numpy())
    )
    whole = share_in(facts, "USD", year)[2].brief
    rows += (("In all, gold counted", whole), ("Among currencies alone", _among(facts, at).brief))
    head = (f"What the dollar’s share gains or loses by {year}", "Median (5–95%)")
    return Table(head=head, rows=rows, fold="Of that, by trades, prices and confidence")


def _among(facts: Facts, at: int) -> Estimate:
    """Its share among currencies, gold left out, less that without the sale."""
    here, base = (
        facts.path(f"{name}[reserve_asset=USD]")[:, at]
        / (100.0 - facts.path(f"{name}[reserve_asset=gold]")[:, at])
        for name in NEEDED[:2]
    )
    return from_draws(100.0 * (here - base), POINTS)


def _capacity(facts: Facts) -> tuple[Table, ...]:
    if "reserve_price_fast" not in facts.dataset or not facts.is_sale:
        return ()
    rows: list[tuple[Cell, ...]] = []
    for at, (_, name) in enumerate(_assets(facts)):
        size = float(facts.dataset["reserve_capacity"].to_numpy()[at])
        fast, slow = (
            from_draws(
                facts.dataset[one].transpose("draw", "reserve_asset").to_numpy()[:, at], "percent"
            )
            for one in ("reserve_price_fast", "reserve_price_slow")
        )
        if np.isfinite(size) and size > 0.0:
            rows.append((name, alone(size, "USD bn"), fast.brief, slow.brief))
    head = (
        "If all of it went there",
        "Size of the market",
        "Price, within a quarter",
        "Price, over ten years",
    )
    return (Table(head=head, rows=tuple(rows), fold="Where else the money could go"),)
