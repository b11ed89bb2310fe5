"""What a sale costs its seller, asked of presets that differ in pace alone."""

from functools import cache

import numpy as np
import pytest

import selloff as so
from selloff.results import metric_draws
from selloff.scenario import load

pytestmark = pytest.mark.slow
DRAWS = 64
PARTS = ("execution", "conversion", "final_mark", "carry")


@cache
def bill(years: float | None) -> dict[str, np.ndarray]:
    """Japan's sale into yen at once, or evenly over some years; the dump in all else."""
    dump = load("japan-dump")
    (seller,) = dump.sellers
    if years is not None:
        pace = load("japan-slow").sellers[0].pace.model_copy(update={"years": years})
        seller = seller.model_copy(update={"pace": pace})
    asked = dump.model_copy(update={"sellers": (seller,)})
    return metric_draws(so.run(asked, draws=DRAWS, attribution=False).dataset)


def test_the_faster_the_dearer() -> None:
    at_once, one, ten = (
        np.median(bill(years)["seller_total_cost_usd_bn"]) for years in (None, 1.0, 10.0)
    )
    assert at_once > 1.2 * one > 1.2 * ten > 0.0


def test_a_preset_is_among_them() -> None:
    slow = metric_draws(so.run("japan-slow", draws=DRAWS, attribution=False).dataset)
    np.testing.assert_allclose(
        slow["seller_total_cost_usd_bn"], bill(10.0)["seller_total_cost_usd_bn"], rtol=1e-9
    )


@pytest.mark.parametrize("years", [None, 10.0])
def test_parts_are_the_whole_in_every_draw(years: float | None) -> None:
    found = bill(years)
    parts = sum(found[f"seller_{part}_loss_usd_bn"] for part in PARTS)
    parts = parts + found["seller_expected_sanction_loss_usd_bn"]
    np.testing.assert_allclose(parts, found["seller_total_cost_usd_bn"], rtol=1e-9, atol=1e-9)


def test_most_of_a_dump_s_bill_is_the_currency() -> None:
    found = bill(None)
    share = found["seller_conversion_loss_usd_bn"] / found["seller_total_cost_usd_bn"]
    assert np.median(share) > 0.5
