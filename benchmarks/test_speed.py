"""Ours beside a peer that does the same work; `make bench` runs it and keeps the ratios."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import jax
import numpy as np
import pytest
import QuantLib as ql
from engine import twin_seconds

from selloff import pipeline
from selloff.engine import simulate
from selloff.model.pricing.bonds import bond_price
from selloff.scenario import load
from selloff.studies.optimal import bill_of, slopes_of

ROOT = Path(__file__).parents[1]
N_BONDS = 10_000
N_BILLS = 24
DRAWS = 100
SETTLEMENT = ql.Date(15, 1, 2024)
DAYS = ql.Thirty360(ql.Thirty360.BondBasis)


@pytest.fixture(scope="module")
def bonds() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Yields, coupons and years to maturity of bonds as the Treasury issues them."""
    rng = np.random.default_rng(0)
    years = 0.5 * rng.integers(1, 61, N_BONDS)
    return rng.uniform(0.0, 0.08, N_BONDS), rng.uniform(0.0, 0.08, N_BONDS), years


@pytest.mark.benchmark(group="reprice 10,000 bonds")
@pytest.mark.parametrize("who", ["ours", "QuantLib"])
def test_bonds(benchmark, bonds, who: str) -> None:
    found = benchmark(*(ours_of(bonds) if who == "ours" else quantlib_of(bonds)))
    np.testing.assert_allclose(found, quantlib_of(bonds)[0](), rtol=1e-8)


def ours_of(bonds):
    price = jax.jit(jax.vmap(bond_price))

    @pipeline.jax_settings()
    def reprice() -> np.ndarray:
        return np.asarray(price(*bonds))

    reprice()
    return (reprice,)


def quantlib_of(bonds):
    ql.Settings.instance().evaluationDate = SETTLEMENT
    held = [bond(coupon, years) for _, coupon, years in zip(*bonds, strict=True)]

    def reprice() -> list[float]:
        price = ql.BondFunctions.cleanPrice
        rates = (ql.InterestRate(y, DAYS, ql.Compounded, ql.Semiannual) for y in bonds[0])
        return [price(b, rate, SETTLEMENT) / 100.0 for b, rate in zip(held, rates, strict=True)]

    return (reprice,)


def bond(coupon: float, years: float) -> ql.FixedRateBond:
    end = SETTLEMENT + ql.Period(round(12 * years), ql.Months)
    how = ql.NullCalendar(), ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, False
    schedule = ql.Schedule(SETTLEMENT, end, ql.Period(ql.Semiannual), *how)
    return ql.FixedRateBond(0, 1.0, schedule, [coupon], DAYS, ql.Unadjusted, 100.0, SETTLEMENT)


@pytest.mark.benchmark(group="one draw of ten years")
@pytest.mark.parametrize("who", ["ours", "NumPy twin"])
def test_engine(benchmark, who: str) -> None:
    ready = pipeline.prepare(load("japan-dump"))
    if who == "ours":
        pipeline.measure(ready.scenario, n_draws=DRAWS)
        benchmark.extra_info["share"] = 1.0 / DRAWS
        benchmark.pedantic(pipeline.measure, (ready.scenario,), {"n_draws": DRAWS}, rounds=5)
    else:
        benchmark.pedantic(twin_seconds, (ready,), rounds=2)


@pytest.mark.benchmark(group="first import")
@pytest.mark.parametrize("who", ["import selloff", "import jax, pandas, xarray, pydantic"])
def test_import(benchmark, who: str) -> None:
    benchmark.pedantic(python, (who,), rounds=5)


@pytest.mark.benchmark(group="first answer in a new process")
@pytest.mark.parametrize("who", ["programs kept", "from an empty cache"])
def test_first_answer(benchmark, who: str) -> None:
    code = "import selloff as so; so.run('japan-dump', draws=10, attribution=False)"
    with tempfile.TemporaryDirectory() as folder:
        if who == "programs kept":
            python(code, XDG_CACHE_HOME=folder)
        benchmark.pedantic(python, (code,), {"XDG_CACHE_HOME": folder}, rounds=1)


@pytest.mark.benchmark(group="24 bills of a sale, with slopes along it")
@pytest.mark.parametrize("who", ["value and slope", "value"])
def test_slope(benchmark, who: str) -> None:
    ready = pipeline.prepare(load("japan-dump"))
    sale = ready.lowered.inputs.sale.scheduled
    if who == "value":
        work = bills_of(ready)
    else:
        both = pipeline.jax_settings()(slopes_of)(ready, N_BILLS)
        work = pipeline.jax_settings()(lambda: jax.block_until_ready(both(sale, sale)))
    work()
    benchmark.pedantic(work, rounds=5)


def bills_of(ready: pipeline.Prepared):
    """The same bills without slopes."""
    with pipeline.jax_settings():
        arrays = ready.lowered.inputs, ready.lowered.draws
        normals = pipeline.chance(ready.lowered.inputs, 0, range(N_BILLS))
        given = pipeline.gather(arrays, np.asarray(ready.rows(range(N_BILLS))), normals)
    bills = jax.jit(lambda *held: bill_of(simulate(*held)))
    return pipeline.jax_settings()(lambda: jax.block_until_ready(bills(*given)))


def python(code: str, **settings: str) -> None:
    path = {"PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | path | settings)
