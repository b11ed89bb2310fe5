"""What Treasuries pay a Japanese investor."""

import pytest

from selloff.data import vintage
from selloff.evidence import parameters
from selloff.studies.carry import carry


def test_the_arithmetic_of_a_day() -> None:
    """July 2026: 4.75 against 2.801 at ten years; bills 3.89, the call rate 0.977."""
    rows = {row.tenor: row for row in carry(vintage("2026-07"))}
    ten = rows["10Y"]
    basis = parameters()["hedge_basis"].p50
    assert ten.unhedged_pickup_pct == pytest.approx(4.75 - 2.801)
    assert ten.hedge_cost_pct == pytest.approx(3.89 - 0.977 + basis)
    assert ten.hedged_pickup_pct == pytest.approx(4.75 - 2.801 - (3.89 - 0.977 + basis))
    assert ten.hedged_pct == pytest.approx(ten.jgb_pct + ten.hedged_pickup_pct)


def test_hedging_paid_when_dollar_rates_were_at_zero() -> None:
    rows = carry(vintage("2014-06"))
    assert all(row.hedged_pickup_pct > 0.0 for row in rows if row.tenor in ("10Y", "30Y"))


def test_a_day_without_a_yen_rate_is_told() -> None:
    """The call rate begins in 1998, books in 2000: every vintage has one."""
    assert carry(vintage("2000-06"))[0].hedge_cost_pct > 5.0
