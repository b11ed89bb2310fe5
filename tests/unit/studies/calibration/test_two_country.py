"""The two-country case: a small search runs, and every published number is told."""

import json
from pathlib import Path

import numpy as np
import pytest

from selloff.evidence import load_two_country, published_coefficients
from selloff.studies.calibration.two_country import rebuild_two_country


@pytest.mark.slow
def test_a_small_rebuild_is_whole_and_repeatable(tmp_path: Path) -> None:
    first, second = (
        rebuild_two_country(file=tmp_path / f"{i}.json", sizes=(64,), seed=1) for i in range(2)
    )
    assert first == second
    assert json.loads((tmp_path / "0.json").read_text(encoding="utf-8")) == first
    assert [row["published"] for row in first["coefficients"]] == [
        row.published for row in published_coefficients()
    ]


def test_every_published_number_stands_beside_the_model_or_is_named() -> None:
    shipped = load_two_country()
    for row, told in zip(published_coefficients(), shipped["coefficients"], strict=True):
        assert told["published"] == row.published
        assert (told["model"] is None) == (row.regression == "not_compared")
        assert ("not compared" in told["standing"]) == (row.regression == "not_compared")
    assert any("not retrieved" in line for line in shipped["unverified"])
    assert len(shipped["experiments"]) == 2


def test_most_published_numbers_lie_in_the_range() -> None:
    rows = [row for row in load_two_country()["coefficients"] if row["model"] is not None]
    inside = [row["model_range"][0] <= row["published"] <= row["model_range"][1] for row in rows]
    assert np.mean(inside) > 0.7


def test_intervention_moves_the_currency_and_hardly_yields() -> None:
    """One percent on the currency goes with less than two basis points."""
    answer = load_two_country()["experiments"][1]["answer"]
    moved = float(answer.split("yield ")[1].split("bp")[0])
    assert abs(moved) < 2.0
    assert moved != pytest.approx(0.0)
