import json

from selloff.report import compare_figures, figures
from selloff.report.charts import charts, compare_charts


def test_figures_by_name(dump) -> None:
    drawn = figures(dump[0])
    assert list(drawn) == ["us_10y", "curve", "usdjpy", "dealers", "buyers", "seller_bill"]
    for figure in drawn.values():
        assert set(figure) == {"data", "layout"}
        assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_every_chart_says_what_to_see(dump, descent) -> None:
    for chart in [*charts(dump[0]), *compare_charts((dump[0], descent[0]))]:
        assert len(chart.caption) > 40
        assert chart.heading
        titles = [
            axis["title"]["text"]
            for key, axis in chart.figure["layout"].items()
            if key.startswith(("xaxis", "yaxis"))
        ]
        assert any(titles)


def test_two_runs_are_drawn_together(dump, descent) -> None:
    names = list(compare_figures(dump[0], descent[0]))
    assert names == ["compare_us_10y", "compare_usdjpy", "compare_seller_bill"]


def test_nothing_sold_draws_no_empty_bars(no_sale, build) -> None:
    assert list(figures(no_sale[0])) == ["us_10y", "curve", "usdjpy", "dealers"]
    failed, _ = build(failed=4, draws=4)
    assert figures(failed) == {}
