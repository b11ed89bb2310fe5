"""The engine gives what plain loops over draws, steps, groups and buckets give."""

from typing import Any

import numpy as np
import pytest

import questions
from twin import engine_numpy as twin
from twin.arithmetic import noise_path, plain, row

QUESTIONS = (
    "dump",
    "ordered",
    "ordered slowly",
    "announced",
    "two sellers",
    "too slow",
    "bank buys",
    "bank promises",
)
SERIES = (
    "prices",
    "base_ten_year",
    "base_log_fx",
    "sold",
    "unsold",
    "dealers",
    "levered",
    "use",
    "absorbed",
    "fed",
)
ACCOUNT = ("proceeds", "at_baseline", "assets", "worst_mark", "first_day", "last_day")
DRAWS = (0, 5)


def close(given: Any, wanted: Any, name: str) -> None:
    """Relative to the size of the series; NaN where no free source exists."""
    given, wanted = np.asarray(given), np.asarray(wanted)
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = finite.max() if finite.size else 1.0
    np.testing.assert_allclose(given, wanted, rtol=1e-9, atol=1e-9 * scale, err_msg=name)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_series_equals_the_twin(name: str) -> None:
    ready, found = questions.lowered(name), questions.answer(name)
    inputs, paths = plain(ready.inputs), plain(questions.paths())
    for draw in DRAWS:
        slow = twin.simulate(inputs, paths, ready.draws, draw=draw)
        for series in SERIES:
            close(np.asarray(getattr(found, series))[draw], getattr(slow, series), series)
        for figure in ACCOUNT:
            given = np.asarray(getattr(found.account, figure))[draw]
            close(given, getattr(slow.account, figure), figure)
        close(found.bought[draw], slow.bought, "bought")
        assert int(found.outcome[draw]) == slow.outcome
        left = np.asarray(found.account.to_come)[draw]
        np.testing.assert_allclose(left, slow.account.to_come, atol=1e-9)


@pytest.mark.parametrize("name", QUESTIONS)
def test_books_equal_the_twin(name: str) -> None:
    ready, found = questions.lowered(name), questions.answer(name)
    inputs, paths = plain(ready.inputs), plain(questions.paths())
    slow = twin.simulate(inputs, paths, ready.draws, draw=DRAWS[0])
    close(found.holdings[DRAWS[0]], slow.holdings, "holdings")


def test_chance_equals_the_twin() -> None:
    ready, found = questions.lowered("nothing"), questions.paths()
    inputs = plain(ready.inputs)
    normals = questions.normals()
    for draw in DRAWS:
        own = row(ready.draws, draw)
        noise, depth = noise_path(inputs.market, inputs.clock, own, normals[draw])
        close(found.noise[draw], noise, "noise")
        close(found.depth[draw], depth, "depth")
