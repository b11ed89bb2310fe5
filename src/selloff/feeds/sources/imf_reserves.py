"""Official reserves of all countries that report, and their gold, month by month.

Keys, dimensions and sector codes seen in code that reads them.
"""

from datetime import date, timedelta
from typing import Final

import pandas as pd

from selloff.feeds.calendars import month_day
from selloff.feeds.contract import Document, Feed
from selloff.feeds.identities import has, within
from selloff.feeds.reading import month_end, readings, refuse
from selloff.feeds.sdmx import json_observations

_ROOT: Final = "https://api.imf.org/external/sdmx/3.0/data/dataflow/IMF.STA/IRFCL/%2B"
_DIMENSIONS: Final = ("COUNTRY", "INDICATOR", "SECTOR", "FREQUENCY")
_INDICATORS: Final = {
    "IRFCLDT1_IRFCL65_USD": ("reserves", "USD"),
    "IRFCLDT1_IRFCL56V_FTO": ("gold", "troy ounces"),
}
_SECTORS: Final = ("S1XS1311", "S1X")
"""With the government first: in some countries the Treasury owns the gold."""
_ASK: Final = {"Accept": "application/vnd.sdmx.data+json;version=2.0.0"}


def _parse(content: bytes) -> pd.DataFrame:
    found: dict[tuple[str, str], dict[str, dict[str, float]]] = {}
    for codes, period, value in json_observations(content, _DIMENSIONS):
        if codes["INDICATOR"] not in _INDICATORS or codes["FREQUENCY"] != "M":
            raise refuse("series", ".".join(codes.values()), " or ".join(_INDICATORS))
        sectors = found.setdefault((codes["COUNTRY"], codes["INDICATOR"]), {})
        sectors.setdefault(codes["SECTOR"], {})[period] = value
    frames = []
    for (country, indicator), sectors in sorted(found.items()):
        name, unit = _INDICATORS[indicator]
        sector = next((each for each in _SECTORS if each in sectors), None)
        if sector is not None:
            series = f"imf.{name}.{country.lower()}"
            rows = [
                (series, month_end(when.replace("-M", "-"), series), value)
                for when, value in sectors[sector].items()
            ]
            if any(value == value for _, _, value in rows):
                frames.append(readings(rows, unit))
    if not frames:
        raise refuse("SECTOR", "none of ours", ", ".join(_SECTORS))
    return pd.concat(frames, ignore_index=True)


def _check(frame: pd.DataFrame) -> None:
    has(frame, "imf.reserves.jpn", "imf.reserves.chn")
    within(frame, 5e11, 5e12, "imf.reserves.(jpn|chn)")
    within(frame, 0, 4e8, "imf.gold.*")


def _documents(_: date) -> tuple[Document, ...]:
    return tuple(
        Document(
            name=f"irfcl_{name}.json",
            url=f"{_ROOT}/*.{indicator}.*.M",
            parse=_parse,
            headers=_ASK,
        )
        for indicator, (name, _) in _INDICATORS.items()
    )


FEED = Feed(
    id="imf_reserves",
    title="International Reserves and Foreign Currency Liquidity",
    publisher="International Monetary Fund",
    licence="IMF terms, free with citation",
    cadence=timedelta(days=31),
    documents=_documents,
    check=_check,
    known=month_day(28, "10:00"),
)
