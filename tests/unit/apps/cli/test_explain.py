"""`explain` says where a parameter comes from and what it moves."""

import json
from typing import Any

import pytest

from selloff.evidence import parameters


def test_an_explanation_fits_a_hundred_columns(selloff_: Any) -> None:
    for name in ("transient_impact", "stress_multiple", "supply_decay"):
        lines = selloff_("explain", name).stdout.splitlines()
        assert max(len(line) for line in lines) <= 100


@pytest.mark.parametrize("name", ["permanent_impact", "dealer_capacity", "yield_reversion"])
def test_a_parameter_is_explained(selloff_: Any, name: str) -> None:
    text = selloff_("explain", name).stdout
    row = parameters()[name]
    assert text.startswith(f"{name} ({row.symbol})")
    for part in (row.standing, row.mechanism, f"{row.p50:g}", row.reason[:30]):
        assert part in text


def test_explain_names_the_studies_and_what_was_measured(selloff_: Any) -> None:
    text = selloff_("explain", "permanent_impact").stdout
    assert "bonis" in text
    assert "Measured in japan-dump" in text
    found = json.loads(selloff_("explain", "permanent_impact", "--json").stdout)
    assert found["rank_correlations"]["us_10y_end_bp"] > 0.5
    assert {"id", "citation", "standing"} == set(found["estimates"][0])


def test_an_unknown_parameter_is_refused_with_its_neighbour(selloff_: Any) -> None:
    answer = selloff_("explain", "dealer_capacit")
    assert answer.exit_code == 2
    assert "Did you mean 'dealer_capacity'?" in answer.stderr
