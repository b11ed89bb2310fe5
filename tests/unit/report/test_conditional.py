"""Conditional worlds on the page: the summary's numbers; nothing where there is one world."""

from typing import Any

import pytest
import xarray as xr

from selloff.report.conditional import worlds_table
from selloff.report.estimate import from_metric
from selloff.results import summarise


def test_every_cell_is_the_summary_s(dump: tuple[xr.Dataset, dict[str, Any]]) -> None:
    ds = dump[0].copy(deep=True)
    ds["squeeze_peak"][:] = 1.0
    ds["absorbed_face"].loc[{"group": "fed"}] = 0.0
    ds["absorbed_face"].loc[{"group": "fed", "draw": ds["draw"][:20]}] = 10.0
    summary = summarise(ds)
    table = worlds_table(summary)
    assert table is not None
    worlds = list(summary["worlds"].values())
    assert [row[0] for row in table.rows] == [each["label"] for each in worlds]
    for row, world in zip(table.rows, worlds, strict=True):
        assert row[2] == from_metric(world, "us_10y_peak_bp").brief
        assert float(row[1].strip("%")) == pytest.approx(100.0 * world["share_frac"], abs=0.05)


def test_one_world_needs_no_table() -> None:
    one = {"worlds": {"fed_stays_out": {}}, "metrics": {}, "horizon_years": 10}
    assert worlds_table(one) is None
