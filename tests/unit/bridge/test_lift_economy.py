"""The economy in the units of its variables, one by one."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import questions
from selloff.bridge.lift_economy import convert_economy, economy_constants, economy_coords
from selloff.engine import Transmitted
from selloff.vocab import RESERVE_ASSETS, variables

FOUND = questions.transmitted("everything")
Reader = Callable[[Transmitted], Any]
PERCENT: dict[str, Reader] = {
    "delta_us_unemployment": lambda t: t.us.unemployment,
    "delta_us_inflation": lambda t: t.us.inflation,
    "us_debt_ratio": lambda t: t.us.debt_ratio,
    "us_debt_ratio_base": lambda t: t.us.debt_ratio_base,
    "us_interest_to_revenue": lambda t: t.us.interest_to_revenue,
    "us_interest_to_revenue_base": lambda t: t.us.interest_to_revenue_base,
    "exporter_profit": lambda t: t.japan.profits,
    "em_flow_loss": lambda t: t.emerging.flow_loss,
    "reserve_share": lambda t: t.reserves.share,
    "reserve_share_base": lambda t: t.reserves.share_base,
    "reserve_price_fast": lambda t: t.price_fast,
    "reserve_price_slow": lambda t: t.price_slow,
}
LOGS: dict[str, Reader] = {
    "delta_us_gdp": lambda t: t.us.gdp,
    "delta_japan_cpi": lambda t: t.japan.cpi,
    "delta_japan_gdp": lambda t: t.japan.gdp,
    "delta_japan_exports": lambda t: t.japan.exports,
}
POINTS: dict[str, Reader] = {
    "delta_us_policy_rate": lambda t: t.policy_rate,
    "delta_us_10y_quarter": lambda t: t.us.ten_year,
    "fiscal_premium": lambda t: t.us.premium,
}
AS_IT_IS: dict[str, Reader] = {
    "federal_interest": lambda t: t.us.interest,
    "federal_deficit": lambda t: t.us.deficit,
    "federal_debt": lambda t: t.us.debt,
    "federal_interest_base": lambda t: t.us.interest_base,
    "downgrade_prob": lambda t: t.downgrade,
    "downgrade_prob_base": lambda t: t.downgrade_base,
    "mortgage_payment": lambda t: t.borrowers.payment,
    "corporate_refinancing": lambda t: t.borrowers.refinancing,
    "japan_branch": lambda t: t.japan.branch,
    "japan_reserve_loss": lambda t: t.japan.reserve_loss,
    "boj_assets": lambda t: t.japan.boj_assets,
    "insurer_hedge_bill": lambda t: t.japan.hedge_bill,
    "em_crisis_prob": lambda t: t.emerging.crisis_prob,
    "em_crisis_prob_base": lambda t: t.emerging.crisis_prob_base,
    "reserve_tipped": lambda t: t.reserves.tipped,
}
STEPS: dict[str, Callable[[Transmitted], Any]] = {
    "delta_volatility": lambda t: np.asarray(t.markets.volatility),
    "delta_borrowing_rate": lambda t: np.asarray(t.markets.rates) * 1e4,
    "delta_asset_price": lambda t: 100.0 * (np.exp(np.asarray(t.markets.assets)) - 1.0),
}


def test_every_variable_of_the_economy_is_converted_here() -> None:
    known = {*PERCENT, *LOGS, *POINTS, *AS_IT_IS, *STEPS}
    assert set(convert_economy(FOUND, 3)) == known


@pytest.mark.parametrize("name", [*PERCENT, *LOGS, *POINTS, *AS_IT_IS])
def test_units(name: str) -> None:
    given = convert_economy(FOUND, 3)[name]
    readers = PERCENT | LOGS | POINTS | AS_IT_IS
    plain = np.asarray(readers[name](FOUND), dtype=float)[:3]
    factor = 100.0 if name in PERCENT else 1e4 if name in POINTS else 1.0
    wanted = 100.0 * (np.exp(plain) - 1.0) if name in LOGS else factor * plain
    np.testing.assert_allclose(given, wanted, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", STEPS)
def test_steps_open_at_nothing(name: str) -> None:
    given = convert_economy(FOUND, 3)[name]
    np.testing.assert_array_equal(given[:, 0], 0.0)
    np.testing.assert_allclose(given[:, 1:], STEPS[name](FOUND)[:3], rtol=1e-9, atol=1e-12)


def test_constants_and_labels_fit_the_variables() -> None:
    asked, world = questions.economy("everything"), questions.world()
    coords, fixed = economy_coords(asked, world), economy_constants(asked)
    assert len(coords["country"]) == fixed["em_current_account"].size
    assert list(coords["quarter_label"][1]) == [
        "2026-Q3", "2026-Q4", "2027-Q1", "2027-Q2", "2027-Q3", "2027-Q4"
    ]  # fmt: skip
    assert coords["year"].tolist() == list(range(2027, 2047))
    assert fixed["reserve_capacity"].shape == (len(RESERVE_ASSETS),)
    assert set(fixed) <= set(variables())
