"""The table of headline numbers."""

import re

import pytest

from selloff.results.metrics import FORMULAS, STATISTICS
from selloff.vocab import metrics, metrics_at, span, variables

PLACES = {"terminal", "readme", "card", "severity"}


def test_every_formula_is_one() -> None:
    for row in metrics().values():
        how, _, series = row.formula.partition(":")
        assert how in (STATISTICS if series else FORMULAS), row.name
        for name in re.findall(r"(?:^| less )(\w+)", series):
            assert name in variables() or name == "yen_per_dollar", row.name


def test_names_end_with_their_unit_and_labels_with_their_date() -> None:
    ends = {"bp": "_bp", "percent": "_pct", "USD bn": "_usd_bn", "fraction": "_frac"}
    for row in metrics().values():
        assert row.name.endswith(ends.get(row.unit, "")), row.name
        assert row.shown <= PLACES, row.name
        if "_end_" in row.name:
            assert "{horizon}" in row.label, row.name
        asks = re.search(r":(\d+)$", row.formula)
        assert row.needs_years >= (float(asks[1]) if asks else 0.0), row.name


def test_the_terminal_shows_a_dozen_at_most() -> None:
    assert 8 <= len(metrics_at(10.0, shown="terminal")) <= 12


@pytest.mark.parametrize("years", [0.25, 1.0, 2.0, 5.0, 10.0, 50.0])
def test_no_label_speaks_of_a_time_the_run_does_not_reach(years: float) -> None:
    titles = [row.title(years) for row in metrics_at(years).values()]
    assert any("after a year" in title for title in titles) is (years >= 1.0)
    assert any("ten years" in title for title in titles) is (years >= 10.0)
    assert f"US 10-year yield, at the end ({span(years)})" in titles
    assert not any("{" in title for title in titles)


def test_two_runs_show_what_either_has_and_name_both_horizons() -> None:
    both = metrics_at(0.25, 10.0)
    assert both == metrics_at(10.0)
    end = both["us_10y_end_bp"]
    assert end.title(0.25, 10.0) == "US 10-year yield, at the end (3 months and 10 years)"
    assert end.title(10.0, 10.0) == "US 10-year yield, at the end (10 years)"
    assert set(metrics_at(10.0, shown="severity")) < set(both)
