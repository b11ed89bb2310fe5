import pytest

from selloff.data import Figure, shipped, table, vintage
from selloff.data.assumptions import domestic_split, holder_maturity, z1_shares
from selloff.data.domestic import read_domestic


def total(month: str, holder: str) -> Figure:
    return next(
        f for f in vintage(month).figures if f.name == "holder_total" and f.holder == holder
    )


def test_split_of_the_remainder_sums_to_one() -> None:
    assert sum(row.value for row in domestic_split().values()) == pytest.approx(1.0, abs=1e-12)
    assert all(row.low < row.value < row.high for row in domestic_split().values())


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


def test_fed_keeps_the_published_shape() -> None:
    shape = table("fed_maturity_2022").set_index("remaining_maturity")["usd_mn"]
    within = shape[["within_15_days", "16_to_90_days", "91_days_to_1_year"]].sum() / shape["all"]
    built = vintage()
    row = built.books[built.holders.index("fed")] / built.book("fed")
    assert row[0] == pytest.approx(within, abs=1e-5)
    assert row[1] + row[2] == pytest.approx(shape["over_1_to_5_years"] / shape["all"], abs=1e-5)
    assert row[3] + row[4] == pytest.approx(shape["over_5_to_10_years"] / shape["all"], abs=1e-5)


def test_z1_lines_are_data_from_the_quarter_known_and_assumptions_before() -> None:
    household = total("2026-07", "usa_household")
    assert (household.value, household.standing, str(household.as_of)) == (
        2960.9,
        "data",
        "2025-09-30",
    )
    assert total("2026-07", "usa_nonfinancial").value == pytest.approx(131.9 + 88.2)
    assert total("2022-11", "usa_household").standing == "assumption"
    assert total("2022-12", "usa_household").value == 1674.4


def test_z1_shares_copy_the_first_quarter_found() -> None:
    lines = table("z1_holders_partial")
    first = lines[lines["date"] == "2022-12-31"].set_index("series_code")["usd_bn"]
    liability = first["FL313161105"]
    assert z1_shares()["usa_household"].value == pytest.approx(
        first["LM153061105"] / liability, abs=1e-6
    )
    assert z1_shares()["usa_state_local"].value == pytest.approx(
        first["LM213061103"] / liability, abs=1e-6
    )


def test_holders_that_exceed_the_debt_are_refused() -> None:
    built = vintage("2020-02")
    with pytest.raises(LookupError, match="exceed the debt"):
        read_domestic(shipped(), built.date, outstanding=9000.0, foreign=7226.0)
