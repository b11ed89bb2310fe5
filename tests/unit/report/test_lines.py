import numpy as np

from selloff.report.lines import (
    Scale,
    along_days,
    along_quarters,
    along_years,
    fan_traces,
    line_traces,
)
from selloff.report.style import FIRST, SECOND

LEVELS = np.array([[1.0, 2.0], [2.0, 3.0], [3.0, 4.0], [4.0, 5.0], [5.0, 6.12345]])


def test_quarters_stand_at_their_ends(dump) -> None:
    along = along_quarters(dump[0])
    assert along.places[:4] == [0.25, 0.5, 0.75, 1.0]
    assert along.words[0] == "2026-Q3"
    assert along.axis["range"] == [0.0, 10.0]


def test_years_are_calendar_years(dump) -> None:
    along = along_years(dump[0])
    assert along.places[0] == 2026.0
    assert along.words[-1] == "2045"
    assert along.axis["tickformat"] == "d"


def test_a_fan_has_two_bands_and_a_median() -> None:
    along = along_days(np.array([0.0, 21.0]), 21.0)
    traces = fan_traces(along, LEVELS, Scale("bp", "bp", 2), colour=FIRST)
    assert [trace["y"] for trace in traces] == [
        [1.0, 2.0], [5.0, 6.12], [2.0, 3.0], [4.0, 5.0], [3.0, 4.0]
    ]  # fmt: skip
    assert traces[-1]["customdata"] == [["day 0", 1.0, 5.0], ["day 21", 2.0, 6.12]]
    assert "%{y:.1f}bp" in traces[-1]["hovertemplate"]


def test_one_of_several_lines_keeps_its_look() -> None:
    along = along_days(np.array([0.0, 21.0]), 21.0)
    traces = line_traces(along, LEVELS, Scale("%", "%", 3), look=(SECOND, "dash", "<B>"))
    assert traces[-1]["name"] == "&lt;B&gt;"
    assert traces[-1]["line"] == {"color": SECOND, "width": 2.5, "dash": "dash"}
    assert not any(trace.get("showlegend", True) for trace in traces[:-1])
