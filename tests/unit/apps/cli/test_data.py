"""`data` prints a series with its source."""

import json
from typing import Any

import pytest

JAPAN = "tic_table3_monthly.holdings_usd_bn.Japan.total"


def test_the_list_and_the_series_of_a_table(selloff_: Any) -> None:
    text = selloff_("data").stdout
    assert "tic_table3_monthly" in text
    assert max(len(line) for line in text.splitlines()) <= 100
    assert JAPAN in selloff_("data", "tic_table3_monthly").stdout.splitlines()
    assert JAPAN in json.loads(selloff_("data", "tic_table3_monthly", "--json").stdout)["series"]


def test_one_series_three_ways(selloff_: Any) -> None:
    asked = ("data", JAPAN, "--as-of", "2026-08-20")
    text = selloff_(*asked).stdout
    assert "as known on 2026-08-20" in text
    assert "US Treasury" in text
    assert "as revised since" in text
    lines = selloff_(*asked, "--csv").stdout.splitlines()
    assert lines[0] == "period,value,available_at,basis"
    assert lines[-1].startswith("2026-06-30,1116")
    found = json.loads(selloff_(*asked, "--json").stdout)
    assert found["terms"] == "US public domain"
    assert len(found["rows"]) == len(lines) - 1


def test_a_day_before_the_first_number_says_so(selloff_: Any) -> None:
    found = selloff_("data", JAPAN, "--as-of", "1990-01-01")
    assert found.stdout.endswith("\n\nNo number of it was out by then.\n")


@pytest.mark.parametrize(
    "wrong",
    [
        ("nothing",),
        ("",),
        (JAPAN, "--as-of", "soon"),
        (JAPAN, "--vintage", "2026-11-27"),
        ("--csv",),
        ("tic_table3_monthly", "--csv"),
        ("tic_table3_monthly", "--as-of", "2026-08-20"),
    ],
)
def test_what_is_wrong_is_said(selloff_: Any, wrong: tuple[str, ...]) -> None:
    assert selloff_("data", *wrong).exit_code == 2
