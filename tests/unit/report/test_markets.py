import numpy as np
import pytest

from selloff.report.markets import MARKETS, markets


@pytest.fixture(scope="module")
def told(dump):
    return markets(dump[0])


def test_every_market_has_a_chart_and_a_row(told) -> None:
    assert len(told.charts) == len(MARKETS) == 11
    assert [row[0] for row in told.blocks[1].table.rows] == [one.name for one in MARKETS]


def test_the_peak_is_taken_draw_by_draw(dump, told) -> None:
    rate = dump[0]["delta_borrowing_rate"].sel(rate="mortgage_30y").to_numpy()
    low, middle, high = np.quantile(rate.max(axis=1), [0.05, 0.5, 0.95])
    assert told.blocks[1].table.rows[0][1] == f"{middle:.0f}bp ({low:.0f}–{high:.0f})"
    assert f"stands {middle:.0f}bp (5–95%: {low:.0f}–{high:.0f}) above" in told.sentences[0]


def test_the_lowest_point_is_said_without_a_minus(dump, told) -> None:
    shares = dump[0]["delta_asset_price"].sel(market="sp500").to_numpy()
    assert f"US shares stand {-np.median(shares.min(axis=1)):.1f}%" in told.sentences[1]


def test_a_year_on_is_day_252(dump, told) -> None:
    gold = dump[0]["delta_asset_price"].sel(market="gold").to_numpy()[:, 252]
    row = next(row for row in told.blocks[1].table.rows if row[0] == "Gold")
    assert row[3].startswith(f"{np.median(gold):.2f}%")


def test_a_short_run_has_no_year_on(build) -> None:
    told = markets(build(draws=8, horizon_years=0.5)[0])
    assert {row[3] for row in told.blocks[1].table.rows} == {"–"}
    assert "" in told.sentences


def test_small_charts_have_no_legend(told) -> None:
    for chart in told.charts:
        assert chart.figure["layout"]["showlegend"] is False
        assert chart.figure["layout"]["height"] < 250
        assert chart.figure["layout"]["yaxis"]["title"]["text"] in ("bp", "%", "points")


def test_older_results_and_still_ones_have_no_such_section(dump, no_sale, build) -> None:
    assert markets(dump[0].drop_vars("delta_volatility")) is None
    assert markets(no_sale[0]) is None
    assert markets(build(draws=4, failed=4)[0]) is None


def test_failed_draws_are_left_out(build) -> None:
    told = markets(build(draws=9, failed=4)[0])
    assert "nan" not in str(told.blocks[1].table.rows).lower()
    assert "–" not in [cell for row in told.blocks[1].table.rows for cell in row]
