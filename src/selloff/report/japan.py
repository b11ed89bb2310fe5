"""Japan: prices, output, exporters, reserves, the central bank and insurers."""

from typing import Final

import numpy as np
import xarray as xr

from selloff.report.answer import size
from selloff.report.ending import is_answered
from selloff.report.estimate import Estimate, from_draws
from selloff.report.paths import beside, farther, path, share
from selloff.report.quarters import Quarterly, first_year, overview
from selloff.report.section import Block, Section, has_moved
from selloff.report.tables import Table

SHOWN: Final = (
    Quarterly("delta_japan_cpi", "Consumer prices", "percent"),
    Quarterly("delta_japan_gdp", "Real GDP", "percent"),
    Quarterly("delta_japan_exports", "Real exports", "percent"),
    Quarterly("japan_reserve_loss", "Loss on Treasuries still held by the state", "JPY tn"),
    Quarterly("boj_assets", "Assets of the Bank of Japan", "JPY tn"),
    Quarterly("insurer_hedge_bill", "Life insurers' bill for currency hedges", "USD bn a year"),
)
NEEDED: Final = (*(one.variable for one in SHOWN), "exporter_profit", "japan_branch")
BRANCHES: Final = {
    "neither": "Neither",
    "yen_up_disinflation": "A strong yen pulls prices down",
    "fiscal_dominance": "Doubt of the state's finances: yen and bonds fall together",
}
"""Branches for a reader; they exclude each other."""

_NOTICED_JPY_TN: Final = 0.05
"""Loss below which a book has nothing to say [JPY tn]."""


def japan(dataset: xr.Dataset) -> Section | None:
    """Tell what came back to Japan."""
    if not has_moved(dataset, *NEEDED):
        return None
    return Section(
        id="japan",
        heading="Japan",
        link="Japan",
        sentences=(_economy(dataset), _hit(dataset), _books(dataset)),
        blocks=(
            *overview(dataset, SHOWN),
            Block(
                heading="Exporters' operating profit",
                words="By what each company itself says a yen more per dollar is worth to it.",
                table=_exporters(dataset),
            ),
            Block(
                heading="Two ways that exclude each other",
                words="A draw can take one of them or neither, never both.",
                table=_branches(dataset),
            ),
        ),
    )


def _economy(dataset: xr.Dataset) -> str:
    at, when = first_year(dataset)
    prices, output, sold = (
        from_draws(path(dataset, one.variable)[:, at], one.unit) for one in SHOWN[:3]
    )
    return (
        f"{when} consumer prices in Japan stand {beside(prices)} baseline, its output "
        f"{beside(output)} it and its exports {beside(sold)} it."
    )


def _hit(dataset: xr.Dataset) -> str:
    rows = _profits(dataset)
    if not rows:
        return ""
    name, most = rows[0]
    _, when = first_year(dataset)
    worst = "hit hardest" if most.p50 < 0.0 else "helped least"
    return (
        f"Of the {len(rows)} exporters named below {name} is {worst}: {when[:1].lower()}{when[1:]} "
        f"its operating profit stands {beside(most)} baseline."
    )


def _books(dataset: xr.Dataset) -> str:
    book = farther(path(dataset, "japan_reserve_loss"), "JPY tn")
    bill = farther(path(dataset, "insurer_hedge_bill"), "USD bn a year")
    insurers = f"life insurers pay up to {beside(bill, 'less', 'more')} for hedges."
    if max(abs(book.p05), abs(book.p95)) < _NOTICED_JPY_TN:
        return f"{insurers[:1].upper()}{insurers[1:]}"
    verb = "gains" if book.p50 < 0.0 else "loses"
    lead = f"On the Treasuries it still holds Japan's official book {verb} up to {size(book)}"
    return f"{lead}; {insurers}"


def _profits(dataset: xr.Dataset) -> list[tuple[str, Estimate]]:
    """Exporters a year on, the hardest hit first."""
    at, _ = first_year(dataset)
    held = dataset["exporter_profit"].isel(quarter=at).transpose("draw", "exporter").to_numpy()
    coords = dataset.coords
    names = coords["exporter_name" if "exporter_name" in coords else "exporter"].to_numpy()
    rows = [
        (str(name), from_draws(np.asarray(held[:, i], dtype=np.float64), "percent"))
        for i, name in enumerate(names)
    ]
    return sorted((row for row in rows if row[1].is_known), key=lambda row: row[1].p50)


def _exporters(dataset: xr.Dataset) -> Table:
    _, when = first_year(dataset)
    rows = tuple((name, number.middle, number.ends) for name, number in _profits(dataset))
    return Table((f"{when}, against baseline", "Median", "5–95%"), rows)


def _branches(dataset: xr.Dataset) -> Table:
    held = dataset["japan_branch"]
    meanings = str(held.attrs.get("flag_meanings", "")).split()
    codes = np.atleast_1d(held.attrs.get("flag_values", []))
    alive, taken = is_answered(dataset), held.to_numpy()
    rows = tuple(
        (BRANCHES.get(word, word.replace("_", " ").capitalize()), share(taken == code, alive))
        for code, word in zip(codes, meanings, strict=True)
    )
    return Table(("Branch", "Draws"), rows)
