"""The one road: nothing about how it is walked changes where it leads."""

import json
import os
from functools import cache

import jax
import numpy as np
import pytest
import xarray as xr

import questions
from selloff import pipeline
from selloff.evidence import load_bank, parameters
from selloff.results import ledger_residuals, max_residual

N = 12
"""More than the rows of the bank, so that rows are taken again with other chance."""


@cache
def prepared(name: str = "dump", seed: int = 0) -> pipeline.Prepared:
    return pipeline.Prepared(
        questions.scenario(name), questions.world(), questions.bank(), questions.lowered(name), seed
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


def test_chunks_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK", 5)
    same(whole(), pipeline.run(prepared(), n_draws=N), rtol=1e-12)


def test_workers_do_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK", 5)
    monkeypatch.setattr(os, "cpu_count", lambda: 4)
    many = pipeline.run(prepared(), n_draws=N)
    monkeypatch.setattr(pipeline, "MAX_WORKERS", 1)
    same(many, pipeline.run(prepared(), n_draws=N), rtol=0.0)


def test_fewer_draws_are_the_first_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK", 5)
    few = pipeline.run(prepared(), n_draws=5)
    same(whole().isel(draw=slice(5)), few, rtol=1e-12)


def test_the_same_seed_gives_the_same_answer() -> None:
    same(whole(), pipeline.run(prepared(), n_draws=N), rtol=0.0)


def test_another_seed_gives_another() -> None:
    other = whole(seed=1)
    for name in ("baseline_fx", "dealer_use", "seller_proceeds"):
        assert (
            not np.any(
                whole()[name].isel(draw=slice(8)).values[..., -1:]
                == other[name].isel(draw=slice(8)).values[..., -1:]
            )
            or name == "baseline_fx"
        )
    yen = {"currency": "JPY", "step": -1}
    assert not np.any(
        whole()["baseline_fx"].sel(currency="JPY").isel(step=-1).values
        == other["baseline_fx"].sel(currency="JPY").isel(step=-1).values
    ), yen


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
    """Draw 8 has the parameters of draw 0 and chance of its own."""
    ds = whole()
    first, again = ds.isel(draw=0), ds.isel(draw=questions.N_DRAWS)
    assert not np.allclose(first["dealer_use"][1:10], again["dealer_use"][1:10], rtol=1e-6)
    small = whole("small")
    np.testing.assert_allclose(
        small["delta_fx"].isel(draw=0, step=1, currency=1),
        small["delta_fx"].isel(draw=questions.N_DRAWS, step=1, currency=1),
        rtol=0.02,
    )


def test_progress_is_told_and_ends_at_the_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "CHUNK", 5)
    monkeypatch.setattr(pipeline, "MAX_WORKERS", 1)
    told: list[tuple[int, int]] = []
    pipeline.run(prepared(), n_draws=N, progress=lambda done, n: told.append((done, n)))
    assert told == [(5, N), (10, N), (N, N)]


def test_the_result_says_where_it_is_from() -> None:
    attrs = whole().attrs
    assert json.loads(attrs["scenario"])["name"] == "question"
    assert (attrs["vintage"], attrs["seed"], attrs["draws"]) == ("2026-07", 0, N)
    assert {"selloff", "jax", "numpy", "python"} <= set(json.loads(attrs["versions"]))
    assert {"total", "compile", "engine"} == set(json.loads(attrs["wall_seconds"]))
    rows = {row["name"]: row for row in json.loads(attrs["parameters"])}
    assert set(rows) == set(parameters())
    drawn = questions.bank().draws["dealer_capacity"]
    assert rows["dealer_capacity"]["p50"] == pytest.approx(np.median(drawn))
    assert rows["yield_reversion"]["p50"] == parameters()["yield_reversion"].p50
    standings = {each["standing"] for each in json.loads(attrs["sources"])}
    assert standings == {"data", "assumption"}
    assert len(json.loads(attrs["limits"])) > 5


def test_identities_hold_and_the_ledger_of_the_run_too() -> None:
    assert max_residual(whole()) < 1e-6
    books = pipeline.ledger(prepared(), [0, 9])
    assert max(ledger_residuals(books).values()) < 1e-6
    world = questions.world()
    assert list(books["holder"].values) == list(world.holders)
    np.testing.assert_allclose(books["stock_face"].sum("holder"), books["outstanding_face"])
    seller = books["stock_face"].sel(holder=["jpn_official", "jpn_private"])
    left = whole()["unsold_face"].isel(draw=[0, 9])
    np.testing.assert_allclose(seller.sum(["holder", "bucket"]), left, atol=1e-7)


def test_prepare_takes_world_and_bank_from_the_package() -> None:
    ready = pipeline.prepare(questions.ask(horizon_years=0.25), seed=3)
    assert ready.seed == 3
    assert ready.bank is load_bank()
    assert ready.world.id == "2026-07"
    assert ready.lowered.draws.speed.shape[0] == load_bank().n_draws
    assert jax.config.read("jax_enable_x64")
