"""Inputs and points: what is swapped, what stays together, and which draw has which point."""

from dataclasses import replace

import numpy as np
import pytest

from selloff.evidence import load_bank, parameters
from selloff.pipeline import measure
from selloff.scenario import load
from selloff.studies.sensitivity import points
from selloff.studies.sensitivity.inputs import CHANCE, CORE
from selloff.studies.sensitivity.points import Block, Nudge, Star, answer_points, shipped, slots
from selloff.studies.sensitivity.slopes import STEP

TEXT = load("japan-dump").model_dump_json()
PLAIN = Block(TEXT, 0, 32, 0)


def test_every_parameter_that_varies_belongs_to_one_input() -> None:
    members = [name for each in shipped().by_name.values() for name in each.members]
    varying = {name for name, x in load_bank().draws.items() if (x != x[:1]).any()}
    assert len(members) == len(set(members))
    assert set(members) == varying
    assert len(shipped().by_name) > 300


def test_what_was_found_together_stays_together() -> None:
    inputs = shipped().by_name
    core = {"permanent_impact", "fx_impact", "transient_impact", "stress_multiple", "core_sigma"}
    assert core <= set(inputs[CORE].members)
    assert "haven_payment_3y" in inputs["haven_payment_1y_and_kin"].members
    values, bank = Block(TEXT, 0, 64, 3).values(), load_bank().draws
    rows = [
        np.flatnonzero(bank["core_risk_aversion"] == x)[0] for x in values["core_risk_aversion"]
    ]
    for name in ("permanent_impact", "fx_impact", "core_kappa"):
        np.testing.assert_array_equal(values[name], bank[name][rows])


def test_values_have_the_distribution_of_the_table() -> None:
    row, drawn = parameters()["dealer_capacity"], Block(TEXT, 0, 512, 1).values()
    found = np.quantile(drawn["dealer_capacity"], (0.05, 0.5, 0.95))
    np.testing.assert_allclose(found, (row.p05, row.p50, row.p95), rtol=0.15)


def test_a_swap_takes_its_input_alone_from_the_other_block() -> None:
    swapped = replace(PLAIN, swapped=("dealer_capacity", CORE), other=1)
    own, other, found = (each.values() for each in (PLAIN, replace(PLAIN, number=1), swapped))
    moved = {"dealer_capacity", *shipped().by_name[CORE].members}
    for name, values in found.items():
        np.testing.assert_array_equal(values, (other if name in moved else own)[name])
    assert swapped.chance == PLAIN.chance


def test_chance_is_an_input_like_others() -> None:
    swapped = replace(PLAIN, swapped=(CHANCE,), other=1)
    assert swapped.chance == replace(PLAIN, number=1).chance != PLAIN.chance
    plain = PLAIN.values()
    for name, values in swapped.values().items():
        np.testing.assert_array_equal(values, plain[name])


def test_seeds_and_blocks_have_points_of_their_own() -> None:
    others = (replace(PLAIN, seed=1), replace(PLAIN, number=1))
    for each in others:
        assert each.chance != PLAIN.chance
        assert (each.values()["dealer_capacity"] != PLAIN.values()["dealer_capacity"]).all()
        assert each.key != PLAIN.key


def test_a_star_moves_one_input_a_slot_and_keeps_chance() -> None:
    names = ("dealer_capacity", CORE)
    star = Star(TEXT, 0, 64, 0, 1, names)
    own, other = (Block(TEXT, 0, 64, at).values() for at in (0, 1))
    found = star.values()
    assert star.chance == Block(TEXT, 0, 64, 0).chance
    for name, values in found.items():
        wanted = own[name].copy()
        for moved, slot in zip(names, slots(64), strict=False):
            if name in shipped().by_name[moved].members:
                wanted[slot] = other[name][slot]
        np.testing.assert_array_equal(values, wanted)


def test_an_answer_is_kept_by_its_points() -> None:
    same = replace(PLAIN, swapped=("dealer_capacity",), other=0)
    assert same != PLAIN
    assert same.key == PLAIN.key
    assert replace(PLAIN, swapped=("dealer_capacity",), other=1).key != PLAIN.key


def test_a_nudge_moves_one_parameter_a_slot_off_the_median() -> None:
    names = ("dealer_capacity", "stress_unit")
    base, up = Nudge(TEXT, 0, 32, (), 0.0), Nudge(TEXT, 0, 32, names, STEP)
    at, found = base.values(), up.values()
    assert base.chance == up.chance
    for name, slot in zip(names, slots(32), strict=False):
        assert at[name] == pytest.approx(parameters()[name].p50)
        assert (found[name][slot] > at[name][slot]).all()
        rest = np.delete(found[name], np.r_[slot])
        np.testing.assert_array_equal(rest, at[name][: rest.size])
    np.testing.assert_array_equal(at["permanent_impact"], found["permanent_impact"])


def test_draw_j_has_point_j(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the points of a run, one of them moved, the answers are a run's but for that draw."""
    bank, asked = load_bank(), Block(TEXT, 0, 10, 0)
    rows = points.draw_rows(asked.chance, range(10), n_rows=bank.n_draws)
    drawn = {name: bank.draws[name][rows] for name in shipped().scalars}
    drawn["dealer_capacity"][3] *= 0.2
    monkeypatch.setattr(Block, "values", lambda _: drawn)
    found = answer_points(asked)["us_10y_peak_bp"]
    plain = measure(load("japan-dump"), n_draws=10, seed=asked.chance)["us_10y_peak_bp"]
    np.testing.assert_array_equal(np.flatnonzero(found != plain), [3])
