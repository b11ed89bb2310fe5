"""`backtest` prints model beside history."""

import json
from pathlib import Path
from typing import Any

import pytest

import selloff
from selloff.apps.backtesting import Backtest
from selloff.apps.cli.backtest import show_backtest
from selloff.evidence import BANK_FOLDER, load_scores
from selloff.scenario import load_episode, to_yaml

DRAWS = 64
"""As many as other tests of the backtest ask for, of episodes of a few days: a program is compiled
for each number, and for each length."""


def test_all_episodes_fit_a_hundred_columns(capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads((BANK_FOLDER / "backtest.json").read_text("utf-8"))
    show_backtest(found)
    lines = capsys.readouterr().out.splitlines()
    assert sum(len(case["rows"]) for case in found["episodes"]) < len(lines)
    assert [line for line in lines if len(line) > 100] == []
    verdicts = [row["verdict"] for case in found["episodes"] for row in case["rows"]]
    outside = sum(each.startswith("outside") for each in verdicts)
    assert sum(line.count("* ") for line in lines if line.endswith(tuple("0123456789"))) == outside


def test_bonds_abroad_and_what_is_not_known_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    case = dict(load_scores()["episodes"][0])
    known = case["rows"][0]
    over = {key: None for key in known if key.startswith("crps")}
    gilt = {**known, **over, "variable": "gilt_10y_bp", "observed": None, "verdict": "no data"}
    flow = {"holder": "boe", "market": "GBP", "purchase_usd_bn": 85.1, "announced_frac": 0.0}
    flow |= {"expected_frac": 0.0, "standing": "data", "source": "a bank"}
    show_backtest({"episodes": [{**case, "flows": [flow], "rows": [known, gilt]}]})
    text = capsys.readouterr().out
    assert "flow: boe buys 85.1 USD bn of gilts, start to end" in text
    (row,) = [line for line in text.splitlines() if line.startswith("UK 10-year")]
    assert row.split()[-5:] == ["-"] * 5


@pytest.mark.slow
def test_one_episode_is_printed_with_flows_news_and_verdicts(selloff_: Any) -> None:
    answer = selloff_("backtest", "yen-2022-09", "--draws", str(DRAWS))
    assert answer.exit_code == 0
    text = answer.stdout
    for part in (
        "Yen bought, 22 September 2022",
        "flow: 20.2 USD bn exchanged for JPY",
        "also: The Federal Reserve had raised its rate",
        "Yen per dollar, %",
        " right ",
        "below 1 beats it",
    ):
        assert part in text


@pytest.mark.slow
def test_a_file_of_ones_own_is_played(selloff_: Any) -> None:
    text = to_yaml(load_episode("tariffs-2025-04")).replace("tariffs-2025-04", "unseen")
    Path("unseen.yaml").write_text(text, encoding="utf-8")
    found = json.loads(selloff_("backtest", "unseen.yaml", "--draws", str(DRAWS), "--json").stdout)
    (case,) = found["episodes"]
    assert case["name"] == "unseen"
    assert case["net_face_usd_bn"] == pytest.approx(25.5, abs=0.1)
    rows = {row["variable"]: row for row in case["rows"]}
    assert rows["us_10y_bp"]["effect"][1] > 0.0
    assert rows["us_10y_bp"]["observed"] == pytest.approx(47.0)


@pytest.mark.slow
def test_a_file_s_name_changes_nothing_and_its_shocks_are_played(selloff_: Any) -> None:
    raw = load_episode("dash-for-cash-2020").model_dump(mode="json", exclude_none=True)
    own, other = (
        selloff.backtest({**raw, "name": name}, draws=DRAWS).summary["episodes"][0]
        for name in ("dash-for-cash-2020", "mine")
    )
    assert own["rows"] == other["rows"]
    yen = {key: {row["variable"]: row for row in own[key]}["usdjpy_pct"]["effect"][1]
           for key in ("rows", "answered_rows")}  # fmt: skip
    assert yen["answered_rows"] > yen["rows"] + 0.5
    bare = selloff.backtest({**raw, "shocks": []}, draws=DRAWS).summary["episodes"][0]
    assert "answered_rows" not in bare


@pytest.mark.slow
@pytest.mark.nightly
def test_mechanisms_of_a_file_of_ones_own(selloff_: Any) -> None:
    text = to_yaml(load_episode("dash-for-cash-2020"))
    Path("own.yaml").write_text(text, encoding="utf-8")
    answer = selloff_("backtest", "mechanisms", "own.yaml", "--draws", str(DRAWS))
    assert answer.exit_code == 0
    assert "Episodes (1)" in answer.stdout


@pytest.mark.slow
def test_what_was_observed_may_be_given(selloff_: Any) -> None:
    raw = load_episode("downgrade-2023").model_dump(mode="json", exclude_none=True)
    found = selloff.backtest({**raw, "observed": {"us_10y_bp": 99.0}}, draws=DRAWS)
    rows = {row["variable"]: row for row in found.rows}
    assert rows["us_10y_bp"]["observed"] == 99.0
    assert rows["us_10y_bp"]["verdict"] == "outside, other news"
    assert rows["us_2y_bp"]["observed"] == pytest.approx(-2.0)
    assert json.loads(found.save(Path("scores.json")).read_text("utf-8")) == found.summary


@pytest.mark.slow
def test_policy_off_leaves_out_what_the_fed_did() -> None:
    raw = load_episode("fed-purchases-2020").model_dump(mode="json", exclude_none=True)
    on, off = (selloff.backtest({**raw, "policy": each}, draws=DRAWS) for each in ("on", "off"))
    faces = [each.summary["episodes"][0]["net_face_usd_bn"] for each in (on, off)]
    assert faces[0] < 0.0 < faces[1]
    effects = [each.rows[2]["effect"][1] for each in (on, off)]
    assert effects[0] < 0.0 < effects[1]


def test_an_unknown_episode_is_refused_with_its_neighbour(selloff_: Any) -> None:
    answer = selloff_("backtest", "taper-tantrum")
    assert answer.exit_code == 2
    assert "taper-tantrum-2013" in answer.stderr


def test_a_broken_file_is_refused_with_its_lines(selloff_: Any) -> None:
    Path("bad.yaml").write_text("schema_version: 1\nname: x\nflows: 3\n", encoding="utf-8")
    answer = selloff_("backtest", "bad.yaml")
    assert answer.exit_code == 2
    assert "bad.yaml:3 flows" in answer.stderr
    assert "Add the key start" in answer.stderr


def test_results_are_written_whole(tmp_path: Path) -> None:
    shipped = load_scores()
    file = Backtest(shipped).save(tmp_path / "scores.json")
    assert json.loads(file.read_text(encoding="utf-8")) == shipped
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.nightly
def test_a_shipped_row_is_found_again() -> None:
    """The same seed and draws give the shipped numbers."""
    shipped = next(c for c in load_scores()["episodes"] if c["name"] == "yen-2024-07")
    (again,) = selloff.backtest("yen-2024-07").summary["episodes"]
    for old, new in zip(shipped["rows"], again["rows"], strict=True):
        assert new["effect"] == pytest.approx(old["effect"], abs=0.011)
        assert new["model"] == pytest.approx(old["model"], rel=0.02, abs=0.02)
