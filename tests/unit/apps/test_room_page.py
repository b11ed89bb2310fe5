"""The page of the room: its modules, the vendored part, cards of the story, the snapshot."""

import base64
import gzip
import hashlib
import json
import re
from importlib.resources import files
from itertools import product
from typing import Any

import pytest

from room_double import first_view, recorded
from selloff.apps.room._controls import controls
from selloff.apps.room._questions import read_question
from selloff.apps.room._snapshot import AXES, START, GridSource, grid, page
from selloff.apps.room._story import cards
from selloff.charts import csp_hash
from selloff.studies.essay.claims import claims

STATIC = files("selloff.apps.room").joinpath("static")
MODULES = sorted(one.name for one in STATIC.iterdir() if one.name.endswith(".js"))
LONGEST = 200
TINY: dict[str, tuple[Any, ...]] = {
    "usd": (300, "all"), "days": (1, 2520), "into": ("jpy", "gold"), "fed": ("on",),
}  # fmt: skip


@pytest.fixture(scope="module")
def held() -> dict[str, Any]:
    return grid(GridSource(first_view, recorded("schema"), TINY))


def test_modules_are_small_and_say_what_they_are_for() -> None:
    assert len(MODULES) > 15
    for name in MODULES:
        text = STATIC.joinpath(name).read_text(encoding="utf-8")
        assert text.startswith("// "), name
        assert len(text.splitlines()) <= LONGEST, name
        assert not re.search(r"innerHTML|\beval\(|new Function|style=\"", text), name
        assert "https://" not in text, name


def test_the_vendored_file_is_the_one_written_down() -> None:
    vendor = STATIC.joinpath("vendor")
    readme = vendor.joinpath("README.md").read_text(encoding="utf-8")
    for file in vendor.iterdir():
        if file.name != "README.md":
            row = next(line for line in readme.splitlines() if line.startswith(f"| {file.name} "))
            assert hashlib.sha256(file.read_bytes()).hexdigest() in row


def test_every_claim_has_a_card_whose_question_can_be_asked() -> None:
    told = cards()
    assert [one["id"] for one in told] == [one.id for one in claims()]
    for one in told:
        pairs = dict(pair.split("=") for pair in one["query"].split("&"))
        assert set(pairs) <= set(controls()), one["id"]
        assert read_question(pairs | {"who": "jpn"}).scenario.sellers
        assert one["needs"]
        assert one["parts"]


def test_the_grid_asks_about_two_hundred_questions_that_the_room_can_ask() -> None:
    points = list(product(*AXES.values()))
    assert 150 < len(points) < 250
    corners = [points[0], points[-1]]
    for point in corners:
        read_question(START | dict(zip(AXES, point, strict=True)))


def test_a_grid_keeps_every_question_and_the_ends_of_every_line(held: dict[str, Any]) -> None:
    assert len(held["answers"]) == 8
    whole, small = first_view({"days": 2520}), held["answers"]["all|2520|jpy|on"]
    assert small["sentences"] == whole["sentences"]
    assert small["copy"] == whole["copy"]
    for one, other in zip(whole["views"][0]["charts"], small["views"][0]["charts"], strict=True):
        if one.get("x", {}).get("kind") != "days":
            assert one == other
            continue
        line, kept = (
            one.get("series", one.get("parts"))[0],
            other.get("series", other.get("parts"))[0],
        )
        key = "p50" if "p50" in line else "values"
        assert other["x"] == "days"
        assert len(kept[key]) == len(held["ruler"]["values"])
        assert (kept[key][0], kept[key][-1]) == (line[key][0], line[key][-1])
    assert held["ruler"]["values"][-1] == 2520


def test_a_snapshot_holds_all_it_needs_and_its_policy_allows_nothing_else(
    held: dict[str, Any],
) -> None:
    text = page(held)
    assert text.count("<script") == 2
    assert not re.search(r"(src|href)=\"(?!data:,)", text)
    script = re.search(r"<script>(.*)</script>", text, re.DOTALL)
    style = re.search(r"<style>(.*)</style>", text, re.DOTALL)
    assert script is not None
    assert style is not None
    assert csp_hash(script[1]) in text
    assert csp_hash(style[1]) in text
    assert not re.search(r"^(import|export) ", script[1], re.MULTILINE)
    packed = re.search(r'id="grid">([^<]*)<', text)
    assert packed is not None
    assert json.loads(gzip.decompress(base64.b64decode(packed[1])))["answers"].keys() == (
        held["answers"].keys()
    )
    assert len(text) < 500_000


def test_the_same_grid_gives_the_same_file(held: dict[str, Any]) -> None:
    assert page(held) == page(json.loads(json.dumps(held)))
