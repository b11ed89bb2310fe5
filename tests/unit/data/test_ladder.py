"""Gross issuance against stocks that must add up."""

import numpy as np
import pytest

from selloff.data import CLASSES as TIE_CLASSES
from selloff.data import PACKAGED, vintage
from selloff.data.assumptions import auction_mix
from selloff.data.debt import CLASSES, read_debt
from selloff.data.ladder import REPRICED, even_run_off, gross_issuance
from selloff.vocab import BUCKETS, TENOR_YEARS, TENORS
from twin.us_numpy import alive

DUE = read_debt(PACKAGED, vintage().date).due
N_QUARTERS = 24


def test_mixes_are_shares_at_tenors_the_treasury_sells() -> None:
    assert set(auction_mix()) == set(CLASSES) - set(REPRICED)
    assert set(CLASSES) != set(TIE_CLASSES)
    for name, mix in auction_mix().items():
        assert mix.sum() == pytest.approx(1.0, abs=1e-3), name
        assert mix[:2].sum() == 0.0, name


def test_a_bucket_matures_evenly_and_all_of_it() -> None:
    face = np.zeros(len(BUCKETS))
    face[1] = 80.0
    due = even_run_off(face, 20)
    assert due == pytest.approx([0.0] * 4 + [10.0] * 8 + [0.0] * 8)
    assert even_run_off(face, 120).sum() == pytest.approx(80.0)


def test_stock_of_the_opening_and_net_issuance_add_up_to_what_is_outstanding() -> None:
    net = np.linspace(300.0, 700.0, N_QUARTERS)
    gross = gross_issuance(DUE, net)
    repriced = [CLASSES.index(name) for name in REPRICED]
    coupons = [i for i in range(len(CLASSES)) if i not in repriced]
    old = DUE[coupons].sum() - np.cumsum(DUE[coupons, :N_QUARTERS].sum(axis=0))
    # At a quarter's end an issue is outstanding in full unless its life is over.
    life = np.round(4.0 * np.array(TENOR_YEARS))
    new = np.zeros(N_QUARTERS)
    for q in range(N_QUARTERS):
        for s in range(q + 1):
            new[q] += gross[s, 1:] @ (q - s < life[1:])
    bills = gross[:, 0]
    total = DUE.sum() + np.cumsum(net)
    assert old + new + bills == pytest.approx(total, rel=1e-3)
    share = DUE[repriced].sum() / DUE.sum()
    assert bills == pytest.approx(share * total)


def test_a_year_of_auctions_is_of_the_size_the_treasury_holds() -> None:
    gross = gross_issuance(DUE, np.full(4, 480.0)).sum(axis=0)
    # 2-, 3-, 5-, 7- and 10-year notes at the sizes of 2025, and indexed ones: 3.6 USD tn.
    notes = gross[[TENORS.index(t) for t in ("2Y", "3Y", "5Y", "7Y", "10Y")]].sum()
    assert 3_300.0 < notes < 4_600.0
    bonds = gross[[TENORS.index(t) for t in ("20Y", "30Y")]].sum()
    assert 350.0 < bonds < 550.0


def test_surpluses_shrink_auctions_but_never_below_nothing() -> None:
    calm, thrifty = (gross_issuance(DUE, np.full(8, each)) for each in (0.0, -1_500.0))
    assert np.all(thrifty <= calm)
    assert np.all(gross_issuance(DUE, np.full(8, -20_000.0)) >= 0.0)


def test_the_average_new_issue_lives_about_as_long_as_the_mix_says() -> None:
    gross = gross_issuance(DUE, np.zeros(1))[0]
    face = alive(gross[None], TENOR_YEARS)[0, 0]
    assert face == pytest.approx(gross / 2.0)
