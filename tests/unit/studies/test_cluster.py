"""Studies in processes of Dask come to what they come to in this one."""

import os
from collections.abc import Iterator

import numpy as np
import pytest

from selloff.pipeline import Pool, pool_for
from selloff.scenario import change, change_each, load, load_episode
from selloff.studies.backtest import run_backtest
from selloff.studies.measuring import Measurer
from selloff.vocab import InputError

pytestmark = [pytest.mark.slow, pytest.mark.nightly]


@pytest.fixture(scope="module")
def two() -> Iterator[Pool]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(os, "cpu_count", lambda: 2)
        with pool_for("local") as pool:
            yield pool


def test_questions(two: Pool) -> None:
    shares = [{"sellers.0.sale_frac": share} for share in (0.1, 0.2, 0.4)]
    asked = change_each(change(load("japan-dump"), {"horizon_years": 0.3}), shares)
    alone, found = (Measurer(draws=20, seed=2, pool=pool).ask(asked) for pool in (None, two))
    for one, other in zip(alone, found, strict=True):
        assert one.keys() == other.keys()
        for name, values in one.items():
            np.testing.assert_array_equal(values, other[name], err_msg=name)


def test_episodes(two: Pool) -> None:
    episodes = [load_episode(name) for name in ("yen-2022-09", "russia-2018")]
    alone, found = (run_backtest(episodes, n_draws=64, pool=pool) for pool in (None, two))
    assert alone == found


def test_what_is_wrong_is_said_as_it_is_here(two: Pool) -> None:
    with pytest.raises(InputError, match="Did you mean 'japan-dump'"):
        list(two.map(load, ["japan-dmp"]))
