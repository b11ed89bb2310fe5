from datetime import date

import pytest

from selloff.data import PACKAGED, table, vintage
from selloff.data.assumptions import class_maturity, scalars
from selloff.data.debt import CLASSES, read_debt


def anchor(month: str, name: str) -> float:
    return next(f.value for f in vintage(month).figures if f.name == name)


def test_maturity_agrees_with_the_two_published_facts_of_december_2025() -> None:
    assert anchor("2025-12", "share_within_1y") == pytest.approx(0.33, abs=0.005)
    assert anchor("2025-12", "average_maturity") == pytest.approx(70.0, abs=1.0)


def test_outstanding_equals_the_published_classes() -> None:
    row = table("mspd_by_class_monthly").set_index("date").loc["2013-04-30"]
    debt = read_debt(PACKAGED, date(2013, 4, 30))
    assert debt.by_class_bucket.sum(axis=1) == pytest.approx(row.to_numpy(), abs=1e-9)


def test_bills_mature_within_a_year() -> None:
    debt = read_debt(PACKAGED, date(2026, 7, 31))
    bills = debt.by_class_bucket[CLASSES.index("bills")]
    assert bills[0] == pytest.approx(6988.9)
    assert (bills[1:] == 0.0).all()


def test_profiles_are_shares() -> None:
    for profile in class_maturity().values():
        assert profile.sum() == pytest.approx(1.0, abs=1e-12)
        assert (profile >= 0.0).all()


def test_before_2006_the_debt_is_an_assumption_and_joins_the_data() -> None:
    early = read_debt(PACKAGED, date(2005, 12, 31))
    standings = {f.standing for f in early.figures if f.name.startswith("outstanding_")}
    assert standings == {"assumption"}
    joined = read_debt(PACKAGED, date(2006, 1, 31))
    assert early.outstanding.sum() == pytest.approx(joined.outstanding.sum(), rel=0.01)
    shares = [scalars()[f"class_share_{name}"].value for name in CLASSES]
    assert sum(shares) == pytest.approx(1.0, abs=1e-9)


def test_coupons_average_to_the_published_rate_of_marketable_debt() -> None:
    built = vintage("2025-05")
    average = float(built.coupon_pct @ built.outstanding / built.outstanding.sum())
    published = 3.362  # TIPS enter ours at their real rate, the published one with inflation
    assert published - 0.20 < average < published


def test_coupons_before_the_series_starts_are_assumptions() -> None:
    standing = {
        f.name: f.standing for f in vintage("2000-12").figures if f.name.startswith("average_rate")
    }
    assert set(standing.values()) == {"assumption"}
    later = {
        f.name: f.standing for f in vintage("2001-01").figures if f.name.startswith("average_rate")
    }
    assert later["average_rate_notes"] == "data"
