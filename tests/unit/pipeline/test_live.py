"""Drafts are the first draws of a run, whoever asks and whenever."""

import threading

import numpy as np
import pytest

import selloff as so
from selloff.pipeline import Draft, Live, prepare, sketch
from selloff.results import brief, fans, read_path, variables_of_metrics
from selloff.scenario import Scenario, load

N = 10
QUESTIONS = {
    "now": {"sellers": [{"holder": "jpn", "sale_frac": 0.4}], "horizon_years": 0.3},
    "slowly": {
        "sellers": [
            {
                "holder": "chn",
                "sale_usd_bn": 300.0,
                "pace": {"kind": "linear", "years": 1.0},
                "proceeds": {"gold": 1.0},
                "announced_frac": 0.5,
            }
        ],
        "horizon_years": 2.0,
    },
}


@pytest.fixture(scope="module")
def live() -> Live:
    return Live(seed=3, draws=N)


def asked(name: str) -> Scenario:
    return load({"schema_version": 1, "name": name, "title": name, **QUESTIONS[name]})


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_draft_is_the_run_of_the_same_draws(live: Live, name: str) -> None:
    draft = live.ask(asked(name))
    run = so.run(asked(name), draws=N, seed=3, attribution=False)
    for variable in draft.dataset.data_vars:
        np.testing.assert_allclose(
            draft.dataset[variable], run.dataset[variable], rtol=1e-9, atol=1e-9
        )
    for metric, row in draft.metrics.items():
        held = run.summary["metrics"][metric]
        assert row == {each: held[each] for each in row}
    assert set(draft.metrics) == set(run.summary["metrics"])
    for series, fan in fans(run.dataset, live.series).items():
        np.testing.assert_allclose(draft.fans[series], fan, rtol=1e-9, atol=1e-9)


def test_a_sketch_is_the_run_but_for_its_split_and_checks() -> None:
    seen: list[tuple[int, int]] = []
    ds, each = sketch(
        asked("slowly"), n_draws=N, seed=3, progress=lambda done, of: seen.append((done, of))
    )
    run = so.run(asked("slowly"), draws=N, seed=3, attribution=False)
    assert seen == [(0, N), (N, N)]
    for name in ds.data_vars:
        held = run.dataset[name]
        np.testing.assert_allclose(ds[name], held, rtol=1e-9, atol=1e-9, err_msg=str(name))
    told = brief(ds, each)
    for key in ("draws", "seed", "horizon_years", "warnings", "outcomes", "capacity", "reactions"):
        assert told[key] == run.summary[key], key
    assert set(told["metrics"]) == set(run.summary["metrics"])
    for metric, row in told["metrics"].items():
        whole = run.summary["metrics"][metric]
        assert row == {key: whole[key] for key in row}, metric
    assert told["worlds"].keys() == run.summary["worlds"].keys()


def test_a_sketch_prices_what_is_expected_for_its_own_draws_alone() -> None:
    few, whole = prepare(asked("slowly"), seed=3, first=N), prepare(asked("slowly"), seed=3)
    rows = few.rows(range(N))
    found, held = (np.asarray(each.lowered.draws.prices.expected) for each in (few, whole))
    np.testing.assert_allclose(found[rows], held[rows], rtol=1e-9, atol=1e-12)
    assert np.isnan(np.delete(found, rows, axis=0)).all()


def test_a_fan_lies_along_time_between_the_farthest_draws(live: Live) -> None:
    draft = live.ask(asked("now"))
    fan = draft.fans["yen_per_dollar"]
    path = read_path(draft.dataset, "yen_per_dollar")
    assert fan.dims == ("level", "step")
    np.testing.assert_array_equal(fan["day"], draft.dataset["day"])
    np.testing.assert_allclose(fan.sel(level=0.5), np.median(path, axis=0), rtol=1e-12)
    assert np.all(fan.diff("level") >= 0.0)


def test_a_draft_holds_only_what_it_tells(live: Live) -> None:
    held = set(live.ask(asked("now")).dataset.data_vars)
    assert variables_of_metrics(0.3) <= held
    assert "em_crisis_prob" not in held  # no metric of a run of a quarter


def test_threads_get_the_answers_of_their_own_questions(live: Live) -> None:
    alone = {name: live.ask(asked(name)).metrics for name in QUESTIONS}
    found: list[tuple[str, Draft]] = []

    def ask(name: str) -> None:
        found.append((name, live.ask(asked(name))))

    threads = [threading.Thread(target=ask, args=(name,)) for name in (*QUESTIONS, *QUESTIONS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 2 * len(QUESTIONS)
    for name, draft in found:
        assert draft.metrics == alone[name]


def test_a_vintage_of_its_own_stands_in_for_the_scenarios() -> None:
    early = Live(vintage="2026-06", draws=N, seed=3).ask(asked("now"))
    run = so.run(asked("now"), draws=N, seed=3, vintage="2026-06", attribution=False)
    assert early.metrics["us_10y_peak_bp"]["p50"] == pytest.approx(
        run.summary["metrics"]["us_10y_peak_bp"]["p50"], rel=1e-9
    )
