"""The whole study on an answer of closed form in the place of the model's."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import ndtri

from selloff.evidence import parameters
from selloff.scenario import load
from selloff.studies.measuring import Numbers
from selloff.studies.sensitivity import Sensitivity, design, find_sensitivity, study
from selloff.studies.sensitivity.drawing import chart
from selloff.studies.sensitivity.indices import Index
from selloff.studies.sensitivity.inputs import CHANCE, CORE
from selloff.studies.sensitivity.points import Block, Points, shipped
from selloff.studies.sensitivity.worth import would_tell
from selloff.vocab import InputError

DRAWS = 256
PEAK, BILL, GDP = study.METRICS
SLOPES = {"dealer_capacity": 3.0, "stress_unit": 2.0, "fed_gate": -1.0}
NOISE = 2.0


def normal(name: str, values: np.ndarray) -> np.ndarray:
    """Normal score of a lognormal parameter."""
    row = parameters()[name]
    return np.log(values / row.p50) / (np.log(row.p95 / row.p05) / (2.0 * ndtri(0.95)))


def answered(asked: Points) -> Numbers:
    """A sum of three parameters and chance; one of one parameter alone; nothing."""
    values = asked.values()
    luck = NOISE * np.random.default_rng(asked.chance).standard_normal(asked.draws)
    total = sum(slope * normal(name, values[name]) for name, slope in SLOPES.items())
    return {PEAK: total + luck, BILL: np.asarray(values["dealer_capacity"]), GDP: 0.0 * luck}


@pytest.fixture(scope="module")
def found() -> Sensitivity:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(design, "answer_points", answered)
        return find_sensitivity(load("japan-dump"), draws=DRAWS)


def test_distributions_are_those_the_closed_form_takes() -> None:
    assert {parameters()[name].distribution for name in SLOPES} == {"lognormal"}


def test_what_matters_comes_first_with_its_share(found: Sensitivity) -> None:
    effects = {each.name: each for each in found.of[PEAK].effects}
    assert list(effects)[:3] == list(SLOPES)
    assert len(effects) == study.SHOWN
    whole = NOISE**2 + sum(slope**2 for slope in SLOPES.values())
    for name, slope in SLOPES.items():
        each = effects[name]
        # At 256 draws the first order is known to 0.06.
        assert each.first.value == pytest.approx(slope**2 / whole, abs=0.15)
        assert each.total.value == pytest.approx(slope**2 / whole, abs=0.06)
        assert each.slope is not None
        assert each.slope.value == pytest.approx(slope)
        assert not each.slope.is_kinked
    assert all(each.total.value == 0.0 for each in list(effects.values())[3:])
    assert found.of[PEAK].rest.total.value == 0.0


def test_chance_stands_beside_parameters(found: Sensitivity) -> None:
    of = found.of[PEAK]
    chance = NOISE**2 / (NOISE**2 + sum(slope**2 for slope in SLOPES.values()))
    assert of.chance.name == CHANCE
    assert of.chance.first.value == pytest.approx(chance, abs=0.1)
    assert of.known == pytest.approx(1.0 - chance, abs=0.06)
    assert of.chance.worth is None


def test_a_study_narrows_by_what_it_tells(found: Sensitivity) -> None:
    """Dealers' books told, the variance left is 9 = 18 - 9."""
    best = found.of[PEAK].studies[0]
    assert "dealer_capacity" in best.parameters
    assert best.left / best.now == pytest.approx(np.sqrt(0.5), rel=0.08)
    assert best.left_low < best.left < best.left_high
    assert best.variance == pytest.approx(9.0, rel=0.2)
    alone = found.of[BILL]
    assert alone.effects[0].first.value == pytest.approx(1.0, abs=0.25)
    assert alone.effects[0].total.value == pytest.approx(1.0, abs=0.25)
    worth = alone.effects[0].worth
    assert worth is not None
    assert worth.left < 0.02 * worth.now
    assert alone.studies[0].left < 0.2 * alone.studies[0].now
    assert alone.chance.total.value == 0.0


def test_what_never_moves_is_said_to_have_no_shares(found: Sensitivity) -> None:
    of = found.of[GDP]
    assert {each.total.value for each in (*of.effects, of.rest, of.chance)} == {0.0}
    assert of.narrowing == ()
    assert of.known == 0.0
    assert "does not move" in of.sentences[0]


def test_the_core_is_one_input(found: Sensitivity) -> None:
    assert CORE in {each.name for each in found.of[GDP].effects}
    core = next(each for each in found.of[GDP].effects if each.name == CORE)
    assert core.slope is None
    assert core.worth is not None


def test_luck_is_no_more_than_what_knowledge_leaves(found: Sensitivity) -> None:
    of = found.of[PEAK]
    odd = replace(of, chance=replace(of.chance, first=Index(0.9, 0.8, 1.0)))
    assert odd.luck == pytest.approx(1.0 - odd.known)
    assert f"chance alone is {odd.luck:.0%} (80% to 100%)" in odd.sentences[1]


def test_an_input_matters_most_only_where_its_band_is_above_all_others(found: Sensitivity) -> None:
    of = found.of[PEAK]
    names = [each.name for each in of.effects]
    near = [replace(each, total=Index(0.3, 0.2, 0.4)) for each in of.effects]
    far = [near[0], *(replace(each, total=Index(0.1, 0.0, 0.15)) for each in near[1:])]
    clear, unclear = (replace(of, effects=tuple(each)) for each in (far, near))
    assert f"{names[0]} matters most: 30%" in clear.sentences[0]
    assert clear.finding in chart(clear).title
    assert f"{names[0]} comes first: 30%" in unclear.sentences[0]
    assert unclear.sentences[0].endswith(
        f"the bands do not tell it from {names[1]}, {names[2]} and {len(names) - 3} others."
    )
    assert "matters most" not in chart(unclear).title


def test_files_hold_every_number(found: Sensitivity, tmp_path: Path) -> None:
    files = {each.name: each for each in found.save(tmp_path)}
    told = json.loads(files["sensitivity.json"].read_text("utf-8"))
    assert told["of"][PEAK]["effects"][0]["name"] == "dealer_capacity"
    rows = list(csv.DictReader(files["sensitivity.csv"].read_text("utf-8").splitlines()))
    assert len(rows) == 3 * (study.SHOWN + 2)
    assert float(rows[0]["total_order_frac"]) == pytest.approx(0.5, abs=0.06)
    page = files["sensitivity.html"].read_text("utf-8")
    assert "dealer_capacity" in page
    assert would_tell()[1].study in page


def test_the_picture_is_a_plotly_figure(found: Sensitivity) -> None:
    drawn = found.figure(PEAK)
    first, total = drawn["data"]
    assert (first["name"], total["name"]) == ("First order", "Total order")
    assert first["y"][0] == "dealer_capacity"
    assert len(total["error_x"]["array"]) == study.SHOWN + 2
    json.dumps(drawn, allow_nan=False)


def test_who_starts_again_asks_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def counted(one: Points) -> Numbers:
        asked.append(one)
        return answered(one)

    monkeypatch.setattr(design, "answer_points", counted)
    how = {"draws": 32, "metrics": [PEAK], "folder": tmp_path}
    first = find_sensitivity(load("japan-dump"), **how)
    assert len(asked) == len(set(asked)) > 0
    asked.clear()
    assert find_sensitivity(load("japan-dump"), **how) == first
    assert not asked


def test_more_draws_than_rows_of_the_bank_go_in_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Block] = []

    def counted(one: Points) -> Numbers:
        asked.append(one)
        return answered(one)

    monkeypatch.setattr(design, "answer_points", counted)
    found = find_sensitivity(load("japan-dump"), draws=600, metrics=[PEAK])
    assert {each.draws for each in asked if isinstance(each, Block)} == {512, 88}
    assert found.points == 6 * 600
    assert found.runs == sum(each.draws for each in asked)


def test_wrong_names_are_told_all_at_once() -> None:
    with pytest.raises(InputError) as refused:
        find_sensitivity(load("japan-dump"), metrics=["us_10y_peek_bp", PEAK], draws=3)
    first, second = refused.value.problems
    assert "us_10y_peak_bp" in first.remedy
    assert second.where == "draws"


def test_each_parameter_has_one_study_that_would_tell_it() -> None:
    for name in shipped().scalars:
        assert sum(each.tells(name) for each in would_tell()) == 1, name
    for each in would_tell():
        assert each.standing == "judgement"
        assert any(map(each.tells, shipped().scalars))
