"""`factcheck` prints claims, numbers, verdicts and evidence."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from selloff.apps import _factcheck
from selloff.apps._factcheck import show_factcheck
from selloff.data import vintage
from selloff.studies.essay.claims import claims
from selloff.studies.essay.quantities import unit_of
from selloff.studies.essay.runs import wanted
from selloff.studies.essay.study import judge
from selloff.vocab.errors import OutputError

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
def show(
    made_up: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Show:
    def instant(**how: Any) -> dict[str, Any]:
        assert set(how) == {"vintage", "draws", "seed", "progress"}
        assert (how["vintage"], how["draws"], how["seed"]) == ("2026-07", 1234, 7)
        return made_up

    monkeypatch.setattr(_factcheck, "factcheck", instant)

    def shown(*, is_json: bool = False, out: Path | None = None) -> str:
        show_factcheck("2026-07", draws=1234, seed=7, is_json=is_json, out=out)
        return capsys.readouterr().out

    return shown


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


def test_json_is_what_the_study_says_and_is_written(
    show: Show, made_up: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "new" / "claims.json"
    assert json.loads(show(is_json=True, out=file)) == made_up
    assert json.loads(file.read_text(encoding="utf-8")) == made_up
    assert show(out=file).endswith(f"Written: {file}\n")


def test_a_file_that_cannot_be_written_is_said(show: Show, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        show(out=tmp_path / "file" / "claims.json")


def test_numbers_are_short_and_nothing_has_no_sign() -> None:
    told = [_factcheck._number(x) for x in (0.0, -0.001, 0.123, -4.56, 99.94, 1234.5)]
    assert told == ["0.00", "0.00", "0.12", "-4.6", "99.9", "1,234"]
    assert [_factcheck._percent(x) for x in (0.0, 0.001, 0.34, 0.999, 1.0)] == [
        "0%",
        "<0.5%",
        "34%",
        ">99.5%",
        "100%",
    ]
