import json

import numpy as np
import pytest

from selloff.report.bars import buyers_figure, compare_bill_figure, seller_bill_figure


def test_group_bars_are_medians_with_whiskers_to_the_range(dump) -> None:
    dataset, _ = dump
    groups, _ = buyers_figure(dataset)["data"]
    at = groups["y"].index("US banks")
    face = dataset["absorbed_face"].isel(step=-1).sel(group="usa_bank").to_numpy()
    low, middle, high = np.quantile(face, [0.05, 0.5, 0.95])
    assert groups["x"][at] == pytest.approx(middle, abs=1e-3)
    assert groups["error_x"]["array"][at] == pytest.approx(high - middle, abs=1e-3)
    assert groups["error_x"]["arrayminus"][at] == pytest.approx(middle - low, abs=1e-3)


def test_named_bars_are_the_ten_largest_and_no_seller(dump) -> None:
    dataset, _ = dump
    _, named = buyers_figure(dataset)["data"]
    bought = dataset["absorbed_by_holder"].to_numpy()
    largest = np.sort(np.quantile(bought, 0.5, axis=0))[::-1][:10]
    np.testing.assert_allclose(named["x"], largest, atol=1e-3)
    assert not any("Japan" in label for label in named["y"])


def test_bill_bars(dump) -> None:
    dataset, _ = dump
    received, lost = seller_bill_figure(dataset)["data"]
    assert received["x"] == [pytest.approx(np.median(dataset["seller_proceeds"]), abs=1e-3)]
    expected = [np.median(dataset[f"seller_{one}_loss"]) for one in ("execution", "mark")]
    np.testing.assert_allclose(lost["x"], expected, atol=1e-3)


def test_bills_side_by_side(dump, descent) -> None:
    figure = compare_bill_figure(dump[0], descent[0], labels=("A: <i>", "B: y"))
    legend = [trace["name"] for trace in figure["data"] if trace.get("showlegend") is not False]
    assert legend == ["A: &lt;i&gt;", "B: y"]
    assert figure["data"][2]["x"][0] == pytest.approx(
        np.median(descent[0]["seller_proceeds"]), abs=1e-3
    )


def test_nothing_bought_is_still_a_figure(no_sale) -> None:
    figure = buyers_figure(no_sale[0])
    assert [trace["x"] for trace in figure["data"]] == [[], []]
    json.dumps(figure, allow_nan=False)


def test_panels_do_not_overlap(dump) -> None:
    layout = buyers_figure(dump[0])["layout"]
    assert layout["yaxis2"]["domain"][1] < layout["yaxis"]["domain"][0]
    assert 0.0 <= layout["yaxis2"]["domain"][0] < layout["yaxis"]["domain"][1] <= 1.0
