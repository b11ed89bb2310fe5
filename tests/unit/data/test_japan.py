"""Japan's tables: every figure with a publisher, a date and an address; nothing from the future."""

from datetime import date

import pandas as pd
import pytest

from selloff.data import (
    Exporter,
    Quote,
    boj_accounts,
    exporters,
    exporters_left_out,
    insurer_dollar_bonds,
    japan_inflation_pct,
    table,
)

ALL = (*exporters(), *exporters_left_out())


def quotes() -> list[Quote]:
    figures = [each for company in ALL for each in (company.per_yen, company.operating_profit)]
    return [figure for figure in figures if figure is not None]


def test_each_company_stands_once() -> None:
    assert len({each.id for each in ALL}) == len(ALL)
    assert exporters()[0].id == "toyota"
    assert {"honda", "subaru", "sony"} <= {each.id for each in exporters()}


@pytest.mark.parametrize("company", exporters(), ids=lambda each: each.id)
def test_who_is_used_has_both_figures_of_one_recent_year(company: Exporter) -> None:
    assert company.per_yen is not None
    assert company.per_yen.value > 0.0
    assert company.operating_profit is not None
    assert company.operating_profit.value > 10.0 * company.per_yen.value
    assert company.year_to >= "2025-03"


def test_who_is_left_out_is_named_with_a_reason_and_not_guessed() -> None:
    out = {each.id: each for each in exporters_left_out()}
    assert {"nissan", "hitachi", "fast_retailing"} <= set(out)
    assert all(len(each.left_out) > 10 for each in out.values())
    assert out["fast_retailing"].per_yen is None
    assert "loss" in out["nissan"].left_out


def test_every_figure_says_who_when_and_where() -> None:
    assert len(quotes()) > 15
    for quote in quotes():
        assert len(quote.source) > 5
        assert quote.url.startswith("https://")
        assert date(2020, 1, 1) < quote.date < date(2026, 8, 1)


def test_toyota_moves_by_fifty_billion_a_yen_on_a_forecast_of_3_8_trillion() -> None:
    toyota = exporters()[0]
    assert toyota.per_yen is not None
    assert toyota.operating_profit is not None
    assert (toyota.per_yen.value, toyota.operating_profit.value) == (50.0, 3800.0)


@pytest.mark.parametrize(
    ("on", "total"),
    [(date(2026, 7, 31), 681.7), (date(2022, 6, 30), 738.577), (date(2020, 3, 31), 569.758)],
)
def test_accounts_are_the_latest_at_hand(on: date, total: float) -> None:
    found = boj_accounts(on)
    assert found is not None
    assert found.total_assets == total
    assert 0.0 < found.government_securities < found.total_assets
    assert found.date <= on


def test_before_the_first_accounts_there_are_none() -> None:
    assert boj_accounts(date(2015, 12, 31)) is None


def test_insurers_bonds_are_an_assumption_with_a_range() -> None:
    found = insurer_dollar_bonds()
    assert found.low < found.value < found.high
    assert found.source.startswith("assumption")


@pytest.mark.parametrize(
    ("on", "wanted"),
    [
        (date(2026, 7, 31), 1.6),
        (date(2026, 7, 24), 1.4),
        (date(2023, 2, 28), 4.2),
        (date(2014, 5, 31), 3.2),
    ],
)
def test_inflation_is_the_last_one_published(on: date, wanted: float) -> None:
    assert japan_inflation_pct(on) == wanted


def test_months_of_prices_are_all_there() -> None:
    days = table("japan_core_cpi_monthly")["date"]
    assert pd.date_range(days.iloc[0], days.iloc[-1], freq="ME").equals(pd.DatetimeIndex(days))
