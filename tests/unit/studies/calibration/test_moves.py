"""Rank correlations between parameters and headline numbers."""

import numpy as np

from selloff.evidence import Bank, load_moves, parameters
from selloff.studies.calibration.moves import rank_correlations
from selloff.vocab import metrics


def test_ranks_and_not_sizes_count() -> None:
    x = np.linspace(1.0, 2.0, 50)
    bank = Bank({"permanent_impact": x, "supply_decay": x[::-1], "credibility": np.ones(50)}, {})
    metrics = {"rises": np.exp(9.0 * x), "never": np.ones(50)}
    found = rank_correlations(bank, metrics, rows=np.arange(50))
    assert found["permanent_impact"] == {"rises": 1.0, "never": 0.0}
    assert found["supply_decay"]["rises"] == -1.0
    assert "credibility" not in found


def test_draws_that_never_finish_rank_last_and_rows_are_those_of_the_draws() -> None:
    x = np.array([1.0, 2.0, 3.0])
    bank = Bank({"permanent_impact": x}, {})
    days = np.array([6.0, np.nan, 5.0, np.nan, 5.0, 6.0])
    rows = np.array([1, 2, 0, 2, 0, 1])
    assert rank_correlations(bank, {"days": days}, rows=rows)["permanent_impact"]["days"] == 1.0


def test_what_ships_knows_every_metric_and_says_what_is_plain() -> None:
    shipped = load_moves()["correlations"]
    assert set(shipped) <= set(parameters())
    assert all(set(row) == set(metrics()) for row in shipped.values())
    assert shipped["permanent_impact"]["us_10y_end_bp"] > 0.5
    assert shipped["fx_half_life"]["usdjpy_after_1y_pct"] < -0.3
    assert shipped["dealer_capacity"]["days_to_complete"] < -0.1
