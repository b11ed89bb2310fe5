"""Sizes of the bond markets abroad."""

from datetime import date

import pytest

from selloff.data import bond_markets, bonds_abroad
from selloff.vocab import FOREIGN


def test_every_size_is_quoted_with_date_and_address() -> None:
    assert {each.currency for each in bond_markets()} == set(FOREIGN)
    for each in bond_markets():
        assert 0.0 < each.outstanding.value < 3.0
        assert each.outstanding.source
        assert each.outstanding.url.startswith("http")
        assert each.reason


def test_sizes_run_straight_between_the_days_at_hand_and_flat_beyond() -> None:
    first, second, last = (each for each in bond_markets() if each.currency == "GBP")
    ends = [first.outstanding, second.outstanding, last.outstanding]
    assert [bonds_abroad(each.date)["GBP"] for each in ends] == [each.value for each in ends]
    assert bonds_abroad(date(2000, 1, 3))["GBP"] == ends[0].value
    assert bonds_abroad(date(2026, 7, 31))["GBP"] == ends[2].value
    days = (ends[1].date - ends[0].date).days
    middle = date.fromordinal(ends[0].date.toordinal() + days // 2)
    assert bonds_abroad(middle)["GBP"] == pytest.approx(0.66, abs=1e-3)
