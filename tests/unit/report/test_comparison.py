import numpy as np

from selloff.report.comparison import compare_table, differences
from selloff.results import metric_draws


def test_differences_are_taken_draw_by_draw(dump, descent) -> None:
    apart = differences(dump[0], descent[0])
    here = dump[0]["delta_par_yield"].sel(tenor="10Y").to_numpy().max(axis=1)
    there = descent[0]["delta_par_yield"].sel(tenor="10Y").to_numpy().max(axis=1)
    np.testing.assert_allclose(apart["us_10y_peak_bp"], there - here)
    assert np.median(apart["us_10y_peak_bp"]) < 0


def test_runs_that_share_no_chance_have_no_difference(dump, build) -> None:
    other = build(seed=8, draws=60)
    assert differences(dump[0], other[0]) == {}
    table = compare_table((dump[0], other[0]), (dump[1], other[1]))
    assert table.head == ("Median (5–95%)", "A", "B")


def test_table_sets_the_summaries_side_by_side(dump, descent) -> None:
    table = compare_table((dump[0], descent[0]), (dump[1], descent[1]))
    row = next(row for row in table.rows if row[0] == "US 10-year yield, highest")
    for cell, summary in ((row[1], dump[1]), (row[2], descent[1])):
        assert cell.startswith(f"{summary['metrics']['us_10y_peak_bp']['p50']:.0f}bp (")
    assert {len(row) for row in table.rows} == {4}


def test_a_run_beside_itself_differs_by_nothing(dump) -> None:
    apart = differences(dump[0], dump[0])
    assert all((gap == 0.0).all() for gap in apart.values())
    assert set(apart) == set(metric_draws(dump[0]))
