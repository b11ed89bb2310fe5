"""What the sources say, and what the packaged tables say of the same day."""

import csv
from collections.abc import Iterator
from importlib.resources import files

import pandas as pd
import pytest

from feed_files import whole
from selloff.data import table as packaged

ROUNDED = {
    "coupon_auctions": 0.01,
    "mspd_by_class_monthly": 0.06,
    "total_public_debt_monthly": 0.06,
    "fx_daily": 1e-5,
}
"""The tables round; rates of the euro became dollars by way of rounded crosses."""
LATER_RELEASE = {"z1_holders_quarterly": 5.0}
"""The page is of January 2026, the table of March."""
MADE_UP = "z1.holders."


def _rows() -> Iterator[dict[str, str]]:
    text = files("selloff.feeds").joinpath("columns.csv").read_text(encoding="utf-8")
    yield from (row for row in csv.DictReader(text.splitlines()) if row["table"])


SOURCES = {
    "mof.intervention": "mof_interventions",
    "mof.flows": "mof_flows",
    "mof.reserves": "mof_reserves",
    "mof.jgb": "mof_jgb",
    "treasury.mspd": "fiscaldata_mspd",
    "treasury.rate": "fiscaldata_rates",
    "treasury.auction": "fiscaldata_auctions",
    "z1.treasuries": "z1_holders",
    "ecb.fx": "ecb_fx",
    "bis.policy_rate": "bis_policy",
    "boj.call_rate": "boj",
}


def _meet(row: dict[str, str]) -> pd.DataFrame:
    """Put the numbers of a series beside the cells of the table that it feeds."""
    frame = whole(SOURCES[".".join(row["series"].split(".")[:2])])
    ours = frame.loc[frame["series"] == row["series"], ["period", "value"]]
    ours = ours.assign(ours=ours["value"] * float(row["factor"] or 1))
    table = packaged(row["table"])
    for pair in filter(None, row["keys"].split("|")):
        name, text = pair.split("=")
        table = table[table[name] == text]
    assert row["column"] in table.columns, row
    return ours.merge(table, left_on="period", right_on="date").dropna(subset=[row["column"]])


@pytest.mark.parametrize("prefix", SOURCES)
def test_a_source_and_the_packaged_table_agree(prefix: str) -> None:
    met = 0
    for row in _rows():
        if row["series"].startswith(prefix) and not row["series"].startswith(MADE_UP):
            both = _meet(row).dropna(subset=["ours"])
            slack = ROUNDED.get(row["table"], LATER_RELEASE.get(row["table"], 1e-6))
            gap = (both["ours"] - both[row["column"]]).abs()
            assert (gap <= slack).all(), both[["period", "ours", row["column"]]]
            met += len(both)
    assert met > 0


def test_every_column_that_is_mapped_is_in_its_table() -> None:
    for row in _rows():
        assert row["column"] in packaged(row["table"]).columns, row


def test_the_par_curve_is_the_constant_maturity_curve() -> None:
    table = packaged("us_yields_daily").set_index("date")
    frame = whole("treasury_curve")
    for tenor in ("1Y", "2Y", "5Y", "10Y"):
        ours = frame[frame["series"] == f"treasury.par.{tenor}"].set_index("period")["value"]
        both = pd.concat([ours, table[tenor]], axis=1, join="inner").dropna()
        assert len(both) > 1
        assert both.iloc[:, 0].tolist() == both.iloc[:, 1].tolist()


def test_the_survey_is_the_packaged_survey() -> None:
    table = packaged("shl_2024_partial").set_index("country")["lt_treasury_usd_mn"]
    frame = whole("shl").set_index("series")["value"]
    met = 0
    for country, amount in table.items():
        name = f"shl.{str(country).lower().replace(', ', '_').replace(' ', '_')}.treasury"
        if name in frame:
            assert frame[name] == amount
            met += 1
    assert met > 5
