import json

import numpy as np

from selloff.report.curves import curve_figure, curve_levels


def _trace(figure, name):
    return next(trace for trace in figure["data"] if trace.get("name") == name)


def test_the_curve_before_is_the_vintage(dump) -> None:
    dataset, _ = dump
    before = _trace(curve_figure(dataset), "Before")
    np.testing.assert_allclose(before["y"], dataset["curve_par_yield"].to_numpy(), atol=1e-4)
    np.testing.assert_allclose(before["x"], dataset["tenor_years"].to_numpy())


def test_the_peak_is_taken_draw_by_draw(dump) -> None:
    dataset, _ = dump
    delta = dataset["delta_par_yield"].to_numpy()
    rows = [
        draw[np.argmax(draw[:, list(dataset["tenor"].to_numpy()).index("10Y")])] for draw in delta
    ]
    level = dataset["curve_par_yield"].to_numpy() + np.array(rows) / 100.0
    figure = curve_figure(dataset)
    np.testing.assert_allclose(_trace(figure, "Peak")["y"], np.median(level, axis=0), atol=1e-4)
    high = _trace(figure, "Peak, 5–95%")["y"]
    np.testing.assert_allclose(high, np.quantile(level, 0.95, axis=0), atol=1e-4)
    np.testing.assert_allclose(figure["data"][0]["y"], np.quantile(level, 0.05, axis=0), atol=1e-4)


def test_a_year_on_and_the_horizon(dump) -> None:
    dataset, _ = dump
    figure = curve_figure(dataset)
    opening = dataset["curve_par_yield"].to_numpy()
    for name, step in (("A year on", 252), ("At the horizon", -1)):
        delta = np.median(dataset["delta_par_yield"].to_numpy()[:, step], axis=0)
        np.testing.assert_allclose(_trace(figure, name)["y"], opening + delta / 100.0, atol=1e-4)


def test_a_short_run_has_no_year_on(build) -> None:
    dataset, _ = build(horizon_years=0.5, draws=10)
    assert "year" not in curve_levels(dataset)
    names = [trace.get("name") for trace in curve_figure(dataset)["data"]]
    assert "A year on" not in names


def test_figure_is_plain_json(dump) -> None:
    figure = curve_figure(dump[0])
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure
    assert figure["layout"]["yaxis"]["title"]["text"] == "Par yield, % a year"
