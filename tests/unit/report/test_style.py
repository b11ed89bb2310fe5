import numpy as np
import pytest

from selloff.report.style import (
    FIRST,
    INK,
    QUIET,
    SECOND,
    day_word,
    folded,
    narrow_ticks,
    plain,
    rounded,
    time_axis,
    time_position,
    tint,
)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return float(np.dot([0.2126, 0.7152, 0.0722], linear))


@pytest.mark.parametrize("colour", [FIRST, INK, QUIET])
def test_text_colours_stand_out_from_white(colour: str) -> None:
    assert 1.05 / (_luminance(colour) + 0.05) >= 4.5


def test_line_colours_stand_out_from_white() -> None:
    assert 1.05 / (_luminance(SECOND) + 0.05) >= 3.0


def test_the_two_scenarios_differ_in_lightness_too() -> None:
    assert abs(_luminance(FIRST) - _luminance(SECOND)) > 0.05


def test_tint() -> None:
    assert tint("#0b5394", 0.16) == "rgba(11,83,148,0.16)"


def test_what_is_not_a_number_becomes_a_gap() -> None:
    assert rounded([1.23456, np.nan, np.inf], 2) == [1.23, None, None]


def test_time_axis_ends_at_the_horizon() -> None:
    axis = time_axis(2520.0)
    assert axis["ticktext"][0] == "0"
    assert axis["ticktext"][-1] == "10y"
    assert axis["range"][1] == pytest.approx(2520.0 ** (1 / 3), abs=1e-3)
    np.testing.assert_allclose(np.array(axis["tickvals"]) ** 3, [0, 1, 5, 21, 63, 126, 252, 504,
                               1260, 2520], rtol=1e-3)  # fmt: skip


def test_time_axis_of_half_a_year_shows_no_later_tick() -> None:
    assert time_axis(126.0)["ticktext"][-1] == "6m"


def test_narrow_ticks_keep_value_and_word_together() -> None:
    kept = narrow_ticks({"tickvals": [1.0, 2.0, 3.0], "ticktext": ["a", "b", "c"]}, ("a", "c"))
    assert kept == {"xaxis.tickvals": [1.0, 3.0], "xaxis.ticktext": ["a", "c"]}


def test_positions_rise_with_time() -> None:
    assert (np.diff(time_position(np.arange(100.0))) > 0).all()


def test_labels_cannot_carry_markup() -> None:
    assert plain("<b>&") == "&lt;b&gt;&amp;"
    assert folded("<a href='x'>one</a> two three", 14).count("<") == folded(
        "<a href='x'>one</a> two three", 14
    ).count("<br>")


def test_days_become_years_after_the_first() -> None:
    assert day_word(12.0) == "day 12"
    assert day_word(882.0) == "year 3.5"
