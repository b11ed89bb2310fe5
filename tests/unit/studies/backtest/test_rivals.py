"""What rivals say of flows, by hand; and what an episode must not depend on."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from selloff.bridge import lower_episode
from selloff.data import vintage
from selloff.evidence import load_bank, load_meta, rows_within
from selloff.scenario import load_episode
from selloff.studies.backtest.left_out import weights_without
from selloff.studies.backtest.rivals import Known, known, rival_effects
from selloff.vocab import ASSETS, BUCKETS, CURRENCIES, FOREIGN


def test_rivals_by_hand() -> None:
    nothing = dict.fromkeys(FOREIGN, 0.0)
    gdp = dict(zip(CURRENCIES, (15000.0, 5000.0, 10000.0, 3000.0, 8000.0), strict=True))
    flows = Known(
        -500.0, -300.0, nothing | {"JPY": 40.0, "EUR": 50.0}, nothing | {"GBP": 60.0}, gdp
    )
    said = rival_effects(flows)
    assert set(said["walk"].values()) == {0.0}
    assert said["rule"]["us_10y_bp"] == said["rule"]["us_2y_bp"] == pytest.approx(-30.0)
    assert said["rule"]["usdjpy_pct"] == said["rule"]["jgb_10y_bp"] == 0.0
    # 2 percent of GDP at 9.1 bp; yen for 0.8 percent of Japan's at 1.84.
    assert said["simple"]["us_30y_bp"] == pytest.approx(-18.2)
    assert said["simple"]["usdjpy_pct"] == pytest.approx(-1.472)
    assert said["simple"]["jgb_10y_bp"] == said["simple"]["bund_10y_bp"] == 0.0
    # Gilts for 2 percent of British GDP; euros for half a percent of the area's.
    assert said["simple"]["gilt_10y_bp"] == pytest.approx(-18.2)
    assert said["simple"]["eurusd_pct"] == pytest.approx(0.92)


def test_what_is_done_and_what_is_announced_is_known() -> None:
    """One seller and the central bank, each half way through what it means to do."""
    n_b = len(BUCKETS)
    one = np.eye(n_b)[3]
    sale = SimpleNamespace(
        scheduled=np.stack([one, one])[:, None] * 10.0,
        programme=one[None] * 20.0,
        announced=np.array([0.5]),
        into=np.array([[float(asset == "jpy_cash") for asset in ASSETS]]),
    )
    outside = SimpleNamespace(
        purchases=np.stack([one, one]) * 4.0,
        programme=one * 100.0,
        announced=np.full(n_b, 0.25),
        currency=np.array([[7.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]]),
        foreign_bonds=np.array([[0.0, 0.0, 3.0, 0.0], [0.0, 0.0, 5.0, 0.0]]),
        foreign_ahead=np.array([[0.0, 0.0, 9.0, 0.0], [0.0, 0.0, 4.0, 0.0]]),
    )
    inputs: Any = SimpleNamespace(
        sale=sale,
        outside=outside,
        books=SimpleNamespace(equivalents=np.full(n_b, 0.5)),
        asset_currency=np.array([[float(asset == "jpy_cash"), 0, 0, 0] for asset in ASSETS]),
    )
    world: Any = SimpleNamespace(gdp_usd_bn={"USD": 1.0, "JPY": 2.0})
    found = known(inputs, world, last=0)
    assert found.face_usd_bn == pytest.approx(10.0 + 0.5 * 10.0 - 4.0 - 0.25 * 96.0)
    assert found.equivalents_usd_bn == pytest.approx(0.5 * found.face_usd_bn)
    assert found.currency_usd_bn["JPY"] == pytest.approx(7.0 + 10.0)
    assert found.abroad_usd_bn["GBP"] == pytest.approx(3.0 + 9.0)


def test_what_had_been_expected_is_in_the_opening_prices() -> None:
    """QE2: 600, of which 500 had been expected."""
    episode = load_episode("qe2-2010-11")
    outside = lower_episode(episode, vintage(episode.vintage_id), load_bank()).inputs.outside
    assert float(np.sum(outside.programme)) == pytest.approx(600.0 * 0.17)


@pytest.mark.parametrize(
    ("window", "rows"),
    [
        (("2009-03-17", "2009-03-18"), {"gagnon", "damico-king", "li-wei", "bonis"}),
        (("2008-12-15", "2008-12-16"), {"gagnon", "li-wei", "bonis"}),
        (("2010-11-02", "2010-11-03"), {"li-wei", "bonis"}),
        (("2012-09-12", "2012-09-13"), {"bonis"}),
        (("2020-03-20", "2020-03-23"), {"march-2020"}),
        (("2024-07-10", "2024-07-12"), {"mof-yen-2024-07"}),
        (("2023-08-01", "2023-08-03"), set()),
    ],
)
def test_whatever_has_seen_a_window_is_left_out(window: tuple[str, str], rows: set[str]) -> None:
    first, last = map(date.fromisoformat, window)
    assert set(rows_within(first, last)) == rows
    weights = weights_without((first, last), load_bank(), load_meta())
    assert weights.sum() == pytest.approx(1.0)
    assert (np.ptp(weights) > 0.0) == bool(rows)


def test_a_window_across_events_leaves_out_at_least_its_rows() -> None:
    meta, seen = load_meta(), ("mof-yen-2024-04", "mof-yen-2024-07")
    found = meta.without_rows(seen)
    key = next(each for each, spreads in meta.without.items() if spreads == found)
    assert set(seen) <= set(key.split())
    assert meta.without_rows(()) == {}
