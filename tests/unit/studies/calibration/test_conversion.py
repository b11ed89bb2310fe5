"""Published estimates in common units, against the sums done by hand."""

from dataclasses import replace

import numpy as np
import pytest

from marks import every
from selloff.evidence import PublishedEstimate, estimates
from selloff.studies.calibration.conversion import convert, debt_stock, us_gdp
from selloff.studies.calibration.meta_rows import QUANTITIES

ROWS = {each.id: each for each in estimates()}
# Middle per USD 100bn of 10-year equivalents by GDP, as worked out by hand with rounded GDP.
BY_HAND = {
    "beltran-short": 45.0,
    "beltran-long": 18.0,
    "wolcott": 34.0,
    "kaminska-zinna": 5.7,
    "imf-uphill": 1.95,
    "damico-king": 6.6,
    "hamilton-wu": 1.5,
    "bonis": 2.4,
    "cbo-2019": 1.15,
    "plante": 1.4,
    "schroders": 4.2,
    "march-2020": 20.5,
}

# Low and high per USD 100bn of face, amounts grown with the stock of debt.
FACE_BY_STOCK = {
    "beltran-short": (6.5, 9.7),
    "ahmed-rebucci": (44.0, 44.0),
    "ahmed-rebucci-simple": (8.0, 19.0),
    "imf-uphill": (0.7, 0.9),
}
# Low and high per 1% of GDP in face.
PER_GDP = {
    "beltran-short": (58.0, 87.0),
    "ahmed-rebucci": (176.0, 176.0),
    "ahmed-rebucci-simple": (33.0, 78.0),
    "imf-uphill": (2.8, 3.4),
    "gagnon": (4.2, 8.4),
    "cbo-2019": (2.0, 3.0),
}


@pytest.mark.parametrize("name", list(BY_HAND))
def test_middles_are_those_worked_out_by_hand(name: str) -> None:
    assert convert(ROWS[name]).per_100bn_tye_gdp[1] == pytest.approx(BY_HAND[name], rel=0.12)


@pytest.mark.parametrize("name", list(FACE_BY_STOCK))
def test_ranges_by_stock_are_those_worked_out_by_hand(name: str) -> None:
    low, _, high = (x * ROWS[name].face_to_tye for x in convert(ROWS[name]).per_100bn_tye_stock)
    assert (low, high) == pytest.approx(FACE_BY_STOCK[name], rel=0.07)


@pytest.mark.parametrize("name", list(PER_GDP))
def test_ranges_per_percent_of_gdp_are_those_worked_out_by_hand(name: str) -> None:
    low, _, high = convert(ROWS[name]).per_pct_gdp
    assert (low, high) == pytest.approx(PER_GDP[name], rel=0.03)


def test_the_two_normalisations_agree_in_the_common_year_and_differ_before() -> None:
    recent, old = convert(ROWS["cbo-2019"]), convert(ROWS["beltran-short"])
    assert recent.per_100bn_tye_gdp == pytest.approx(recent.per_100bn_tye_stock)
    assert old.per_100bn_tye_gdp[1] / old.per_100bn_tye_stock[1] == pytest.approx(
        (debt_stock(2024) / debt_stock(2007)) / (us_gdp(2024) / us_gdp(2007))
    )


def test_currencies_are_per_percent_of_their_own_gdp() -> None:
    found = convert(ROWS["adler"])
    assert found.per_pct_gdp == pytest.approx((1.7, 1.84, 2.0))
    assert np.isnan(found.per_100bn_tye_gdp[1])


def test_steps_show_every_number() -> None:
    steps = " ".join(convert(ROWS["gagnon"]).steps)
    for part in ("1,725bn", "0.49", "845bn", "assumption", "71bp", "4.15bp", "2.16bp"):
        assert part in steps


def test_twice_the_shock_is_half_the_impact() -> None:
    row = ROWS["bonis"]
    once, twice = convert(row), convert(replace(row, shock_size=2.0 * row.shock_size))
    assert twice.per_pct_stock == pytest.approx([x / 2.0 for x in once.per_pct_stock])


def test_an_unknown_kind_of_shock_is_told() -> None:
    with pytest.raises(ValueError, match="unknown shock_kind 'tons'"):
        convert(replace(ROWS["bonis"], shock_kind="tons"))


@every((row for row in estimates() if row.quantity in QUANTITIES), lambda row: row.id)
def test_every_row_that_counts_is_finite_and_in_order(row: PublishedEstimate) -> None:
    """The other news in a noisy one may be larger than its effect: low may be below zero."""
    if row.unit == "years":
        assert 0.0 < row.low <= row.mid <= row.high
        return
    found = convert(row)
    triple = found.per_pct_gdp if row.unit == "percent" else found.per_100bn_tye_gdp
    least = -np.inf if row.bound == "noisy" else 0.0
    assert least < triple[0] <= triple[1] <= triple[2] < 1e3
    assert triple[1] > 0.0
