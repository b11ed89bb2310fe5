"""From the monitor to scenarios, and back to one answer."""

from datetime import date

import numpy as np
import pytest

from selloff.apps._loading import load_checked
from selloff.studies.monitor import HORIZON, ahead, nowcast, weighted
from selloff.vocab import InputError

DAY = date(2026, 9, 18)


@pytest.mark.parametrize("holder", ["japan", "china"])
def test_the_questions_are_scenarios_the_model_takes(holder: str) -> None:
    found = ahead(nowcast(holder, DAY, n_draws=5), 500.0)
    assert sum(found.chance.values()) == pytest.approx(1.0)
    loaded = load_checked(list(found.scenarios.values()))
    assert [each.name for each in loaded] == [f"{holder}-quiet", f"{holder}-fast"]
    assert all(each.horizon_years == HORIZON for each in loaded)
    quiet, fast = (each["sellers"][0] for each in found.scenarios.values())
    assert quiet["pace"]["years"] > fast["pace"]["years"]
    assert (
        quiet["sale_usd_bn"] / quiet["pace"]["years"] < fast["sale_usd_bn"] / fast["pace"]["years"]
    )


def test_nobody_sells_more_than_there_is() -> None:
    found = ahead(nowcast("japan", DAY, n_draws=5), 30.0)
    assert [each["sellers"][0]["sale_usd_bn"] for each in found.scenarios.values()] == [30.0, 30.0]


def test_a_holder_the_model_does_not_know_as_a_seller_is_refused() -> None:
    with pytest.raises(InputError, match="japan, china"):
        ahead(nowcast("uk", DAY, n_draws=5), 500.0)


def test_weights_are_copies() -> None:
    """Five copies of each quiet draw, two of each fast one and zeros for the rest."""
    rng = np.random.default_rng(0)
    draws = {"quiet": rng.normal(2.0, 1.0, 400), "fast": rng.normal(9.0, 3.0, 400)}
    found = weighted(draws, {"none": 0.3, "quiet": 0.5, "fast": 0.2})
    copies = [np.zeros(1200), np.repeat(draws["quiet"], 5), np.repeat(draws["fast"], 2)]
    wanted = np.quantile(np.concatenate(copies), (0.05, 0.5, 0.95), method="inverted_cdf")
    np.testing.assert_allclose([found[each] for each in ("p05", "p50", "p95")], wanted)


def test_where_no_sale_is_likely_enough_nothing_happens_at_the_median() -> None:
    found = weighted(
        {"quiet": np.ones(9), "fast": np.ones(9)}, {"none": 0.8, "quiet": 0.1, "fast": 0.1}
    )
    assert (found["p05"], found["p50"], found["p95"]) == (0.0, 0.0, 1.0)
