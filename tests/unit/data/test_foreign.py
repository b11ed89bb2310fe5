import numpy as np
import pytest

from selloff.data import table, vintage
from selloff.data.assumptions import official_shares, short_term_shares
from selloff.vocab.holders import holders


def shares(month: str) -> dict[str | None, float]:
    return {f.holder: f.value for f in vintage(month).figures if f.name == "official_share"}


def test_every_country_line_has_a_share_and_its_holders() -> None:
    lines = set(table("tic_holdings_monthly")["country"]) - {"Grand Total"}
    assert {row.label for row in official_shares()} == lines
    for row in official_shares():
        books = {"official", "private"} if row.value > 0.0 else {"hedge_fund"}
        assert all(f"{row.key}_{book}" in holders() for book in books)
        assert row.reason


def test_shares_in_the_vintage_stay_near_their_ranges() -> None:
    found = shares("2026-07")
    known = [
        row
        for row in official_shares()
        if row.key in found and row.value > 0.0 and row.key != "jpn"
    ]
    assert len(known) > 5
    for row in known:
        assert row.low - 0.05 <= found[row.key] <= row.high + 0.05, row.key


def test_japan_official_book_does_not_exceed_its_reserve_securities() -> None:
    reserves = table("japan_reserves_monthly").dropna(subset="securities_usd_mn")
    assert len(reserves) > 2
    days = zip(reserves["date"][::6], reserves["securities_usd_mn"][::6], strict=True)
    for day, securities in days:
        built = vintage(f"{day:%Y-%m}")
        assert built.book("jpn_official") < securities / 1e3


def test_short_term_shares_copy_the_survey() -> None:
    survey = table("shl_2024_partial").dropna()
    names = {row.label: row.key for row in official_shares()}
    total = survey["lt_treasury_usd_mn"] + survey["st_treasury_usd_mn"]
    shares_of = zip(survey["country"], survey["st_treasury_usd_mn"] / total, strict=True)
    known = {names[c]: x for c, x in shares_of if names.get(c) in short_term_shares()}
    assert len(known) > 5
    for key, share in known.items():
        assert short_term_shares()[key].value == pytest.approx(share, abs=5e-5)


def test_rest_of_world_is_what_the_listed_countries_leave() -> None:
    built = vintage("2025-09")
    lines = {f.holder: f for f in built.figures if f.name == "country_total"}
    listed = sum(figure.value for key, figure in lines.items() if key != "row")
    total = next(f.value for f in built.figures if f.name == "foreign_total")
    assert lines["row"].value == pytest.approx(total - listed)
    assert lines["row"].standing == "derived"
    assert 500.0 < lines["row"].value < 1000.0


def test_official_books_can_hold_the_published_bills() -> None:
    built = vintage()
    bills = next(f.value for f in built.figures if f.name == "foreign_official_bills")
    official = np.array([name.endswith("_official") for name in built.holders])
    short = float(built.books[official, 0].sum())
    assert bills == 354.4
    assert bills < short < 2.5 * bills


def test_foreign_books_are_by_custodian_and_say_so() -> None:
    notes = [f.note for f in vintage().figures if f.name == "country_total"]
    assert all("custodian" in note for note in notes)
