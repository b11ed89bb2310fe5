"""An episode becomes arrays: what falls in the window, what is announced, who sells."""

from typing import Any

import numpy as np
import pytest

import questions
from selloff.bridge import Lowered, lower_episode
from selloff.data import vintage
from selloff.scenario import load_episode
from selloff.vocab import BUCKETS, CURRENCIES, FOREIGN

START, END = "2022-09-21", "2022-09-28"
"""Five trading days."""


def lowered(*flows: dict[str, Any], **changes: Any) -> Lowered:
    told = {"standing": "data", "source": "a ministry"}
    episode = load_episode(
        {
            "schema_version": 1,
            "name": "mine",
            "title": "Mine",
            "start": START,
            "end": END,
            "flows": [{**told, **flow} for flow in flows],
            **changes,
        }
    )
    return lower_episode(episode, vintage(episode.vintage_id), questions.bank())


def test_a_flow_is_even_over_the_window_and_stays_with_its_seller() -> None:
    sale = lowered({"holder": "jpn_official", "sale_usd_bn": 50}).inputs.sale
    by_day = np.asarray(sale.scheduled).sum(axis=2)[:, 0]
    np.testing.assert_allclose(by_day[:5], 10.0)
    np.testing.assert_allclose(by_day[5:], 0.0)
    assert float(np.sum(sale.programme)) == pytest.approx(50.0)


def test_days_before_the_window_are_in_its_opening_prices() -> None:
    sale = lowered(
        {"holder": "jpn_official", "sale_usd_bn": 50, "first_day": "2022-09-15"}
    ).inputs.sale
    # Five of ten trading days are over when the window opens.
    assert float(np.sum(sale.programme)) == pytest.approx(25.0)


def test_days_after_the_window_are_still_to_come() -> None:
    inputs = lowered(
        {"holder": "fed", "purchase_usd_bn": 100, "last_day": "2022-10-05", "announced_frac": 0.6}
    ).inputs
    bought = np.asarray(inputs.outside.purchases).sum(axis=1)
    np.testing.assert_allclose(bought[:8], 10.0)
    assert float(np.sum(inputs.outside.programme)) == pytest.approx(100.0)
    np.testing.assert_allclose(np.asarray(inputs.outside.announced), 0.6)


def test_policy_off_leaves_the_fed_out() -> None:
    flow = {"holder": "fed", "purchase_usd_bn": 100}
    assert float(np.sum(lowered(flow, policy="off").inputs.outside.programme)) == 0.0


def test_currency_flows_go_to_their_currency() -> None:
    inputs = lowered(
        {"currency_usd_bn": 20, "currency": "JPY"},
        {"currency_usd_bn": -4, "currency": "EUR"},
    ).inputs
    total = dict(zip(CURRENCIES[1:], np.asarray(inputs.outside.currency).sum(axis=0), strict=True))
    assert total["JPY"] == pytest.approx(20.0)
    assert total["EUR"] == pytest.approx(-4.0)
    assert total["GBP"] == total["CNY"] == 0.0


def test_bonds_abroad_go_to_their_market_and_what_is_announced_of_them_is_ahead() -> None:
    """Ten days of gilts bought, five of them in the window, four fifths of it announced."""
    gilts = {"holder": "boe", "market": "GBP", "purchase_usd_bn": 50, "last_day": "2022-10-05"}
    bunds = {"holder": "jpn_private", "market": "EUR", "sale_usd_bn": 5}
    outside = lowered(gilts | {"announced_frac": 0.8}, bunds, policy="off").inputs.outside
    bought, ahead = np.asarray(outside.foreign_bonds), np.asarray(outside.foreign_ahead)
    pound, euro = FOREIGN.at("GBP"), FOREIGN.at("EUR")
    np.testing.assert_allclose(bought[:8, pound], 5.0)
    np.testing.assert_allclose(ahead[:8, pound], 0.8 * (50.0 - 5.0 * np.arange(1, 9)))
    np.testing.assert_allclose(bought[:5, euro], -1.0)
    assert np.count_nonzero(bought.sum(axis=0)) == 2
    assert float(np.sum(outside.purchases)) == 0.0


def test_nobody_sells_what_it_buys_or_what_it_sells_abroad() -> None:
    """In 2011 the Federal Reserve bought long bonds for short ones: no more was sold for that."""
    sale = lowered(
        {"holder": "fed", "sale_usd_bn": 30},
        {"holder": "fed", "purchase_usd_bn": 20},
        {"holder": "fed", "market": "JPY", "sale_usd_bn": 7},
    ).inputs.sale
    assert float(np.sum(sale.programme)) == pytest.approx(30.0)


def test_flows_of_one_holder_are_one_seller_with_mixed_proceeds() -> None:
    ready = lowered(
        {"holder": "jpn", "sale_usd_bn": 30, "proceeds": {"jpy_cash": 1}},
        {"holder": "jpn", "sale_usd_bn": 10},
        {"holder": "chn_official", "sale_usd_bn": 5, "buckets": {"7-10Y": 1}},
    )
    sale = ready.inputs.sale
    face = np.asarray(sale.programme).sum(axis=1)
    np.testing.assert_allclose(face, [40.0, 5.0, 0.0, 0.0])
    assert np.asarray(sale.into)[0].max() == pytest.approx(0.75)
    assert np.asarray(sale.programme)[1][BUCKETS.index("7-10Y")] == pytest.approx(5.0)


def test_short_windows_share_a_length_so_that_they_share_a_program() -> None:
    one = lowered({"holder": "jpn", "sale_usd_bn": 1})
    two = lowered({"holder": "chn", "sale_usd_bn": 1}, end="2022-09-23")
    assert one.steps.days.size == two.steps.days.size == 8
    assert one.inputs.sale.programme.shape == two.inputs.sale.programme.shape
