"""The door for Python."""

import asyncio
import html
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import pytest

import selloff as so
from selloff.apps.session import Comparison, Run
from selloff.report import answer_lines
from selloff.results import metric_draws
from selloff.vocab import InputError, ScenarioError, metrics

DRAWS = 64
PARTS = ("execution", "conversion", "final_mark", "expected_sanction", "carry")


@pytest.fixture(scope="module")
def answers() -> Comparison:
    told: list[tuple[int, int]] = []
    found = so.compare(
        "japan-dump",
        "controlled-descent",
        draws=DRAWS,
        progress=lambda done, n: told.append((done, n)),
    )
    # Compiled, and then five arms; of each question.
    assert told == [(k * DRAWS, 10 * DRAWS) for k in (*range(6), *range(5, 11))]
    return found


@pytest.fixture
def dump(answers: Comparison) -> Run:
    return answers.runs[0]


def test_both_arms_share_their_chance(answers: Comparison) -> None:
    one, two = (each.dataset for each in answers.runs)
    np.testing.assert_array_equal(one["baseline_fx"], two["baseline_fx"])
    assert one["delta_par_yield"].sizes == two["delta_par_yield"].sizes


def test_the_founding_question_in_medians(answers: Comparison) -> None:
    """A dump is far worse than a published descent; both lift yields and the yen."""
    dump, descent = (each.summary["metrics"] for each in answers.runs)
    assert dump["us_10y_peak_bp"]["p50"] > 2.0 * descent["us_10y_peak_bp"]["p50"] > 0.0
    assert dump["usdjpy_trough_pct"]["p50"] < descent["usdjpy_trough_pct"]["p50"] < 0.0
    assert dump["days_to_complete"]["p50"] < descent["days_to_complete"]["p50"]
    loss = "seller_execution_loss_usd_bn"
    assert dump[loss]["p50"] > descent[loss]["p50"]


def test_the_dump_is_of_the_size_the_priors_imply(dump: Run) -> None:
    """Dumped at once: tens to hundreds of basis points before the Federal Reserve has answered."""
    peak = dump.summary["metrics"]["us_10y_peak_bp"]
    assert 40.0 < peak["p50"] < 240.0
    assert peak["p05"] > 5.0


def test_the_faster_sale_is_the_dearer_and_parts_are_the_whole(answers: Comparison) -> None:
    dump, descent = (metric_draws(each.dataset) for each in answers.runs)
    bills = [np.median(each["seller_total_cost_usd_bn"]) for each in (dump, descent)]
    assert bills[0] > 1.2 * bills[1] > 0.0
    for found in (dump, descent):
        parts = sum(found[f"seller_{part}_loss_usd_bn"] for part in PARTS)
        np.testing.assert_allclose(parts, found["seller_total_cost_usd_bn"], rtol=1e-9, atol=1e-9)
    share = dump["seller_conversion_loss_usd_bn"] / dump["seller_total_cost_usd_bn"]
    assert np.median(share) > 0.5


def test_everybody_who_bought_is_named(dump: Run) -> None:
    bought = dump.summary["absorbed_by"]
    assert all(face >= 0.0 for face in bought.values())
    assert not any(holder.startswith("jpn") for holder in bought)
    by_holder = dump.dataset["absorbed_by_holder"]
    np.testing.assert_allclose(by_holder.sum("holder"), 0.0, atol=1e-7)


def test_the_comparison_is_draw_by_draw(answers: Comparison) -> None:
    found = answers.summary
    assert list(found) == ["runs", "difference"]
    assert set(found["difference"]) == set(metrics())
    assert found["difference"]["us_10y_peak_bp"]["p50"] < 0.0


def test_saving_writes_everything_whole(answers: Comparison, tmp_path: Path) -> None:
    files = answers.save(tmp_path / "out")
    names = sorted(str(each.relative_to(tmp_path / "out")) for each in files)
    runs = ("controlled-descent", "japan-dump")
    inside = ("ledger.nc", "result.nc", "summary.json")
    assert names == sorted(
        [f"{run}/{file}" for run in runs for file in inside] + ["report.html", "summary.json"]
    )
    on_disk = {each for each in (tmp_path / "out").rglob("*") if each.is_file()}
    assert on_disk == set(files)
    back = so.load(tmp_path / "out" / "japan-dump" / "result.nc")
    assert back.attrs["scenario_name"] == "japan-dump"
    text = (tmp_path / "out" / "japan-dump" / "summary.json").read_text(encoding="utf-8")
    assert json.loads(text)["draws"] == DRAWS
    assert "NaN" not in text


def test_the_ledger_holds_for_every_named_holder(dump: Run) -> None:
    books = dump.ledger([3])
    assert max(so.ledger_residuals(books).values()) < 1e-6


def test_a_run_is_shown_in_a_line(answers: Comparison, dump: Run) -> None:
    peak = dump.summary["metrics"]["us_10y_peak_bp"]["p50"]
    assert repr(dump).startswith(
        f"<Run '{dump.dataset.attrs['title']}', books of 2026-07, 64 draws: "
    )
    assert f"{peak:+.0f} bp at its peak" in repr(dump)
    assert len(repr(dump)) < 250
    assert repr(answers).splitlines()[1].strip() == repr(dump)


def test_a_run_shows_its_answer_in_a_notebook(answers: Comparison, dump: Run) -> None:
    card = dump._repr_html_()
    for sentence in answer_lines(dump.dataset, dump.summary):
        assert sentence in html.unescape(card)
    both = answers._repr_html_()
    assert both.count("<p><strong>") == 2
    assert "<th" in both
    assert "dashed the median of controlled-descent" in both


def test_the_users_single_precision_is_left_alone_and_ours_is_double(dump: Run) -> None:
    jax.config.update("jax_enable_x64", False)
    try:
        own = jnp.ones(3) / 3.0
        found = so.run("japan-dump", draws=DRAWS, attribution=False)
        residuals = so.ledger_residuals(found.ledger([3]))
        assert {own.dtype, (own + 1.0).dtype, jnp.zeros(1).dtype} == {np.dtype("float32")}
        assert not jax.config.jax_enable_x64
    finally:
        jax.config.update("jax_enable_x64", True)
    assert max(residuals.values()) < 1e-6
    for name in ("delta_par_yield", "absorbed_by_holder", "delta_us_gdp"):
        np.testing.assert_array_equal(found.dataset[name], dump.dataset[name])


def test_a_question_can_be_asked_beside_a_running_event_loop(dump: Run) -> None:
    async def ask() -> Run:
        assert asyncio.get_running_loop().is_running()
        return so.run("japan-dump", draws=DRAWS, attribution=False)

    found = asyncio.run(ask())
    np.testing.assert_array_equal(found.dataset["delta_fx"], dump.dataset["delta_fx"])


@pytest.mark.slow
@pytest.mark.nightly
def test_jax_in_single_precision_before_us_changes_no_number(tmp_path: Path) -> None:
    """In a process of its own: nothing of ours is made while JAX stands in single precision."""
    code = f"""
import asyncio, jax, jax.numpy as jnp, numpy as np
own = jnp.ones(3) / 3.0
import selloff as so
async def ask():
    return so.run("japan-dump", draws=8, horizon_years=1, attribution=False)
found = asyncio.run(ask())
assert not jax.config.jax_enable_x64 and own.dtype == (own + 1.0).dtype == jnp.float32
np.save({str(tmp_path / "there.npy")!r}, found.dataset["delta_par_yield"].values)
"""
    environment = {name: each for name, each in os.environ.items() if name != "JAX_ENABLE_X64"}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True, timeout=500)
    here = so.run("japan-dump", draws=8, horizon_years=1, attribution=False)
    there = np.load(tmp_path / "there.npy")
    np.testing.assert_array_equal(there, here.dataset["delta_par_yield"])


def test_figures_are_plain_and_a_wrong_name_is_told(dump: Run) -> None:
    assert set(dump.plot()) >= {"data", "layout"}
    with pytest.raises(InputError, match="us_10y"):
        dump.plot("no such figure")


@pytest.mark.parametrize(
    ("options", "where"),
    [
        ({"draws": 0}, "draws"),
        ({"draws": 2.5}, "draws"),
        ({"draws": True}, "draws"),
        ({"draws": 100_001}, "draws"),
        ({"draws": 10**5000}, "draws"),
        ({"seed": -1}, "seed"),
        ({"seed": 18446744073709551616}, "seed"),
        ({"attribution": -5}, "attribution"),
        ({"progress": 5}, "progress"),
        ({"vintage": 202607}, "vintage"),
        ({"vintage": "\ud800"}, "vintage"),
        ({"horizon_years": "5"}, "horizon_years"),
        ({"horizon_years": 10**5000}, "horizon_years"),
        ({"horizon_years": 1000.0}, "1000"),
    ],
)
def test_bad_counts_are_told(options: dict[str, float], where: str) -> None:
    with pytest.raises(InputError, match=where):
        so.run("no-sale", **options)  # type: ignore[arg-type]
    with pytest.raises(InputError, match=where):
        so.compare("no-sale", "no-sale", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("source", [None, 5, 2.5, object(), ["japan-dump"]])
def test_what_is_no_question_is_refused(source: Any) -> None:
    with pytest.raises(ScenarioError, match="a preset, a YAML or JSON file"):
        so.run(source)


def test_everything_wrong_with_a_call_is_named_at_once() -> None:
    with pytest.raises(ScenarioError) as caught:
        so.run("no-sale", draws=0, seed=-1, horizon_years=0, progress=5)  # type: ignore[arg-type]
    found = {each.where for each in caught.value.problems}
    assert found == {"progress", "draws", "seed", "horizon_years"}


def test_bad_questions_are_told() -> None:
    with pytest.raises(InputError, match="japan-dump"):
        so.run("japan-dumb")
    with pytest.raises(InputError, match="1812-06"):
        so.run("no-sale", vintage="1812-06")
