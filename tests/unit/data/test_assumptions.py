import csv
from importlib.resources import files

import pytest

NAMES = sorted(
    item.name
    for item in files("selloff.data").joinpath("assumptions").iterdir()
    if item.name.endswith(".csv")
)


@pytest.mark.parametrize("name", NAMES)
def test_every_assumption_has_a_range_around_it_and_a_reason(name: str) -> None:
    text = files("selloff.data").joinpath(f"assumptions/{name}").read_text(encoding="utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert rows
    for row in rows:
        assert float(row["low"]) <= float(row["value"]) <= float(row["high"]), row
        assert len(row["reason"]) > 5, row
