"""The shape of a dislocation: which weeks count, and what they say."""

import numpy as np
import pandas as pd
import pytest
from origins import wedge_shape
from origins.wedge_shape import wedge_shapes

from selloff.evidence import parameters
from selloff.scenario import episode_names, load_episode


def test_weeks_neither_overlap_nor_touch_an_episode() -> None:
    ends = wedge_shape._windows().index
    told = {row.source for name, row in parameters().items() if name == "wedge_shape_2y"}
    assert any(f"{ends.size} weeks" in source for source in told)
    assert (np.busday_count(ends[:-1].date.tolist(), ends[1:].date.tolist()) >= 5).all()
    for name in episode_names():
        episode = load_episode(name)
        begins = ends - pd.offsets.BDay(5)
        inside = (ends > pd.Timestamp(episode.start)) & (begins < pd.Timestamp(episode.end))
        assert not inside.any(), name


def test_every_week_saw_yield_and_premium_rise_by_the_least() -> None:
    moves = wedge_shape._windows()
    assert (moves[["10Y", "term_premium_10y_pct"]] >= 15.0 - 1e-9).all().all()


def test_a_parallel_shift_has_the_shape_one(monkeypatch: pytest.MonkeyPatch) -> None:
    rise = np.array([20.0, 30.0, 40.0])
    flat = pd.DataFrame(dict.fromkeys((*wedge_shape.TENORS, "10Y"), rise))
    monkeypatch.setattr(wedge_shape, "_windows", lambda: flat.assign(**{"2Y": 0.5 * rise}))
    found = wedge_shapes()
    assert found["30Y"] == pytest.approx((1.0, 1.0, 1.0))
    assert found["2Y"] == pytest.approx((0.5, 0.5, 0.5))
