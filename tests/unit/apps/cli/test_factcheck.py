"""`factcheck` prints claims, numbers, verdicts and evidence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from selloff.apps.cli.factcheck import _percent, _short
from selloff.data import vintage
from selloff.studies import essay
from selloff.studies.essay.claims import claims
from selloff.studies.essay.quantities import unit_of
from selloff.studies.essay.runs import wanted
from selloff.studies.essay.study import judge

Show = Callable[..., str]


def flat(text: str) -> str:
    """The same words on one line, wherever they were broken."""
    return " ".join(text.split())


@pytest.fixture(scope="module")
def made_up() -> dict[str, Any]:
    """Verdicts on numbers out of the air, in place of a minute of running."""
    chance = np.random.default_rng(1)
    measured = {
        (scenario, name): chance.random(64)
        if unit_of(name) == "fraction"
        else 400.0 * chance.standard_normal(64)
        for scenario, names in wanted(claims()).items()
        for name in names
    }
    made = {"vintage": "2026-07", "draws": 1234, "seed": 7, "version": "0"}
    return {"made": made} | judge(claims(), measured, vintage("2026-07"))


@pytest.fixture
def asked(made_up: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def instant(**how: Any) -> dict[str, Any]:
        found.append(how)
        return made_up

    monkeypatch.setattr(essay, "factcheck", instant)
    return found


@pytest.fixture
def show(asked: list[dict[str, Any]], selloff_: Any) -> Show:
    return lambda *options: str(selloff_("factcheck", *options).stdout)


def test_options_are_handed_over(selloff_: Any, asked: list[dict[str, Any]]) -> None:
    assert selloff_("factcheck").exit_code == 0
    assert (
        selloff_("factcheck", "--vintage", "2020-03", "--draws", "9", "--seed", "3").exit_code == 0
    )
    how = [(each["vintage"], each["draws"], each["seed"]) for each in asked]
    assert how == [(None, 512, 0), ("2020-03", 9, 3)]


def test_every_claim_has_its_row_and_its_page(show: Show, made_up: dict[str, Any]) -> None:
    text = show()
    assert text.startswith(
        "The essay's claims, put to the model: books of 2026-07, 1,234 draws, seed 7\n"
    )
    whole, rows = flat(text), text.splitlines()[1:]
    for number, claim in enumerate(made_up["claims"], start=1):
        agree = "yes" if claim["agrees"] else "no"
        row = rows[number]
        assert row.startswith(f"{number} ")
        assert row.endswith(f"{agree}")
        assert claim["verdict"] in row
        assert claim["evidence_verdict"] in row
        assert f"{claim['claim']}: {claim['verdict']}" in whole
        assert f"Evidence, {claim['evidence_verdict']}: {claim['evidence']}" in whole
        assert f"({claim['source']})" in whole
        for part in claim["parts"]:
            assert f"{part['statement']}: {part['verdict'] or 'not to be asked'}" in whole
            assert f"asked: {part['asked']}" in whole
            if not part["readings"] or part["verdict"] == "inconsistent":
                assert part["rule"] in whole


def test_roles_and_close_calls_are_marked(show: Show, made_up: dict[str, Any]) -> None:
    whole = flat(show())
    parts = [part for claim in made_up["claims"] for part in claim["parts"]]
    for role, mark in (("also", "- also: "), ("check", "- rule: "), ("link", "- link: ")):
        assert whole.count(mark) == sum(part["role"] == role for part in parts)
    assert whole.count(", close to a threshold") == sum(part["close"] for part in parts) > 0


def test_a_hundred_columns_are_enough(show: Show) -> None:
    assert max(len(line) for line in show().splitlines()) <= 100


def test_thresholds_are_said(show: Show, made_up: dict[str, Any]) -> None:
    whole = flat(show())
    for name in ("likely", "even", "unlikely"):
        assert f"{made_up['thresholds'][name]['value']:.0%}" in whole


def test_json_is_what_the_study_says_and_is_written(show: Show, made_up: dict[str, Any]) -> None:
    file = Path("new", "claims.json")
    assert json.loads(show("--json", "--out", str(file))) == made_up
    assert json.loads(file.read_text(encoding="utf-8")) == made_up
    assert show("--out", str(file)).endswith(f"\n\nWritten:\n  {file}\n")


def test_numbers_are_short_and_nothing_has_no_sign() -> None:
    words = [_short(x) for x in (0.0, -0.001, 0.123, -4.56, 99.94, 1234.5)]
    assert words == ["0.00", "0.00", "0.12", "-4.6", "99.9", "1,234"]
    words = [_percent(x) for x in (0.0, 0.001, 0.34, 0.999, 1.0)]
    assert words == ["0%", "<0.5%", "34%", ">99.5%", "100%"]
