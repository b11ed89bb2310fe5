"""A part is put to the data of a vintage."""

from datetime import date

import pytest

from essay import part_of
from selloff.data import table, vintage
from selloff.scenario import load_episode
from selloff.studies.essay.facts import SERIES, ask_data, on_record


def at(month: str, claim: str, part: str) -> tuple[str | None, float | None, str]:
    found = ask_data(part_of(claim, part), vintage(month))
    return found.verdict, found.p50, found.rule


def test_debt_was_34tn_once() -> None:
    verdict, value, rule = at("2026-07", "debt-34tn", "total")
    assert verdict == "out of date"
    assert value is not None
    assert 39.0 < value < 40.5
    assert rule.endswith("within 0.5 of 34 on 2023-12-31")
    assert at("2023-12", "debt-34tn", "total")[:2] == ("supported", pytest.approx(34.0, abs=0.01))
    verdict, _, rule = at("2010-06", "debt-34tn", "total")
    assert verdict == "unsupported"
    assert "never" in rule


def test_history_of_debt_goes_through_both_tables_and_stops_at_the_day() -> None:
    _, of_world = SERIES["total_debt_usd_tn"]
    history = of_world(vintage("2026-07"))
    assert str(history.index[-1].date()) == "2026-07-31"
    assert history.index.is_monotonic_increasing
    assert not history.index.has_duplicates
    quarters = table("debt_quarterly").set_index("date")["total_debt_usd_mn"]
    assert history.loc["2023-12-31"] == pytest.approx(quarters.loc["2023-12-31"] / 1e6)
    # Where both tables have a day, they agree.
    months = table("total_public_debt_monthly").set_index("date")["total_debt_usd_bn"]
    for day in months.index.intersection(quarters.index):
        assert months[day] / 1e3 == pytest.approx(quarters[day] / 1e6, abs=0.15)


def test_downgrades_are_ahead_in_part_or_behind() -> None:
    told = [at(month, "rating-downgrade", "has-happened") for month in ("2010-06", "2024-01")]
    assert [(verdict, count) for verdict, count, _ in told] == [
        ("supported", 0.0),
        ("contested", 2),
    ]
    verdict, count, rule = at("2026-07", "rating-downgrade", "has-happened")
    assert (verdict, count) == ("out of date", 3.0)
    assert rule.endswith("2011-08-05, 2023-08-01, 2025-05-16")


def test_a_freeze_is_a_precedent_once_it_has_happened() -> None:
    assert at("2022-01", "us-retaliates", "capacity")[:2] == ("unsupported", 0.0)
    assert at("2022-02", "us-retaliates", "capacity")[:2] == ("supported", 1.0)
    (day,) = on_record(["russia-freeze-2022"], date(2026, 1, 1))
    assert day == str(load_episode("russia-freeze-2022").start)


def test_books_of_japan_come_from_the_vintage() -> None:
    world = vintage("2026-07")
    verdict, value, _ = at("2026-07", "japan-largest-holder", "more-than-1.1tn")
    assert verdict == ("supported" if world.book("jpn") > 1100.0 else "unsupported")
    assert value == world.book("jpn")
    # 1,104 is within a percent of 1,100: that is said.
    assert ask_data(part_of("japan-largest-holder", "more-than-1.1tn"), world).close
    assert not ask_data(part_of("japan-largest-holder", "largest"), world).close
    rows = table("tic_holdings_monthly").set_index("date").loc["2026-07-31"]
    tic = rows[rows["series"] == "primary"].set_index("country")["usd_bn"]
    _, lead, _ = at("2026-07", "japan-largest-holder", "largest")
    # The book is of Table 3, in millions; the table of holders rounds to 0.1 USD bn.
    assert lead == pytest.approx(tic["Japan"] / tic["United Kingdom"], rel=1e-4)
    # China came first once; the data say so.
    verdict, lead, _ = at("2012-06", "japan-largest-holder", "largest")
    assert verdict == "unsupported"
    assert lead is not None
    assert lead < 1.0


def test_hedging_does_not_pay_while_short_dollar_rates_are_high() -> None:
    verdict, pickup, _ = at("2026-07", "slow-and-quiet", "hedging")
    assert verdict == "unsupported"
    assert pickup is not None
    assert -2.0 < pickup < 0.0
