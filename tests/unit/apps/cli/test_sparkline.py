"""The 10-year's median path on one line."""

import io
import sys

import numpy as np
import pytest

from exported import result
from selloff.apps.cli._console import say
from selloff.apps.cli._sparkline import MARKS, spark, ten_year_line


def test_bars_go_from_the_lowest_to_the_highest() -> None:
    assert spark([1.0, 2.0, 8.0, 4.5, 1.0]) == "▁▂█▅▁"
    assert spark([3.0, 3.0]) == MARKS[0] * 2
    assert spark([0.0, 0.06, 0.0]) == MARKS[0] * 3  # a twentieth of a basis point is no peak


def test_the_line_begins_at_the_opening_and_ends_at_the_median() -> None:
    ds = result()
    lead, bars, end = ten_year_line(ds).rsplit(" ", 2)
    assert lead.endswith(": 4.50%")
    assert bars == "".join(sorted(bars))
    assert bars[0] + bars[-1] == MARKS[0] + MARKS[-1]
    middle = np.median(ds["delta_par_yield"].sel(tenor="10Y").values[:, -1])
    assert end == f"{4.5 + middle / 100.0:.2f}%"
    ds["outcome"][:] = 0
    assert ten_year_line(ds) == ""


def test_a_terminal_of_few_letters_gets_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    say(f"−22% (−40 to −11), 24–160, ¥5: {MARKS} 試")
    sys.stdout.flush()
    assert raw.getvalue().decode() == "-22% (-40 to -11), 24-160, JPY 5: _.-~=+*# ?\n"
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw := io.BytesIO(), encoding="utf-8"))
    say(MARKS)
    sys.stdout.flush()
    assert raw.getvalue().decode() == f"{MARKS}\n"
