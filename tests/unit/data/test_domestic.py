"""Domestic books against H.4.1, the Financial Accounts, SOMA and dealers' weekly positions."""

import pytest

from selloff.data import PACKAGED, Figure, Vintage, table, vintage
from selloff.data.assumptions import bucket_mean_years, holder_maturity
from selloff.data.domestic import AS_PUBLISHED, LEAST_USD_BN, Z1_COLUMNS, read_domestic
from selloff.data.fed_book import tilted
from selloff.evidence import parameters

SAMPLE = ("2000-03", "2008-09", "2013-04", "2020-02", "2025-12", "2026-07")


def total(month: str, holder: str) -> Figure:
    return next(
        f for f in vintage(month).figures if f.name == "holder_total" and f.holder == holder
    )


def scale(built: Vintage) -> float:
    return next(f.value for f in built.figures if f.name == "domestic_scale")


def test_every_profile_sums_to_one() -> None:
    for sector, profile in holder_maturity().items():
        assert profile.sum() == pytest.approx(1.0, abs=1e-6), sector


def test_fed_is_the_last_weekly_figure_on_or_before_the_month_end() -> None:
    assert str(total("2013-04", "fed").as_of) == "2013-04-24"
    late = total("2026-07", "fed")
    assert str(late.as_of) == "2026-06-17"
    assert late.standing == "data"


def test_fed_before_the_weekly_data_is_a_share_known_by_then() -> None:
    early = total("2002-11", "fed")
    assert early.standing == "derived"
    assert str(early.as_of) == "2001-12-31"
    assert early.value == pytest.approx(0.188 * vintage("2002-11").outstanding.sum())


@pytest.mark.parametrize("month", ["2013-12", "2020-09", "2025-12"])
def test_fed_has_the_average_maturity_and_the_share_within_a_year_of_soma(month: str) -> None:
    built = vintage(month)
    row = built.books[built.holders.index("fed")] / built.book("fed")
    soma = table("soma_maturity").set_index("date").loc[str(built.date)]
    assert row[0] == pytest.approx(soma["within_year_frac"], abs=1e-9)
    assert row @ bucket_mean_years()["coupons"] == pytest.approx(soma["wam_years"], abs=1e-6)


def test_the_share_called_bills_is_what_matures_within_a_year() -> None:
    shape = table("fed_maturity_2022").set_index("remaining_maturity")["usd_mn"]
    within = shape[["within_15_days", "16_to_90_days", "91_days_to_1_year"]].sum() / shape["all"]
    soma = table("soma_maturity").set_index("date")["within_year_frac"]
    assert within == pytest.approx(soma["2021-06-30"], abs=0.01)


def test_what_the_fed_bought_since_december_2025_is_bills() -> None:
    before, after = vintage("2025-12"), vintage("2026-07")
    rows = [each.books[each.holders.index("fed")] for each in (before, after)]
    assert rows[1][0] - rows[0][0] == pytest.approx(rows[1].sum() - rows[0].sum(), abs=1e-6)
    assert rows[1][1:] == pytest.approx(rows[0][1:])


def test_a_shape_that_fits_already_is_not_tilted() -> None:
    shape = holder_maturity()["fed"]
    years = float(shape @ bucket_mean_years()["coupons"])
    assert tilted(shape, within=shape[0], years=years) == pytest.approx(shape, abs=1e-9)


@pytest.mark.parametrize("month", SAMPLE)
def test_sectors_stand_to_each_other_as_in_the_financial_accounts(month: str) -> None:
    built = vintage(month)
    known = table("z1_holders_quarterly").query("date <= @built.date.isoformat()")
    for holder, column in Z1_COLUMNS.items():
        line = max(float(known[f"{column}_usd_bn"].dropna().iloc[-1]), LEAST_USD_BN)
        if holder == "usa_dealers":
            continue
        factor = 1.0 if holder in AS_PUBLISHED else scale(built)
        assert built.book(holder) == pytest.approx(factor * line, abs=1e-8), holder
    assert 0.85 < scale(built) < 1.25


def test_the_common_factor_is_mostly_the_price_of_the_debt() -> None:
    built, sums = vintage("2025-12"), table("z1_holders_quarterly").set_index("date")
    per_face = sums.loc["2025-12-31", "all_sectors_usd_bn"] / built.outstanding.sum()
    assert 0.9 < per_face < 1.0
    # All of the discount lies on the lines that are scaled: half the debt.
    assert scale(built) == pytest.approx(1.12, abs=0.02)


def test_dealers_follow_their_weekly_position_from_the_last_quarter_on() -> None:
    weekly = table("dealer_positions_weekly").set_index("date")["net_position_usd_bn"]
    line = table("z1_holders_quarterly").set_index("date")["dealers_usd_bn"]
    then = weekly[:"2025-12-31"].iloc[-1]
    moved = line["2025-12-31"] + weekly.iloc[-1] - then
    assert total("2026-07", "usa_dealers").value == pytest.approx(moved)
    assert str(total("2026-07", "usa_dealers").as_of) == "2026-03-02"
    # All brokers and dealers against primary ones: within 45 percent since 2017, but for the
    # reversals of 2021 and 2022.
    ratio = (line / weekly.resample("QE").last()).dropna()
    assert ratio["2023":].between(1.1, 1.45).all()
    assert ratio["2018":"2021-09"].between(0.8, 1.55).all()


@pytest.mark.parametrize("month", ["2020-02", "2025-09", "2026-07"])
def test_hedge_funds_at_home_fit_into_the_line_of_households(month: str) -> None:
    built = vintage(month)
    row = parameters()["levered_holdings_frac"]
    for part in (row.p05, row.p50):
        domestic = part * built.outstanding.sum() - built.book("cym_hedge_fund")
        assert 0.0 < domestic < built.book("usa_household")


def test_holders_that_exceed_the_debt_are_refused() -> None:
    built = vintage("2020-02")
    with pytest.raises(LookupError, match="exceed the debt"):
        read_domestic(PACKAGED, built.date, outstanding=9000.0, foreign=7226.0)
