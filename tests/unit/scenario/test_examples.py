"""The manual and the examples say what the code does."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from selloff.scenario import (
    Custom,
    Exponential,
    Linear,
    Point,
    Scenario,
    Seller,
    load,
    parse,
    preset_names,
    to_yaml,
)
from selloff.scenario.reader import read
from selloff.vocab.axes import ASSETS, BUCKETS

ROOT = Path(__file__).parents[3]
MANUAL = (ROOT / "docs" / "scenarios.md").read_text(encoding="utf-8")
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_every_example_loads_and_is_named_after_its_file(file: Path, tmp_path: Path) -> None:
    scenario = load(file)
    assert scenario.name == file.stem
    (tmp_path / "again.yaml").write_text(to_yaml(scenario), encoding="utf-8")
    assert load(tmp_path / "again.yaml") == scenario


def test_every_snippet_of_the_manual_is_a_scenario_or_a_part_of_one() -> None:
    snippets = re.findall(r"```yaml\n(.*?)```", MANUAL, flags=re.DOTALL)
    assert len(snippets) >= 5
    whole = {"schema_version": 1, "name": "a", "title": "a"}
    seller = {"holder": "jpn", "sale_frac": 1}
    for snippet in snippets:
        values = read(snippet, "scenarios.md").values
        is_whole = "schema_version" in values
        parse(values if is_whole else {**whole, "sellers": [{**seller, **values}]})


@pytest.mark.parametrize("model", [Scenario, Seller, Linear, Exponential, Custom, Point])
def test_the_manual_has_a_row_for_every_field(model: type[BaseModel]) -> None:
    for name in model.model_fields:
        assert re.search(rf"^\| `([a-z_]+\.)?{name}` \|", MANUAL, flags=re.MULTILINE), name


def test_the_manual_names_every_bucket_and_asset() -> None:
    for name in (*BUCKETS, *ASSETS):
        assert f"`{name}`" in MANUAL


@pytest.mark.parametrize(
    ("name", "model", "low", "high"),
    [("horizon_years", Scenario, 0.25, 50), ("start_day", Seller, 1, 12600)],
)
def test_the_ranges_of_the_manual_are_those_of_the_format(
    name: str, model: type[BaseModel], low: float, high: float
) -> None:
    field = model.model_json_schema()["properties"][name]
    assert (field["minimum"], field["maximum"]) == (low, high)
    row = next(line for line in MANUAL.splitlines() if line.startswith(f"| `{name}`"))
    assert f"{low:g} to {high:,}" in row or f"{low:g} to {high}" in row


def test_no_two_presets_have_one_title() -> None:
    titles = [load(name).title for name in preset_names()]
    assert len(set(titles)) == len(titles) > 10


def test_japan_slow_differs_from_the_dump_in_pace_alone() -> None:
    slow, dump = load("japan-slow"), load("japan-dump")
    (seller,) = dump.sellers
    paced = (seller.model_copy(update={"pace": slow.sellers[0].pace}),)
    assert slow.sellers == paced
    assert slow.model_copy(update={"name": "", "title": "", "description": ""}) == dump.model_copy(
        update={"name": "", "title": "", "description": "", "sellers": paced}
    )
