"""Size of the economies behind the currencies at a date."""

from datetime import date
from typing import Final

from selloff.data.records import Figure
from selloff.data.tables import Snapshot
from selloff.vocab.axes import CURRENCIES

WEO: Final = "IMF, World Economic Outlook, October 2025, series NGDPD"
HINDSIGHT: Final = "Whole calendar year, used as a measure of size."
PROJECTED: Final = " A projection of the outlook, not an outcome."
EURO_SUM: Final = " Sum of twelve of the twenty members of 2025."


def read_gdp(snapshot: Snapshot, day: date) -> tuple[dict[str, float], tuple[Figure, ...]]:
    """Read the yearly GDP of each currency area in the calendar year of a date.

    Source: IMF World Economic Outlook of October 2025.
    """
    frame = snapshot.read("gdp_annual")
    rows = frame[frame["year"] == day.year].set_index("area")
    sizes: dict[str, float] = {}
    figures: list[Figure] = []
    for currency in CURRENCIES:
        if currency not in rows.index:
            raise LookupError(f"no {currency} GDP in {day.year}")
        row = rows.loc[currency]
        sizes[currency] = float(row["gdp_usd_bn"])
        figures.append(
            Figure(
                name=f"gdp_{currency.lower()}",
                value=sizes[currency],
                unit="USD bn a year",
                standing="data",
                source=WEO,
                as_of=row["date"].date(),
                note=HINDSIGHT
                + (EURO_SUM if currency == "EUR" else "")
                + (PROJECTED if row["is_forecast"] else ""),
            )
        )
    return sizes, tuple(figures)
