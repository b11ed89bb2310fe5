"""Questions of a study: asked once, kept, gone on with, the same as a run's."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import selloff as so
from selloff.pipeline import Here, kept
from selloff.results import metric_draws
from selloff.scenario import Scenario, load
from selloff.studies import measuring
from selloff.studies.measuring import Measurer, Query, answer_query
from selloff.vocab import OutputError

DRAWS = 10


class Counting(Here):
    def __init__(self) -> None:
        self.items: list[Any] = []

    def map(self, function: Any, items: Iterable[Any]) -> Any:
        self.items += (items := list(items))
        return super().map(function, items)


@pytest.fixture(scope="module")
def dump() -> Scenario:
    return load("japan-dump")


def test_a_question_comes_to_what_a_run_of_the_same_draws_comes_to(dump: Scenario) -> None:
    (found,) = Measurer(draws=DRAWS, seed=3).ask([dump])
    run = metric_draws(so.run("japan-dump", draws=DRAWS, seed=3, attribution=False).dataset)
    assert found.keys() == run.keys()
    for name, values in run.items():
        np.testing.assert_array_equal(found[name], values)


def test_answers_come_in_order_and_a_question_that_comes_twice_is_run_once(dump: Scenario) -> None:
    pool, slow, seen = Counting(), load("japan-slow"), []
    measurer = Measurer(draws=DRAWS, pool=pool, progress=lambda *so_far: seen.append(so_far))
    found = measurer.ask([dump, slow, dump])
    assert len(pool.items) == 2
    assert seen == [(0, 2), (1, 2), (2, 2)]
    assert found[0] is found[2]
    assert np.median(found[0]["us_10y_peak_bp"]) > np.median(found[1]["us_10y_peak_bp"])


def test_who_starts_again_goes_on(dump: Scenario, tmp_path: Path) -> None:
    (first,) = Measurer(draws=DRAWS, folder=tmp_path).ask([dump])
    pool, seen = Counting(), []
    again = Measurer(
        draws=DRAWS, folder=tmp_path, pool=pool, progress=lambda *so_far: seen.append(so_far)
    )
    (found,) = again.ask([dump])
    assert not pool.items
    assert seen == [(1, 1)]
    for name, values in first.items():
        np.testing.assert_array_equal(found[name], values)


def test_a_damaged_answer_is_asked_again(dump: Scenario, tmp_path: Path) -> None:
    (first,) = Measurer(draws=DRAWS, folder=tmp_path).ask([dump])
    (file,) = tmp_path.glob("*.npz")
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    pool = Counting()
    (second,) = Measurer(draws=DRAWS, folder=tmp_path, pool=pool).ask([dump])
    assert len(pool.items) == 1
    np.testing.assert_array_equal(first["us_10y_peak_bp"], second["us_10y_peak_bp"])


def test_a_key_names_all_that_an_answer_depends_on(
    dump: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = dump.model_dump_json()
    one = Query(text, DRAWS, 0).key
    assert one == Query(text, DRAWS, 0).key
    assert one != Query(text, DRAWS + 1, 0).key
    assert one != Query(text, DRAWS, 1).key
    assert one != Query(load("japan-slow").model_dump_json(), DRAWS, 0).key
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(kept, "engine_platform", lambda: "cuda")
        assert one != Query(text, DRAWS, 0).key
    monkeypatch.setattr(measuring, "maker_of_answers", lambda: "another")
    assert one != Query(text, DRAWS, 0).key


def test_a_question_as_text_is_the_same_question(dump: Scenario) -> None:
    found = answer_query(Query(dump.model_dump_json(), DRAWS, 0))
    np.testing.assert_array_equal(
        found["us_10y_peak_bp"], Measurer(draws=DRAWS).ask([dump])[0]["us_10y_peak_bp"]
    )


class Elsewhere(Here):
    """Workers with another version."""

    def map(self, function: Any, items: Iterable[Any]) -> Any:
        for one in items:
            with pytest.MonkeyPatch.context() as there:
                there.setattr(measuring, "maker_of_answers", lambda: "another")
                yield function(one)


def test_a_worker_with_other_code_is_refused(dump: Scenario) -> None:
    with pytest.raises(OutputError, match="another version"):
        Measurer(draws=DRAWS, pool=Elsewhere()).ask([dump])
