"""Charts are made of quantiles: rounded so that the page shows what Python shows, checked."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from selloff import charts
from selloff.charts import Layer, Link, Row, Ruler, Step, Unit, Words
from selloff.charts._build import keep

BP = Unit(name="bp", after="bp")
SAID = Words(id="one", title="It rises", subtitle="Basis points", source="Made up", unit=BP)
DAYS = Ruler(kind="days", title="Business day", values=(0.0, 1.0, 21.0))
NUMBERS = st.floats(-1e7, 1e7, allow_subnormal=False)


def half_up(number: float, decimals: int) -> float:
    """Round as the browser does: a half away from zero."""
    scaled = abs(number) * 10**decimals
    return float(np.sign(number) * np.floor(round(scaled, 6) + 0.5) / 10**decimals)


@given(NUMBERS, st.integers(0, 2))
def test_the_browser_rounds_to_what_python_writes(number: float, decimals: int) -> None:
    kept = keep([number], Unit(name="bp", decimals=decimals))[0]
    assert half_up(kept, decimals) == pytest.approx(float(f"{number:.{decimals}f}"), abs=1e-9)


@pytest.mark.parametrize("number", [0.5, 1.5, -0.5, -2.5, 84.46, 84.499, 84.5, 84.501, -0.4951])
def test_halves_go_where_python_sends_them(number: float) -> None:
    kept = keep([number], BP)[0]
    assert half_up(kept, 0) == float(f"{number:.0f}")
    assert abs(kept - number) <= 0.0151


def test_what_is_not_a_number_is_a_gap() -> None:
    assert keep([np.nan, np.inf, 1.0, -0.0], BP) == [None, None, 1.0, 0.0]


def test_a_fan_holds_its_quantiles() -> None:
    levels = np.arange(15.0).reshape(5, 3)
    made = charts.fan(SAID, DAYS, [("A", levels)], ghost=("B", levels + 1.0))
    first, second = made.series
    assert [first.p05, first.p25, first.p50, first.p75, first.p95] == [
        tuple(row) for row in levels.tolist()
    ]
    assert (first.ghost, second.ghost, second.p50) == (False, True, (7.0, 8.0, 9.0))
    with pytest.raises(ValueError, match=r"A: \(5, 2\) numbers, 5 x 3 are needed"):
        charts.fan(SAID, DAYS, [("A", levels[:, :2])])


def test_three_rows_are_a_draft_and_paths_stand_beside_bands() -> None:
    levels = np.arange(9.0).reshape(3, 3)
    made = charts.fan(SAID, DAYS, [("A", levels)], paths=[levels[0], [1.0, np.nan, 2.0]])
    (drawn,) = made.series
    assert [drawn.p10, drawn.p50, drawn.p90] == [tuple(row) for row in levels.tolist()]
    assert (drawn.p05, drawn.p95) == (None, None)
    assert made.paths == ((0.0, 1.0, 2.0), (1.0, None, 2.0))


def test_parts_of_a_waterfall_add_up() -> None:
    steps = [Step(name="a", p05=0.0, p50=5.0, p95=9.0), Step(name="b", p05=-3.0, p50=-2.0, p95=0.0)]
    total = Step(name="all", p05=1.0, p50=3.0, p95=6.0)
    assert [one.total for one in charts.waterfall(SAID, steps, total).rows] == [False, False, True]
    with pytest.raises(ValueError, match="add up to 3, the total is 4"):
        charts.waterfall(SAID, steps, total.model_copy(update={"p50": 4.0}))


def test_rows_come_by_size_whatever_their_sign() -> None:
    rows = [
        Row(name=name, p05=at - 1, p50=at, p95=at + 1)
        for name, at in (("x", 1), ("y", -4), ("z", 2))
    ]
    assert [one.name for one in charts.dots(SAID, rows).rows] == ["y", "z", "x"]


def test_nothing_streams_where_nothing_went() -> None:
    links = [Link(source="a", target="b", value=0.001), Link(source="a", target="c", value=5.0)]
    assert [one.target for one in charts.sankey(SAID, links).links] == ["c"]


def test_places_and_values_go_together() -> None:
    with pytest.raises(ValueError, match="short: 2 values for 3 places"):
        charts.relay(SAID, DAYS, [Layer(name="short", values=(1.0, 2.0))])
    with pytest.raises(ValidationError, match="values: must increase"):
        Ruler(kind="days", title="Day", values=(1.0, 1.0))
    with pytest.raises(ValidationError, match="words: one for each value"):
        Ruler(kind="years", title="Year", values=(1.0, 2.0), words=("a",))


def test_a_chart_says_what_it_found_and_where_from() -> None:
    for empty in ("title", "subtitle", "source"):
        with pytest.raises(ValidationError, match=empty):
            Words.model_validate({**SAID.model_dump(), empty: ""})
    with pytest.raises(ValidationError):
        Words.model_validate({**SAID.model_dump(), "colour": "red"})
