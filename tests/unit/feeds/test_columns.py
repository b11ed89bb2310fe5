"""From readings to cells: the map names what is there, and tables come back as they were."""

import csv
import re
from importlib.resources import files
from urllib.parse import urlsplit

import pandas as pd
import pytest

from papers import ROOT, section, table_rows
from selloff import data
from selloff.feeds import cells, columns, feeds, needs
from selloff.feeds.registry import source_names

ROWS = list(csv.DictReader(files("selloff.feeds").joinpath("columns.csv").read_text().splitlines()))
TABLES = sorted({row["table"] for row in ROWS if row["table"]})


def test_every_source_is_a_file_with_a_row() -> None:
    assert set(source_names()) == set(needs())
    assert [each.id for each in feeds()] == source_names()
    assert all(needs().values())


def test_the_papers_describe_every_source() -> None:
    rows = table_rows(section(ROOT / "docs" / "feeds.md", "Sources"))[2:]
    rows += table_rows(section(ROOT / "docs" / "feeds-sources.md", "All of them"))[2:]
    assert sorted(row[0].strip("`") for row in rows) == sorted(source_names())


def test_the_hosts_on_the_page_are_those_that_are_asked() -> None:
    day = pd.Timestamp(2026, 9, 18).date()
    asked = {urlsplit(each.url).netloc for feed in feeds() for each in feed.documents(day)}
    told = re.findall(
        r"https://([\w.-]+)", section(ROOT / "docs" / "feeds-sources.md", "All of them")
    )
    assert set(told) - {"api.stlouisfed.org"} <= asked


def test_no_two_documents_share_a_name_or_an_address() -> None:
    day = pd.Timestamp(2026, 9, 18).date()
    found = [each for feed in feeds() for each in feed.documents(day)]
    assert len({each.name for each in found}) == len(found)
    assert len({each.url for each in found}) == len(found)
    assert all(each.url.startswith("https://") for each in found)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["series"])
def test_the_map_names_what_is_there(row: dict[str, str]) -> None:
    place = columns.place_of(row["series"].replace("*", "Somewhere"))
    if not row["table"]:
        assert place is None
        return
    assert place is not None
    table = data.table(place.table)
    assert place.column in table.select_dtypes("number")
    label = [columns.LABEL] if columns.LABEL in table else []
    assert [name for name, _ in place.keys] == [*cells.keys_of(table), *label]
    assert place.kind in ("level", "flow", "rate")
    assert place.unit
    assert place.only in ("", "weekdays", "own", "month_start")
    assert ("*" in row["series"]) == ("*" in row["keys"])


@pytest.mark.parametrize("name", TABLES)
def test_a_table_without_new_cells_is_written_as_it_was(name: str) -> None:
    base = data.table(name)
    none = cells.in_long_form(base).head(0).assign(**{columns.LABEL: ""})
    packaged = files("selloff.data").joinpath(f"snapshot/{name}.csv").read_bytes()
    assert cells.written(cells.with_cells(base, none)) == packaged


def told(series: str, day: str, value: float) -> dict[str, pd.DataFrame]:
    period = pd.to_datetime([day])
    frame = pd.DataFrame({"series": [series], "period": period, "value": [value], "unit": ["?"]})
    return cells.cells_of(frame, data.PACKAGED)


def test_a_cell_is_in_the_unit_of_its_table() -> None:
    (cell,) = told("WMTSECL1", "2026-09-09", 2598123.0)["fed_custody_weekly"].itertuples()
    assert (cell.value, cell.unit) == (2598.123, "USD bn")
    assert cell.name == "fed_custody_weekly.usd_bn"


def test_a_number_that_is_gone_empties_its_cell() -> None:
    found = told("DGS10", "2026-10-06", float("nan"))["us_yields_daily"]
    assert found["before"].tolist() == [5.27]
    table = cells.with_cells(data.table("us_yields_daily"), found).set_index("date")
    assert pd.isna(table.loc["2026-10-06", "10Y"])
    assert table.loc["2026-10-06", "2Y"] == 4.79


def test_a_table_that_dates_months_by_their_first_day_goes_on_so() -> None:
    (cell,) = told("PCEPILFE", "2026-05-31", 130.1)["us_prices_monthly"].itertuples()
    assert (f"{cell.date:%Y-%m-%d}", cell.before) == ("2026-05-01", 130.082)


def test_weekends_and_days_before_the_table_begins_stay_out() -> None:
    assert told("DFF", "2026-08-15", 3.6)["policy_rates_daily"].empty
    assert told("DGS10", "1962-01-02", 4.06)["us_yields_daily"].empty


def test_the_history_does_not_write_over_the_newer_table() -> None:
    assert told("mfhhis01 Japan", "2025-10-31", 1200.0)["tic_holdings_monthly"].empty
    assert len(told("mfhhis01 Germany", "2025-10-31", 114.0)["tic_holdings_monthly"]) == 1
    newer = told("slt_table5 Japan", "2025-06-30", 1154.8)["tic_holdings_monthly"]
    table = cells.with_cells(data.table("tic_holdings_monthly"), newer)
    own = table[(table["country"] == "Japan") & (table["date"] == "2025-06-30")]
    own = own[own["series"] == "primary"]
    assert own[["source_file", "usd_bn"]].to_numpy().tolist() == [["slt_table5", 1154.8]]
