import json

import numpy as np
import pytest

from selloff.report.fans import compare_fan_figure, dealer_figure, fan_figure
from selloff.report.series import SERIES, days, thinned
from selloff.report.style import FIRST, SECOND

BAND_LEVELS = (0.05, 0.95, 0.25, 0.75, 0.5)


@pytest.mark.parametrize("name", sorted(SERIES))
def test_bands_are_the_quantiles_of_the_draws(dump, name) -> None:
    dataset, _ = dump
    figure = fan_figure(dataset, name)
    series = SERIES[name]
    day = days(dataset)
    steps = thinned(day)
    path = series.read(dataset)[:, steps]
    assert len(figure["data"]) == len(BAND_LEVELS)
    for trace, level in zip(figure["data"], BAND_LEVELS, strict=True):
        expected = np.quantile(path, level, axis=0)
        np.testing.assert_allclose(trace["y"], expected, atol=0.51 * 10.0**-series.scale.decimals)
        np.testing.assert_allclose(np.array(trace["x"]) ** 3, day[steps], rtol=1e-3, atol=1e-3)


def test_bands_fill_towards_their_own_lower_edge(dump) -> None:
    outer_low, outer_high, inner_low, inner_high, median = fan_figure(dump[0], "us_10y")["data"]
    assert "fill" not in outer_low
    assert "fill" not in inner_low
    assert outer_high["fill"] == inner_high["fill"] == "tonexty"
    assert "fill" not in median


def test_hover_gives_the_range_beside_the_median(dump) -> None:
    dataset, _ = dump
    median = fan_figure(dataset, "us_10y")["data"][-1]
    path = dataset["delta_par_yield"].sel(tenor="10Y").to_numpy()
    word, low, high = median["customdata"][21]
    assert word == "day 21"
    assert low == pytest.approx(np.quantile(path[:, 21], 0.05), abs=0.01)
    assert high == pytest.approx(np.quantile(path[:, 21], 0.95), abs=0.01)


def test_dealer_use_is_in_percent_with_a_line_at_full(dump) -> None:
    dataset, _ = dump
    figure = dealer_figure(dataset)
    expected = 100.0 * np.median(dataset["dealer_use"].to_numpy()[:, 21])
    assert figure["data"][-1]["y"][21] == pytest.approx(expected, abs=0.01)
    assert figure["layout"]["shapes"][0]["y0"] == 100


def test_two_scenarios_keep_their_colours(dump, descent) -> None:
    figure = compare_fan_figure(dump[0], descent[0], name="us_10y", labels=("A: x", "B: <y>"))
    lines = [trace for trace in figure["data"] if trace.get("showlegend") is not False]
    assert [line["name"] for line in lines] == ["A: x", "B: &lt;y&gt;"]
    assert [line["line"]["color"] for line in lines] == [FIRST, SECOND]
    assert lines[0]["line"]["dash"] != lines[1]["line"]["dash"]
    path = descent[0]["delta_par_yield"].sel(tenor="10Y").to_numpy()
    assert lines[1]["y"][-1] == pytest.approx(np.median(path[:, -1]), abs=0.01)


def test_scenarios_of_different_length_share_an_axis(dump, build) -> None:
    short, _ = build(horizon_years=2.0, draws=10)
    figure = compare_fan_figure(short, dump[0], name="usdjpy", labels=("a", "b"))
    assert figure["layout"]["xaxis"]["ticktext"][-1] == "10y"


def test_failed_draws_leave_no_gap_unless_all_failed(build) -> None:
    some, _ = build(failed=3, draws=20)
    assert None not in fan_figure(some, "us_10y")["data"][-1]["y"]
    none, _ = build(failed=20, draws=20)
    figure = fan_figure(none, "us_10y")
    assert set(figure["data"][-1]["y"]) == {None}
    json.dumps(figure, allow_nan=False)


def test_axes_name_their_units(dump) -> None:
    for name, unit in (("us_10y", "bp"), ("usdjpy", "%"), ("dealer_use", "%")):
        assert unit in fan_figure(dump[0], name)["layout"]["yaxis"]["title"]["text"]
