"""A backtest in the size of a notebook's cell."""

import base64
import json
import re
from typing import Any
from xml.etree import ElementTree

import pytest

from selloff.apps.backtesting import Backtest
from selloff.evidence import BANK_FOLDER
from selloff.report.past import MOST


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    return json.loads((BANK_FOLDER / "backtest.json").read_text("utf-8"))


def _picture(card: str) -> ElementTree.Element:
    (code,) = re.findall(r'src="data:image/svg\+xml;base64,([^"]+)"', card)
    return ElementTree.fromstring(base64.b64decode(code))


def _middles(card: str, shape: str, place: str) -> list[float]:
    """Where the medians stand, the key of the picture left out."""
    marks = _picture(card).iter("{http://www.w3.org/2000/svg}" + shape)
    return [float(one.get(place, 0)) for one in marks if one.get("width") != "100%"][1:]


def test_all_episodes_are_told_in_words_a_table_and_a_picture(found: dict[str, Any]) -> None:
    card, every = Backtest(found)._repr_html_() or "", found["scores"]["all"]
    assert f"{every['coverage']:.0%} of {every['n']} past outcomes" in card
    assert f"right {every['signs_right']} times of {every['signs_claimed']}" in card
    assert card.count("<tr>") == 1 + len(found["scores"]["variables"]) + 2
    assert len(_middles(card, "circle", "cx")) == MOST
    assert set(re.findall(r"<([a-z]+)", card)) <= {
        "p", "strong", "table", "thead", "tbody", "tr", "th", "td", "img", "br",
    }  # fmt: skip


def test_one_episode_stands_as_far_apart_as_its_numbers(found: dict[str, Any]) -> None:
    case = max(found["episodes"], key=lambda one: len(one["rows"]))
    card = Backtest({"episodes": [case]})._repr_html_() or ""
    assert card.startswith(f"<p><strong>{case['title']}.</strong>")
    assert card.count("<tr>") == 1 + len(case["rows"])
    rows = [one for one in case["rows"] if one["variable"].endswith("_bp")]
    rows = [one for one in rows if one["observed"] is not None]
    seen = _middles(card, "rect", "x")
    middle = _middles(card, "circle", "cx")
    wide = [at + 4.5 - here for at, here in zip(seen, middle, strict=True)]
    apart = [one["observed"] - one["model"][1] for one in rows]
    per = max(map(abs, wide)) / max(map(abs, apart))
    assert wide == pytest.approx([per * each for each in apart], abs=0.5)


def test_mechanisms_have_no_card() -> None:
    assert Backtest({"arms": {}})._repr_html_() is None
