import numpy as np
import pytest

from selloff.report.reserves import reserves, year_shown


@pytest.fixture(scope="module")
def told(dump):
    return reserves(dump[0])


def test_the_dollar_with_and_without(dump, told) -> None:
    shares = [dump[0][name].sel(reserve_asset="USD", year=2035).to_numpy()
              for name in ("reserve_share", "reserve_share_base")]  # fmt: skip
    here, base = (np.median(one) for one in shares)
    assert f"By 2035 it is {here:.1f}% (5–95%" in told.sentences[0]
    assert f"against {base:.1f}% (5–95%" in told.sentences[0]
    line = told.charts[0].figure["data"][-1]
    assert line["name"] == "This scenario"
    assert line["y"][9] == pytest.approx(here, abs=1e-3)
    assert line["x"][9] == 2035.0


def test_what_one_gains_others_lose(dump) -> None:
    told = reserves(dump[0])
    bars = told.charts[1].figure["data"][0]
    assert bars["x"][0] < 0.0
    assert bars["y"][0] == "US dollar"
    assert len(bars["y"]) == 7


def test_tables_of_2035_and_of_the_last_year(told) -> None:
    heads = [(block.table.head[0], block.fold) for block in told.blocks if block.table]
    assert heads[1] == ("Share in 2035: median (5–95%)", "")
    assert heads[2][1] == "The same in 2045"


def test_what_the_dollar_loses_is_split_beside_the_share_among_currencies(told) -> None:
    table = next(block.table for block in told.blocks if block.table)
    assert table.head[0] == "What the dollar’s share gains or loses by 2035"
    firsts = [row[1].split("pp")[0] for row in table.rows]
    volume, valuation, confidence, whole, among = (float(x.replace("−", "-")) for x in firsts)
    assert volume + valuation + confidence == pytest.approx(whole, abs=0.06)
    assert among < 0.0


def test_capacity_and_price_of_alternatives(dump, told) -> None:
    rows = {row[0]: row for row in told.blocks[-1].table.rows}
    gold = np.median(dump[0]["reserve_price_fast"].to_numpy()[:, 5])
    assert rows["Gold"][1:3] == ("$31,700bn", rows["Gold"][2])
    assert rows["Gold"][2].startswith(f"{gold:.1f}%")
    assert rows["All others"][1] == "–"


def test_the_price_of_moving_needs_a_programme(yen_crash) -> None:
    told = reserves(yen_crash[0])
    assert all(not block.heading for block in told.blocks)


def test_tipping(dump, told) -> None:
    assert told.sentences[1].endswith("in 5.0% of draws.")
    none = reserves(dump[0].assign(reserve_tipped=0.0 * dump[0]["reserve_tipped"]))
    assert none.sentences[1].endswith("in no draw.")


def test_a_world_that_ends_before_2035(dump) -> None:
    assert year_shown(dump[0].isel(year=slice(0, 5))) == 2030
    assert reserves(dump[0].isel(year=slice(0, 5))).charts[1].heading.endswith("2030")


def test_older_results_and_still_ones_have_no_such_section(dump, no_sale) -> None:
    assert reserves(dump[0].drop_vars("reserve_share")) is None
    assert reserves(no_sale[0]) is None
