"""Labels of the axes."""

import questions
from selloff.bridge.derived import Sources
from selloff.bridge.labels import coords
from selloff.vocab import variables


def test_every_axis_of_a_variable_has_labels() -> None:
    known = Sources(questions.lowered("dump"), questions.economy("dump"), questions.world())
    found = coords(known, 3)
    assert {dim for row in variables().values() for dim in row.dims} <= set(found)


def test_quarters_and_years_are_those_of_the_calendar() -> None:
    known = Sources(
        questions.lowered("everything"), questions.economy("everything"), questions.world()
    )
    found = coords(known, 3)
    assert found["quarter_label"].values.tolist() == [
        "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"
    ]  # fmt: skip
    assert found["year"].values.tolist() == list(range(2027, 2047))
    assert len(found["country"]) == len(known.economics.countries)
