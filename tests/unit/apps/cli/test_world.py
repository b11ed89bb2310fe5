"""`world` against the shipped snapshot."""

import json
from typing import Any

import pytest

from selloff import data
from selloff.vocab.axes import BUCKETS


def numbers(line: str) -> list[float]:
    return [float(each.strip("*?~").replace(",", "")) for each in line.split()[-8:]]


@pytest.mark.parametrize("options", [(), ("--detail",)])
def test_the_rows_of_the_world_add_up_to_its_last(selloff_: Any, options: tuple[str, ...]) -> None:
    answer = selloff_("world", *options)
    assert answer.exit_code == 0
    lines = answer.stdout.split("\n\n")[1].splitlines()
    assert lines[0].split() == ["Holder", "Id", *BUCKETS, "Total"]
    *rows, total = (numbers(line) for line in lines[1:])
    for place, shown in enumerate(total):
        assert sum(row[place] for row in rows) == pytest.approx(shown, abs=0.06 * len(rows))
    assert "Books add up to outstanding" in answer.stdout


def test_each_figure_is_marked_as_data_or_not(selloff_: Any) -> None:
    lines = selloff_("world").stdout.splitlines()
    fed = next(line for line in lines if line.startswith("Federal Reserve"))
    mmf = next(line for line in lines if line.startswith("US money market funds"))
    household = next(line for line in lines if line.startswith("US households"))
    assert fed[-1].isdigit()
    assert mmf[-1].isdigit()
    assert household.endswith("*")


def test_detail_gives_the_source_of_every_figure(selloff_: Any) -> None:
    text = selloff_("world", "--detail").stdout
    figures = data.vintage(data.DEFAULT_VINTAGE).figures
    assert "Every figure and where it comes from:" in text
    assert {each.standing for each in figures} == {"data", "derived", "assumption"}
    for each in figures:
        assert each.source.split()[0] in text
    assert "nan" not in text.split()


def test_the_world_as_json_is_the_world(selloff_: Any) -> None:
    found = json.loads(selloff_("world", "--json", "--vintage", "2020-03").stdout)
    world = data.vintage("2020-03")
    assert found["vintage"] == "2020-03"
    assert found["buckets"] == list(BUCKETS)
    assert found["outstanding"] == pytest.approx(world.outstanding.tolist())
    assert found["books"]["fed"] == pytest.approx(world.books[world.holders.index("fed")].tolist())
    assert len(found["figures"]) == len(world.figures)


def test_an_unknown_vintage_is_refused(selloff_: Any) -> None:
    answer = selloff_("world", "--vintage", "2026-7")
    assert answer.exit_code == 2
    assert "'2026-7'" in answer.stderr
    assert "Did you mean '2026-07'?" in answer.stderr
