"""The summary of every preset fits a terminal of a hundred columns."""

import re
from typing import Any

import pytest
import xarray as xr

from selloff.apps.cli._tables import show_answers
from selloff.scenario import load, preset_names

Made = tuple[xr.Dataset, dict[str, Any]]
MOST_ROWS = 12


def _as_preset(made: Made, name: str) -> Made:
    """Put a preset's question and names on made-up numbers, widened to the longest that come."""
    ds, summary = made
    asked = load(name)
    attrs = {"scenario": asked.model_dump_json(), "title": asked.title, "seller_currency": "JPY"}
    wide = {
        key: found | {one: found[one] * 20.0 for one in ("p05", "p50", "p95")}
        for key, found in summary["metrics"].items()
    }
    return ds.assign_attrs(attrs), {**summary, "scenario": name, "metrics": wide}


def _table(text: str) -> list[str]:
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("Against the baseline"))
    return lines[start + 1 : lines.index("", start)]


@pytest.mark.parametrize("name", preset_names())
def test_a_dozen_rows_none_wrapped(
    answered: Made, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    made, dump = _as_preset(answered, name), _as_preset(answered, "japan-dump")
    for shown in ([made], [dump, made]):
        show_answers(shown)
        text = capsys.readouterr().out
        assert max(map(len, text.splitlines())) <= 100
        rows = _table(text)
        assert 8 <= len(rows) <= MOST_ROWS
        assert all(row.endswith(")") for row in rows)
        said = ("The US 10-year yield ", "Nothing is sold and nothing else is asked")
        assert sum(text.count(one) for one in said) == len(shown)
        assert text.count("10-year, median path") == len(shown)


def test_all_of_it_fits_too(answered: Made, capsys: pytest.CaptureFixture[str]) -> None:
    pair = [_as_preset(answered, name) for name in ("japan-dump", "controlled-descent")]
    for shown in (pair[:1], pair):
        show_answers(shown, everything=True)
        text = capsys.readouterr().out
        assert max(map(len, text.splitlines())) <= 100
        assert len(_table(text)) >= 50
        assert "own currency" in text
        assert "JPY bn" not in text
        assert "LC bn" not in text
        assert text.count("Identities: largest residual") == len(shown)


def test_the_numbers_are_those_of_the_summary(
    answered: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answers([answered])
    found = answered[1]["metrics"]["us_10y_peak_bp"]
    (row,) = (
        one for one in capsys.readouterr().out.splitlines() if "10-year yield, highest" in one
    )
    low, middle, high = (f"{found[key]:.0f}" for key in ("p05", "p50", "p95"))
    assert row.endswith(f" {middle}bp ({low}–{high})")


def test_what_nothing_happens_to_has_no_row(
    no_sale: Made, capsys: pytest.CaptureFixture[str]
) -> None:
    ds, summary = no_sale
    still = {key: found for key, found in summary["metrics"].items() if key != "days_to_complete"}
    show_answers([(ds, {**summary, "metrics": still})])
    text = capsys.readouterr().out
    assert "Against the baseline" not in text
    assert "Nothing is sold and nothing else is asked" in text


def test_other_endings_are_told(build: Any, capsys: pytest.CaptureFixture[str]) -> None:
    show_answers([build(draws=10, frozen=3)])
    said = " ".join(capsys.readouterr().out.split())
    assert "all is sold in time in 70% of simulations" in said
    assert "Washington freezes what is left in 30% of simulations" in said


def test_no_name_of_the_code_stands_in_the_terminal(
    build: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    show_answers([build(draws=10, frozen=3, reacts=True)], everything=True)
    numbers = capsys.readouterr().out.split("Emerging economies without")[0]
    told = [line for line in numbers.splitlines() if not line.startswith(("Largest", "  "))]
    assert not [line for line in told if re.search(r"[a-z]_[a-z]", line)]
