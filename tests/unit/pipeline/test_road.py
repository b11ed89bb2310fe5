"""The one road: nothing about how it is walked changes where it leads."""

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import xarray as xr

import questions
from selloff import pipeline
from selloff.bridge import economics, lower
from selloff.bridge.bystanders import switches
from selloff.evidence import load_bank, parameters
from selloff.pipeline import machine, programs
from selloff.results import ledger_residuals, max_residual, metric_draws, summarise
from selloff.scenario import PART_OF, load
from selloff.vocab import variables

N = 10
"""Draws of a chunk of the smaller size: one program is compiled for all questions [count]."""


@cache
def prepared(name: str = "dump", seed: int = 0) -> pipeline.Prepared:
    return pipeline.Prepared(
        questions.scenario(name),
        questions.world(),
        questions.bank(),
        questions.lowered(name),
        questions.economy(name),
        seed,
    )


@cache
def whole(name: str = "dump", seed: int = 0) -> xr.Dataset:
    return pipeline.run(prepared(name, seed), n_draws=N)


def same(one: xr.Dataset, two: xr.Dataset, *, rtol: float) -> None:
    for name in one.data_vars:
        scale = float(np.nanmax(np.abs(one[name].values), initial=0.0))
        if name == "identity_residual":
            continue
        np.testing.assert_allclose(
            two[name], one[name], rtol=rtol, atol=rtol * scale, err_msg=str(name)
        )


def test_chunks_do_not_matter() -> None:
    """Asked of a preset, for which other tests have programs of both sizes."""
    ready, (small, large) = pipeline.prepare(load("japan-dump")), (N, machine.CHUNK)
    one, two = (
        pipeline.run(ready, n_draws=N + 2, chunk=chunk, attribution=False)
        for chunk in (small, large)
    )
    same(one, two, rtol=1e-12)


def test_workers_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "n_workers", lambda: 4)
    many = pipeline.run(prepared(), n_draws=3 * N, chunk=N)
    monkeypatch.setattr(machine, "n_workers", lambda: 1)
    same(many, pipeline.run(prepared(), n_draws=3 * N, chunk=N), rtol=0.0)


def test_fewer_draws_are_the_first_ones() -> None:
    few = pipeline.run(prepared(), n_draws=5)
    same(whole().isel(draw=slice(5)), few, rtol=1e-12)


def test_the_same_seed_gives_the_same_answer() -> None:
    same(whole(), pipeline.run(prepared(), n_draws=N), rtol=0.0)


def test_another_seed_gives_another() -> None:
    """In every draw, and in every currency but the one all others are counted in."""
    one, other = (whole(seed=seed).isel(draw=slice(8)) for seed in (0, 1))
    ends = {
        "baseline_fx": {"step": -1, "currency": slice(1, None)},
        "dealer_use": {"step": -1},
        "seller_proceeds": {},
    }
    for name, where in ends.items():
        assert np.all(one[name].isel(where).values != other[name].isel(where).values), name
    np.testing.assert_array_equal(
        one["baseline_fx"].isel(step=0), other["baseline_fx"].isel(step=0)
    )


def test_what_goes_beyond_the_evidence_warns() -> None:
    told = json.loads(whole().attrs["warnings"])
    assert any("within a month" in one for one in told)
    assert any("JPY come to" in one for one in told)
    assert json.loads(whole("nothing").attrs["warnings"]) == []


def test_scenarios_share_their_baseline() -> None:
    quiet = whole("nothing")
    for name in ("baseline_fx", "baseline_par_yield_10y"):
        np.testing.assert_array_equal(quiet[name], whole()[name])


def test_no_sale_is_exactly_no_difference() -> None:
    quiet = whole("nothing")
    for name in ("delta_par_yield", "delta_par_yield_10y", "delta_fx", "absorbed_by_holder"):
        assert np.all(quiet[name].values == 0.0), name
    assert set(quiet["outcome"].values.tolist()) == {0}


def test_rows_of_the_bank_come_round_with_fresh_chance() -> None:
    """Two draws with the same row of parameters have chance of their own."""
    ds = pipeline.run(prepared(), n_draws=2 * questions.N_DRAWS, chunk=N)
    rows = ds["parameter_row"].values
    (later,) = np.flatnonzero(rows == rows[0])[1:]
    assert later >= questions.N_DRAWS
    first, again = ds.isel(draw=0), ds.isel(draw=later)
    assert not np.allclose(first["dealer_use"][1:10], again["dealer_use"][1:10], rtol=1e-6)
    small = pipeline.run(prepared("small"), n_draws=2 * questions.N_DRAWS, chunk=N)
    np.testing.assert_allclose(
        small["delta_fx"].isel(draw=0, step=1, currency=1),
        small["delta_fx"].isel(draw=later, step=1, currency=1),
        rtol=0.02,
    )


def test_progress_is_told_chunk_by_chunk() -> None:
    told: list[tuple[int, int]] = []
    pipeline.run(prepared(), n_draws=N + 2, chunk=N, progress=lambda *now: told.append(now))
    assert told == [(0, N + 2), (N, N + 2), (N + 2, N + 2)]
    assert pipeline.chunk_for(500) <= 100
    assert pipeline.chunk_for(pipeline.chunk_for(1)) == pipeline.chunk_for(1)


def test_a_new_horizon_needs_no_new_program() -> None:
    """And its first steps are those of the longer run."""
    long = whole("small")
    before = programs._compiled.cache_info().misses
    question = questions.scenario("small").model_copy(update={"horizon_years": 0.4})
    lowered = lower(question, questions.world(), questions.bank())
    asked = economics(lowered, questions.world(), questions.bank())
    short = replace(prepared("small"), scenario=question, lowered=lowered, economics=asked)
    found = pipeline.run(short, n_draws=N)
    assert programs._compiled.cache_info().misses == before
    assert (found.sizes["step"], found.sizes["quarter"]) == (102, 2)
    for name in ("delta_par_yield", "delta_borrowing_rate", "sold_face", "delta_us_gdp"):
        ends = {"step": slice(102)} if "step" in found[name].dims else {"quarter": slice(1)}
        wanted = long[name].isel(ends).values
        np.testing.assert_allclose(
            found[name].isel(ends), wanted, rtol=1e-10, atol=1e-12, err_msg=name
        )


def test_the_result_says_where_it_is_from() -> None:
    attrs = whole().attrs
    assert json.loads(attrs["scenario"])["name"] == "question"
    assert (attrs["vintage"], attrs["seed"], attrs["draws"]) == ("2026-07", 0, N)
    assert {"selloff", "jax", "numpy", "python"} <= set(json.loads(attrs["versions"]))
    assert {"total", "compile", "engine", "attribution"} == set(json.loads(attrs["wall_seconds"]))
    rows = {row["name"]: row for row in json.loads(attrs["parameters"])}
    assert set(rows) == set(parameters())
    drawn = questions.bank().draws["dealer_capacity"]
    assert rows["dealer_capacity"]["p50"] == pytest.approx(np.median(drawn))
    assert rows["yield_reversion"]["p50"] == parameters()["yield_reversion"].p50
    standings = {each["standing"] for each in json.loads(attrs["sources"])}
    assert standings == {"data", "assumption"}
    told = {each["what"] for each in json.loads(attrs["sources"])}
    assert {"toyota profit_per_yen", "insurer_dollar_bonds", "EUR reserve_market_size"} <= told
    assert len(json.loads(attrs["limits"])) > 5


def test_identities_hold_and_the_ledger_of_the_run_too() -> None:
    assert max_residual(whole()) < 1e-6
    books = pipeline.ledger(prepared(), [0, 9], chunk=N)
    assert max(ledger_residuals(books).values()) < 1e-6
    world = questions.world()
    assert list(books["holder"].values) == list(world.holders)
    np.testing.assert_allclose(books["stock_face"].sum("holder"), books["outstanding_face"])
    seller = books["stock_face"].sel(holder=["jpn_official", "jpn_private"])
    left = whole()["unsold_face"].isel(draw=[0, 9])
    np.testing.assert_allclose(seller.sum(["holder", "bucket"]), left, atol=1e-7)


def test_books_of_the_run_are_those_written_out_later() -> None:
    """Whatever draws are asked for, and however many."""
    _, books = pipeline.answer(prepared(), n_draws=N)
    assert books["draw"].values.tolist() == [0, 1]
    later = pipeline.ledger(prepared(), [9, 1, 0], chunk=N)
    assert later["draw"].values.tolist() == [9, 1, 0]
    same(books, later.sel(draw=[0, 1]), rtol=1e-12)


@pytest.mark.slow
@pytest.mark.nightly
@pytest.mark.parametrize("vintage", ["2000-03", "2011-12"])
def test_old_books_answer_too(vintage: str) -> None:
    """Their levered funds have no name, and their budget no projection before 2015."""
    question = questions.ask(
        {"holder": "jpn", "sale_frac": 1.0, "proceeds": {"jpy_cash": 1.0}},
        horizon_years=1.0,
        reactions={},
        vintage=vintage,
    )
    found = pipeline.run(pipeline.prepare(question), n_draws=8, attribution=False)
    assert max_residual(found) < 1e-6
    assert found.sizes["country"] >= 35
    assert np.isfinite(found["us_debt_ratio"]).all()


def test_prepare_takes_world_and_bank_from_the_package() -> None:
    ready = pipeline.prepare(questions.ask(horizon_years=0.25), seed=3)
    assert ready.seed == 3
    assert ready.bank is load_bank()
    assert ready.world.id == "2026-07"
    assert ready.lowered.draws.speed.shape[0] == load_bank().n_draws


@cache
def answered(*, attribution: bool = True) -> xr.Dataset:
    return pipeline.run(prepared("everything"), n_draws=N, attribution=attribution)


def test_parts_add_up_to_every_headline_number() -> None:
    ds = answered()
    numbers = metric_draws(ds)
    for name in numbers:
        levels = ds["attribution_level"].sel(metric=name).values
        np.testing.assert_array_equal(levels[:, -1], numbers[name], err_msg=name)
    parts = summarise(ds)["attribution"]["metrics"]["us_10y_peak_bp"]
    total = sum(part["p50"] for part in parts["parts"].values())
    assert total == pytest.approx(parts["p50"], abs=1e-9)
    moved = [name for name, part in parts["parts"].items() if abs(part["p50"]) > 0.1]
    assert len(moved) >= 3


def test_only_the_first_draws_are_split_where_few_are_asked_for() -> None:
    few = pipeline.run(prepared("everything"), n_draws=N, attribution=5)
    np.testing.assert_array_equal(few["attribution_level"][:5], answered()["attribution_level"][:5])
    assert np.isnan(few["attribution_level"][5:]).all()
    assert (few.attrs["attribution_draws"], answered().attrs["attribution_draws"]) == (5, N)
    assert summarise(few)["attribution"]["draws"] == 5
    same(few.drop_vars("attribution_level"), answered().drop_vars("attribution_level"), rtol=0.0)


def test_the_error_of_a_part_is_that_of_its_mean() -> None:
    """Half the draws at one and half at three: the mean of n strays by one over root n - 1."""
    ds = answered().copy(deep=True)
    level = ds["attribution_level"]
    level.loc[{"metric": "us_10y_peak_bp"}] = np.linspace(0.0, 1.0, level.sizes["part"])
    level.loc[{"metric": "us_10y_peak_bp", "part": "seller"}] = np.tile([1.0, 3.0], N // 2)
    found = summarise(ds)["attribution"]["metrics"]["us_10y_peak_bp"]["parts"]["seller"]
    assert found["mean_error"] == pytest.approx(1.0 / np.sqrt(N - 1), rel=1e-12)


def test_each_level_is_the_run_with_those_mechanisms_alone() -> None:
    """The arm of followers and funds is the scenario with the rest switched off."""
    ready = prepared("everything")
    off = dict.fromkeys((n for n, p in PART_OF.items() if p in ("policy", "haven")), False)
    kept = ready.scenario.reactions.model_copy(update=off)
    programme = np.asarray(ready.lowered.inputs.sale.programme)
    chosen = switches(kept, ready.lowered.rows, ready.world, programme=programme)
    inputs = replace(ready.lowered.inputs, switches=chosen)
    alone = replace(ready, lowered=replace(ready.lowered, inputs=inputs))
    wanted = metric_draws(pipeline.run(alone, n_draws=N, attribution=False))
    levels = answered()["attribution_level"].sel(part="levered_funds")
    for name in ("us_10y_peak_bp", "usdjpy_trough_pct", "forced_sales_usd_bn"):
        np.testing.assert_allclose(levels.sel(metric=name), wanted[name], rtol=1e-12)
    assert np.all(levels.sel(metric="fed_purchases_usd_bn") == 0.0)


def test_the_arms_do_not_touch_the_answer() -> None:
    bare = answered(attribution=False)
    for name in bare.data_vars:
        if name != "attribution_level":
            np.testing.assert_array_equal(bare[name], answered()[name], err_msg=str(name))
    assert summarise(bare)["attribution"] == {}


def test_progress_counts_every_arm(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    pipeline.run(prepared("everything"), n_draws=N, progress=lambda done, n: told.append((done, n)))
    assert told[-1] == (5 * N, 5 * N)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@pytest.mark.parametrize("name", ["everything", "dump answered", "hostile", "squeeze"])
def test_identities_hold_when_everybody_answers(name: str) -> None:
    ready = prepared(name)
    assert max_residual(pipeline.run(ready, n_draws=N, attribution=False)) < 1e-6
    books = pipeline.ledger(ready, [0, 5], chunk=N)
    assert max(ledger_residuals(books).values()) < 1e-6


def test_nothing_answered_is_exactly_no_difference() -> None:
    quiet = pipeline.run(prepared("nothing answered"), n_draws=N, attribution=False)
    for name, row in variables().items():
        if row.kind == "difference" or name in ("followed_face", "forced_face", "sanction_prob"):
            assert np.all(quiet[name].values == 0.0), name
