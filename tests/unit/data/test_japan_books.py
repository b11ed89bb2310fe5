"""Japan's books against the published tables, and against how its reserves were revalued."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import japan_books, table, vintage
from selloff.data.assumptions import japan_numbers, official_shares

INTERVENED = ("2024-04", "2024-05", "2024-07", "2026-05", "2026-08")
BUCKET_DURATIONS_YEARS = np.array([0.45, 1.85, 3.6, 5.15, 7.0, 10.8, 14.6])
BILL_DURATION_YEARS = 0.2


def monthly(name: str, column: str) -> pd.Series:
    frame = table(name).dropna(subset=column)
    return frame.groupby(frame["date"].dt.strftime("%Y-%m"))[column].last()


def japan(column: str) -> pd.DataFrame:
    frame = table("tic_table3_monthly")
    wide = frame[frame["holder"] == "Japan"].pivot(index="date", columns="maturity", values=column)
    return wide.dropna()


def revaluation() -> tuple[np.ndarray, np.ndarray]:
    """What reserve securities gain with the 5-year yield and the euro, with standard errors."""
    moves = pd.DataFrame(
        {
            "gain": np.log(monthly("japan_reserves_monthly", "securities_usd_mn")).diff(),
            "yield": monthly("us_yields_daily", "5Y").diff() / 100.0,
            "euro": np.log(monthly("fx_daily", "EUR")).diff(),
        }
    )["2023-10":].drop(index=list(INTERVENED), errors="ignore")
    moves = moves.dropna()
    ahead = np.column_stack([np.ones(len(moves)), moves["yield"], moves["euro"]])
    found, rest, _, _ = np.linalg.lstsq(ahead, moves["gain"].to_numpy(), rcond=None)
    spread = rest[0] / (len(moves) - 3) * np.linalg.inv(ahead.T @ ahead)
    return found[1:], np.sqrt(np.diag(spread))[1:]


def test_at_most_the_dollar_part_of_reserve_securities_is_treasuries() -> None:
    (_, euro), (_, error) = revaluation()
    row = japan_numbers()["treasuries_per_reserve_security"]
    assert row.high == pytest.approx(1.0 - euro, abs=0.005)
    assert error == pytest.approx(0.04, abs=0.005)
    assert row.value == pytest.approx(0.9 * (1.0 - euro), abs=0.01)


def test_the_official_book_has_the_duration_its_reserves_show() -> None:
    (slope, euro), (error, _) = revaluation()
    built, books = vintage("2025-02"), japan_books(date(2025, 2, 28))
    notes = built.books[built.holders.index("jpn_official")].copy()
    notes[0] -= books.official_bills
    years = notes @ BUCKET_DURATIONS_YEARS + books.official_bills * BILL_DURATION_YEARS
    # If bonds in euro had half the beta to American yields, the dollar part would have more.
    most = -slope / (1.0 - 0.5 * euro)
    assert -slope - 2.0 * error < years / books.official < most + 2.0 * error


@pytest.mark.parametrize("month", ["2021-08", "2023-05", "2024-05", "2026-04", "2026-07"])
def test_bills_and_notes_of_both_books_sum_to_the_published_table(month: str) -> None:
    built = vintage(month)
    row = japan("holdings_usd_bn").loc[pd.Timestamp(built.date)]
    books = japan_books(built.date)
    notes = books.official - books.official_bills + books.private - books.private_bills
    assert notes == pytest.approx(row["long_term"])
    assert books.official_bills + books.private_bills == pytest.approx(
        row["total"] - row["long_term"]
    )
    for holder, bills in (
        ("jpn_official", books.official_bills),
        ("jpn_private", books.private_bills),
    ):
        assert 0.0 < bills < built.books[built.holders.index(holder), 0]
    assert built.book("jpn_official") == pytest.approx(books.official, abs=1e-8)


@pytest.mark.parametrize("month", ["2013-04", "2026-07"])
def test_official_notes_keep_the_maturities_quoted_of_reserves(month: str) -> None:
    built = vintage(month)
    notes = built.books[built.holders.index("jpn_official")].copy()
    notes[0] -= japan_books(built.date).official_bills
    assert notes[1:3].sum() / notes[1:].sum() == pytest.approx(64.1 / (64.1 + 26.1), abs=0.01)


def test_before_the_tables_the_split_is_an_assumption_and_says_so() -> None:
    early = vintage("2010-01")
    row = next(each for each in official_shares() if each.key == "jpn")
    figure = next(f for f in early.figures if f.name == "official_share" and f.holder == "jpn")
    assert (figure.value, figure.standing) == (row.value, "assumption")
    assert japan_books(early.date).deposits is None
    newer = next(f for f in vintage().figures if f.name == "official_share" and f.holder == "jpn")
    assert newer.standing == "derived"


def test_bills_of_others_never_exceed_what_all_of_japan_held() -> None:
    held = japan("holdings_usd_bn")
    bills = held["total"] - held["long_term"]
    assert f"{bills.idxmin():%Y-%m}" == "2023-05"
    least = japan_books(bills.idxmin().date())
    high = japan_numbers()["private_bill_share"].high
    assert high * least.private < 1.1 * bills.min()
    assert least.private_bills < bills.min()


def test_the_bills_of_april_2026_paid_for_the_intervention_of_may() -> None:
    before, after = japan_books(date(2026, 4, 30)), japan_books(date(2026, 5, 31))
    securities = monthly("japan_reserves_monthly", "securities_usd_mn") / 1e3
    sold = securities["2026-04"] - securities["2026-05"]
    assert before.official_bills > sold > 0.7 * before.official_bills
    assert before.official_bills - after.official_bills > 0.7 * sold
    assert after.deposits == pytest.approx(162.235)


def test_bills_of_japan_change_by_what_is_bought_on_balance() -> None:
    held, bought = japan("holdings_usd_bn"), japan("net_purchases_usd_bn")
    bills = (held["total"] - held["long_term"]).diff()[bought.index]
    assert (bills - (bought["total"] - bought["long_term"])).abs().max() < 0.01
    assert len(bought) == 42


def test_table_3_sums_to_the_grand_total_but_where_it_was_revised() -> None:
    frame = table("tic_table3_monthly")
    wide = frame[frame["maturity"] == "total"].pivot(
        index="date", columns="holder", values="holdings_usd_bn"
    )
    older = table("tic_holdings_monthly")
    older = older[(older["country"] == "Grand Total") & (older["series"] == "primary")]
    gap = wide["Foreign official"] + wide["Foreign non-official"]
    gap = (gap - older.set_index("date")["usd_bn"]).dropna().abs()
    revised = (gap.index > "2024-11-30") & (gap.index < "2025-07-01")
    assert gap[~revised].max() < 0.11
    assert len(gap) == 47


def test_reserves_add_up_in_every_month() -> None:
    frame = table("japan_reserves_monthly")
    parts = frame["securities_usd_mn"] + frame["deposits_usd_mn"]
    assert (parts - frame["foreign_currency_reserves_usd_mn"]).abs().max() <= 1.0
    assert len(frame) == 40
