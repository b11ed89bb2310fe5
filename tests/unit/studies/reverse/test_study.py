"""The study on made-up answers: what is asked, what is found, what is said."""

import json
import math
from pathlib import Path
from typing import Any

import pytest

from measured import METRIC, Formula
from selloff.scenario import change, load
from selloff.studies.reverse import (
    FreeSale,
    Reversal,
    Tried,
    grids,
    one_seller,
    read_bounds,
    reverse,
)
from selloff.studies.reverse.telling import pct
from selloff.vocab import InputError

BOOK = {"jpn": 1000.0, "chn": 800.0, "deu": 100.0}
N = 101


def answered(
    event: str, find: str = "smallest", *, wanted: float = 0.5, **changes: Any
) -> Reversal:
    scenario = change(load("japan-dump"), {key.replace("__", "."): x for key, x in changes.items()})
    sale = FreeSale(scenario, read_bounds(event, years=10.0), BOOK)
    one, fresh = Formula(draws=N), Formula(draws=N, seed=1)
    found = reverse(sale, one, fresh, find=find, wanted=wanted)
    assert len(fresh.asked) == 1
    return found


def test_the_smallest_sale_is_where_half_the_draws_get_there() -> None:
    found = answered(f"{METRIC} >= 40")
    assert found.is_found
    assert found.search.best.sale_usd_bn == pytest.approx(400.0, rel=0.011)
    assert found.search.best.chance >= 0.5
    # Fresh draws are 3 bp higher: three draws in 101 more.
    assert found.fresh.n_came == found.search.best.n_came + 3
    assert found.fresh.sale_usd_bn == found.search.best.sale_usd_bn


def test_the_band_is_that_of_wilson() -> None:
    assert Tried(1.0, None, 50, 100).band == pytest.approx((0.4188, 0.5812), abs=1e-4)
    assert Tried(1.0, None, 0, 100).band == pytest.approx((0.0, 0.0263), abs=1e-4)


def test_another_chance_asks_for_another_sale() -> None:
    found = answered(f"{METRIC} >= 40", wanted=0.8)
    assert found.search.best.sale_usd_bn == pytest.approx(700.0, rel=0.02)


def test_the_pace_of_the_scenario_is_kept() -> None:
    found = answered(f"{METRIC} >= 40", sellers__0__pace__years=1)
    assert found.search.best.sale_usd_bn == pytest.approx(800.0, rel=0.011)
    assert "over 1 year" in found.sentences[0]


def test_the_slowest_sale_that_gets_there() -> None:
    found = answered(f"{METRIC} >= 40", "fastest", sellers__0__sale_usd_bn=800)
    assert found.search.best.sale_usd_bn == 800.0
    assert found.search.best.years == pytest.approx(1.0, rel=0.05)
    assert found.sentences[0].startswith("Slowest sale by Japan that brings it about: 800 USD bn")


def test_a_sale_that_may_take_the_whole_run() -> None:
    found = answered(f"{METRIC} >= 4", "fastest")
    assert found.search.best.years == 10.0
    assert "the whole run is fast enough" in found.sentences[0]


def test_nothing_found_says_the_largest_chance_and_where() -> None:
    found = answered(f"{METRIC} >= 140")
    assert not found.is_found
    assert found.search.best.sale_usd_bn == 1000.0
    assert found.search.best.chance == pytest.approx(11 / 101)
    said = found.sentences[0]
    assert said.startswith("Nothing found: no sale by Japan of up to 1,000 USD bn")
    assert "10.9%" in said
    assert "14 of 101" not in said
    assert "13.9%" in found.sentences[1]


def test_no_sale_is_an_answer() -> None:
    found = answered(f"{METRIC} <= 100")
    assert found.search.best.sale_usd_bn == 0.0
    assert found.sentences[0] == "It comes often enough without any sale."


def test_fresh_draws_that_fall_short_are_said() -> None:
    found = answered(f"{METRIC} <= -1 and {METRIC} >= -100", wanted=0.49)
    assert found.fresh.chance < 0.49
    assert "Fresh draws fall short of 49%" in found.sentences[1]


def test_weights_of_maturities_bound_the_sale() -> None:
    scenario = change(load("japan-dump"), {"sellers.0.buckets": {"0-1Y": 0.5, "1-3Y": 0.5}})
    books = {"jpn": {"0-1Y": 200.0, "1-3Y": 100.0, "3-5Y": 700.0}}
    assert FreeSale(scenario, (), books).most_usd_bn == 200.0
    assert FreeSale(load("japan-dump"), (), books).most_usd_bn == 1000.0


def test_books_are_found_by_the_vintage() -> None:
    asked: list[str | None] = []

    def limits(month: str | None) -> dict[str, float]:
        asked.append(month)
        return BOOK

    scenario = change(load("japan-dump"), {"vintage": "2020-06"})
    assert FreeSale(scenario, (), limits).most_usd_bn == 1000.0
    assert asked == ["2020-06"]
    assert FreeSale(load("japan-dump"), ()).most_usd_bn > 900.0


@pytest.fixture
def odds(monkeypatch: pytest.MonkeyPatch) -> None:
    def made_up(**_: Any) -> dict[str, Any]:
        frac = {"descent": 0.4, "dump": 0.01}
        spreads = {k: {"mean": x, "p05": x / 2.0, "p95": 2.0 * x} for k, x in frac.items()}
        return {"paths": {k: {"chance_frac": {"10": each}} for k, each in spreads.items()}}

    monkeypatch.setattr(grids, "trigger_paths", made_up)


@pytest.mark.usefixtures("odds")
def test_the_likeliest_is_by_odds_times_chance() -> None:
    """At once it comes more often, but a descent is forty times as likely to begin."""
    found = answered(f"{METRIC} >= 30", "likeliest")
    assert (found.search.best.sale_usd_bn, found.search.best.years) == (1000.0, 1.0)
    fresh = pct(0.4 * found.fresh.chance)
    assert (
        "a controlled descent begins within ten years with a chance of 40% (20% to 80% over "
        f"draws); together with the chance in fresh draws below that is {fresh}."
    ) in found.sentences[1]
    only = answered(f"{METRIC} >= 60", "likeliest")
    assert only.search.best.years == 0.0
    assert "a dump" in only.sentences[1]
    (road,) = [each for each in only.roads if each.asked is only.search.best]
    assert road.joint_frac == pytest.approx(0.01 * only.search.best.chance)
    assert answered(f"{METRIC} >= 300", "likeliest").sentences[0].startswith("Nothing found")


@pytest.mark.usefixtures("odds")
def test_of_equals_the_smaller_and_slower_is_the_likeliest() -> None:
    best = answered(f"{METRIC} >= -60", "likeliest").search.best
    assert (best.sale_usd_bn, best.years) == (375.0, 10.0)


def test_odds_are_known_for_japan_and_china_alone() -> None:
    with pytest.raises(InputError, match="Japan or China"):
        answered(f"{METRIC} >= 40", "likeliest", sellers__0__holder="deu")


def test_a_scenario_has_one_seller() -> None:
    assert one_seller(load("japan-dump"))
    with pytest.raises(InputError, match="got 0 sellers"):
        one_seller(load("no-sale"))


@pytest.mark.usefixtures("odds")
@pytest.mark.parametrize(
    ("find", "kind"), [("smallest", "scatter"), ("fastest", "scatter"), ("likeliest", "heatmap")]
)
def test_files_figure_and_rows(find: str, kind: str, tmp_path: Path) -> None:
    found = answered(f"{METRIC} >= 30", find)
    (trace,) = found.figure()["data"]
    assert trace["type"] == kind
    files = found.save(tmp_path / "out")
    assert [each.name for each in files] == ["reverse.json", "reverse.html"]
    told = json.loads(files[0].read_text("utf-8"))
    assert told["is_found"] is True
    assert told["answer"]["sale_usd_bn"] == found.search.best.sale_usd_bn
    assert len(told["tried"]) == len(found.search.tried)
    assert math.isclose(told["answer"]["chance"]["frac"], found.search.best.chance)
    page = files[1].read_text("utf-8")
    assert "Which sale brings it about? US 10-year yield, highest: at least 30 bp" in page
    assert found.about in page
    for most in (3, 12, 99):
        rows = found.rows(most)
        assert len(rows) == min(most, len(found.search.tried))
        assert any(row[1] == f"{found.search.best.sale_usd_bn:,.1f}" for row in rows)
