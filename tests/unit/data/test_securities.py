"""The list of securities against the published averages and totals, and carried forward."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from selloff.data import PACKAGED, federal, table, vintage
from selloff.data.assumptions import auction_mix, bucket_mean_years, class_maturity
from selloff.data.debt import read_debt
from selloff.data.securities import CLASSES, Securities, read_securities
from selloff.vocab import BUCKET_EDGES, BUCKETS, TENORS

LISTED = date(2026, 5, 31)
LATER = date(2026, 7, 31)


def published(day: date) -> np.ndarray:
    row = table("mspd_by_class_monthly").set_index("date").loc[str(day)]
    return row[[f"{name}_usd_bn" for name in CLASSES]].to_numpy()


def listed(day: date) -> Securities:
    found = read_securities(PACKAGED, day, published(day))
    assert found is not None
    return found


def raw() -> pd.DataFrame:
    frame = table("securities_ladder")
    years = (pd.to_datetime(frame["maturity_date"]) - frame["date"]).dt.days / 365.25
    bucket = pd.cut(years, BUCKET_EDGES, right=False, labels=list(BUCKETS))
    return frame.assign(years=years, bucket=bucket)


def test_average_maturity_is_the_published_one() -> None:
    frame = raw()
    mean = (frame["years"] * frame["face_usd_bn"]).sum() / frame["face_usd_bn"].sum()
    assert mean == pytest.approx(5.87, abs=0.005)
    found = next(f.value for f in vintage("2026-05").figures if f.name == "average_maturity")
    assert found / 12.0 == pytest.approx(5.87, abs=0.01)


@pytest.mark.parametrize("day", [LISTED, date(2026, 6, 30), LATER])
def test_classes_sum_to_the_published_totals_by_bucket_and_by_quarter(day: date) -> None:
    debt = read_debt(PACKAGED, day)
    assert debt.by_class_bucket.sum(axis=1) == pytest.approx(published(day), abs=1e-8)
    assert debt.due.sum(axis=1) == pytest.approx(published(day), abs=1e-8)
    assert debt.due[:, :4].sum(axis=1) == pytest.approx(debt.by_class_bucket[:, 0], abs=1e-8)


def test_the_list_itself_is_within_a_fifth_of_a_percent_of_the_published_classes() -> None:
    sums = raw().groupby("security")["face_usd_bn"].sum()[list(CLASSES)]
    assert sums.to_numpy() == pytest.approx(published(LISTED), rel=0.0025)


def test_what_is_still_alive_two_months_later_keeps_its_amount_and_its_coupon() -> None:
    found, old = listed(LATER), raw().query("security == 'notes'")
    mine = found.kind == CLASSES.index("notes")
    alive = old[old["maturity_date"] > str(LATER)]
    assert found.face[mine][: len(alive)] == pytest.approx(alive["face_usd_bn"].to_numpy())
    assert found.coupon_pct[mine][: len(alive)] == pytest.approx(alive["coupon_pct"].to_numpy())
    assert mine.sum() == len(alive) + (auction_mix()["notes"] > 0.0).sum()
    new = found.face[mine][len(alive) :].sum()
    # June and July: seven notes a month of 58 to 70 USD bn, and what the Fed rolls over.
    sold = table("coupon_auctions")
    sold = sold[(sold["date"] > "2026-05-31") & (sold["date"] <= "2026-07-31")]
    notes = sold[~sold["tenor"].isin(["20Y", "30Y"])]["offering_usd_bn"].sum()
    assert 0.95 * notes < new < 1.25 * notes


def test_coupons_of_the_bucket_are_those_of_its_securities() -> None:
    frame = raw().query("security in ('notes', 'bonds') and bucket == '10-20Y'")
    own = np.average(frame["coupon_pct"], weights=frame["face_usd_bn"])
    tips = published(LISTED)[CLASSES.index("tips")] * 0.1028
    rate = next(f.value for f in vintage("2026-05").figures if f.name == "average_rate_tips")
    mixed = (own * frame["face_usd_bn"].sum() + rate * tips) / (frame["face_usd_bn"].sum() + tips)
    assert vintage("2026-05").coupon_pct[BUCKETS.index("10-20Y")] == pytest.approx(mixed, abs=0.01)


def test_before_the_list_classes_are_spread_as_on_its_day() -> None:
    assert read_securities(PACKAGED, date(2026, 4, 30), published(date(2026, 4, 30))) is None
    shares = raw().pivot_table(
        index="security", columns="bucket", values="face_usd_bn", aggfunc="sum", observed=False
    )
    shares = shares.div(shares.sum(axis=1), axis=0)
    for name, profile in class_maturity().items():
        assert profile == pytest.approx(shares.loc[name].to_numpy(), abs=2e-6), name
    coupons = raw().query("security != 'bills'")
    for place, bucket in enumerate(BUCKETS):
        mine = coupons[coupons["bucket"] == bucket]
        mean = np.average(mine["years"], weights=mine["face_usd_bn"])
        assert bucket_mean_years()["coupons"][place] == pytest.approx(mean, abs=1e-4)


def test_mixes_at_auction_are_those_of_a_year_of_auctions() -> None:
    sold = table("coupon_auctions").groupby("tenor")["offering_usd_bn"].sum()
    for name, tenors in (("notes", ("2Y", "3Y", "5Y", "7Y", "10Y")), ("bonds", ("20Y", "30Y"))):
        for tenor in tenors:
            part = sold[tenor] / sold[list(tenors)].sum()
            assert auction_mix()[name][TENORS.at(tenor)] == pytest.approx(part, abs=1e-4)


def test_the_award_is_shared_by_three_kinds_of_bidders() -> None:
    sold = table("coupon_auctions")
    parts = sold[["primary_dealer_pct", "direct_pct", "indirect_pct"]].sum(axis=1)
    assert (parts - 100.0).abs().max() < 0.05


def test_the_wall_of_the_first_year_is_the_listed_one() -> None:
    due = read_debt(PACKAGED, LISTED).due[CLASSES.index("notes"), :4]
    notes = raw().query("security == 'notes' and years < 1.0")
    quarter = np.floor(4.0 * notes["years"])
    scale = (
        published(LISTED)[CLASSES.index("notes")]
        / raw().query("security == 'notes'")["face_usd_bn"].sum()
    )
    expected = notes.groupby(quarter)["face_usd_bn"].sum().to_numpy() * scale
    assert due == pytest.approx(expected)
    assert federal(vintage(), 4).gross[0, TENORS.at("2Y")] > 0.0


def test_bills_pay_the_market_rate_once_the_averages_end() -> None:
    late = {f.name: f for f in vintage().figures if f.name.startswith("average_rate")}
    quoted = table("us_yields_daily")[["date", "3M"]].dropna()
    quoted = quoted[quoted["date"] <= str(LATER)]["3M"].iloc[-1]
    assert late["average_rate_bills"].value == late["average_rate_frn"].value == quoted
    early = {f.name: f.value for f in vintage("2025-05").figures}
    assert early["average_rate_bills"] == 4.316
