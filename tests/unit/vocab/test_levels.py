"""The table of levels."""

import re

import pytest

from selloff.vocab import levels, variables


def test_series_are_of_the_dataset_and_in_the_unit_of_the_row() -> None:
    for row in levels().values():
        names = re.findall(r"(?:^|1/| less )([a-z]\w+)", f"{row.change} less {row.baseline}")
        for name in filter(None, names):
            assert name in variables() or name == "yen_per_dollar", row.name
        held = variables().get(re.split(r"\W", row.change)[0])
        if held is not None and " less " not in row.change:
            assert held.unit == row.change_unit, row.name


@pytest.mark.parametrize(
    ("name", "level"),
    [("us_10y", 5.0), ("usdjpy", 5.0), ("hy_oas", 104.0), ("us_inflation", 104.0)],
)
def test_percent_multiplies_and_basis_points_are_hundredths_of_a_percent(
    name: str, level: float
) -> None:
    row = levels()[name]
    start = {"us_10y": 4.96, "usdjpy": 5.0 / 1.04}.get(name, 100.0)
    assert row.add(start, 4.0) == pytest.approx(level)
