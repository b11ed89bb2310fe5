from datetime import date

import numpy as np
import pytest

from selloff.data import PACKAGED, table, vintage
from selloff.data.markets import read_curves, read_fx, tenor_years


def test_tenors_become_years() -> None:
    assert tenor_years("3M") == 0.25
    assert tenor_years("30Y") == 30.0


def test_points_equal_the_published_yields() -> None:
    usd = vintage("2020-02").curves["USD"]
    row = table("us_yields_daily").set_index("date").loc["2020-02-28"].dropna()
    assert usd.as_of == date(2020, 2, 28)
    assert usd.tenor_years.tolist() == [tenor_years(name) for name in row.index]
    assert usd.par_yield_pct.tolist() == row.tolist()


def test_stale_points_are_left_out_and_late_ones_say_so() -> None:
    built = vintage("2026-07")
    usd = built.curves["USD"]
    assert 3.0 not in usd.tenor_years
    found = dict(zip(usd.tenor_years.tolist(), usd.point_as_of, strict=True))
    assert found[10.0] == date(2026, 7, 31)
    assert found[20.0] == date(2026, 7, 22)
    notes = {f.name: f.note for f in built.figures}
    assert "Left out" in notes["par_yield_usd_3y"]
    assert "Older" in notes["par_yield_usd_20y"]


def test_no_point_is_older_than_ten_business_days() -> None:
    for month in ("2000-03", "2006-01", "2013-04", "2023-12", "2026-07"):
        for curve in vintage(month).curves.values():
            assert list(curve.tenor_years) == sorted(curve.tenor_years)
            for when in curve.point_as_of:
                assert 0 <= np.busday_count(when, vintage(month).date) <= 10


def test_a_date_without_fresh_yields_is_refused() -> None:
    with pytest.raises(LookupError, match="no fresh USD yields"):
        read_curves(PACKAGED, date(2027, 3, 31))


def test_exchange_rates_are_the_last_fixing() -> None:
    rates, figures = read_fx(PACKAGED, date(2026, 7, 31))
    assert rates["USD"] == 1.0
    assert 1.0 / rates["JPY"] == pytest.approx(160.23509, abs=1e-6)
    assert {figure.as_of for figure in figures} == {date(2026, 7, 31)}


def test_yuan_before_its_fixing_comes_from_the_monthly_average() -> None:
    early = {f.name: f.source for f in vintage("2003-06").figures}
    late = {f.name: f.source for f in vintage("2006-06").figures}
    assert "H.10" in early["fx_usd_per_cny"]
    assert "European Central Bank" in late["fx_usd_per_cny"]


def test_a_date_before_any_rate_is_refused() -> None:
    with pytest.raises(LookupError, match="no JPY rate"):
        read_fx(PACKAGED, date(1998, 12, 31))
