"""What a sale costs its seller, asked of presets that differ in pace alone."""

from functools import cache

import numpy as np
import pytest

import selloff as so
from selloff.results import metric_draws
from selloff.scenario import BlockPace, Linear, load, preset_names

pytestmark = [pytest.mark.slow, pytest.mark.nightly]
DRAWS = 64
HORIZON_YEARS = 11.0
PARTS = ("execution", "conversion", "final_mark", "expected_sanction", "carry")
PACES = (None, 1.0, 10.0)
"""At once, and evenly over so many years."""
FROZEN = ("sanctions", "taiwan-conflict")
"""Hostile sellers, frozen in most draws at any pace: what is not sold yet is lost, so that haste
saves them more than it costs; docs/model/retaliation.md."""
SELLING = [name for name in preset_names() if load(name).sellers]


@cache
def bill(preset: str, years: float | None) -> dict[str, np.ndarray]:
    """The same sellers at another pace, in the same chance; without shocks, which have their own.

    A shock moves prices against the baseline whoever sells, and fades before a slow sale ends.
    """
    asked = load(preset)
    pace = Linear(kind="linear", years=years) if years else BlockPace(kind="block")
    changed = {
        "sellers": tuple(each.model_copy(update={"pace": pace}) for each in asked.sellers),
        "horizon_years": HORIZON_YEARS,
        "shocks": (),
    }
    answer = so.run(asked.model_copy(update=changed), draws=DRAWS, attribution=False)
    frozen = answer.summary["outcomes"].get("frozen", 0) / DRAWS
    return metric_draws(answer.dataset) | {"frozen": np.asarray(frozen)}


def costs(preset: str, *, but_for: str = "") -> list[float]:
    """Median bill by pace, the fastest first, all of it or but for a part [USD bn]."""
    found = []
    for years in PACES:
        numbers = bill(preset, years)
        cost = numbers["seller_total_cost_usd_bn"]
        cost = cost - numbers[f"seller_{but_for}_loss_usd_bn"] if but_for else cost
        found.append(float(np.median(cost)))
    return found


@pytest.mark.parametrize("preset", [name for name in SELLING if name not in FROZEN])
def test_the_faster_the_dearer(preset: str) -> None:
    at_once, one, ten = costs(preset)
    assert at_once > one > ten > 0.0


def test_for_japan_by_a_fifth_at_least() -> None:
    at_once, one, ten = costs("japan-dump")
    assert at_once > 1.2 * one > 1.2 * ten


@pytest.mark.parametrize("preset", FROZEN)
def test_where_a_freeze_takes_the_rest_haste_pays_and_costs_more_all_the_same(preset: str) -> None:
    """The one exception: frozen in most draws, and selling itself is dearer when fast."""
    assert all(bill(preset, years)["frozen"] > 0.5 for years in PACES)
    at_once, one, ten = costs(preset, but_for="expected_sanction")
    assert at_once > one > ten > 0.0
    sanction = [np.median(bill(preset, y)["seller_expected_sanction_loss_usd_bn"]) for y in PACES]
    assert sanction[0] < sanction[1] < sanction[2]


@pytest.mark.parametrize("years", PACES)
def test_parts_are_the_whole_in_every_draw(years: float | None) -> None:
    found = bill("japan-dump", years)
    parts = sum(found[f"seller_{part}_loss_usd_bn"] for part in PARTS)
    np.testing.assert_allclose(parts, found["seller_total_cost_usd_bn"], rtol=1e-9, atol=1e-9)


def test_most_of_a_dump_s_bill_is_the_currency() -> None:
    found = bill("japan-dump", None)
    share = found["seller_conversion_loss_usd_bn"] / found["seller_total_cost_usd_bn"]
    assert np.median(share) > 0.5
