"""Books of every named holder."""

from functools import cache

import jax
import numpy as np
import pytest
import xarray as xr

import questions
from selloff.bridge import lift_ledger
from selloff.bridge.rows import GROUPS
from selloff.results import ledger_residuals
from selloff.vocab import BUCKET_EDGES, BUCKETS

DRAWS = [0, 2]
ALONE = ("nothing", "dump", "two sellers", "ordered")
ANSWERED = ("dump answered", "bills for bonds", "weak yen", "everything")
QUESTIONS = (*ALONE, *ANSWERED)


@cache
def ledger(name: str) -> xr.Dataset:
    record = jax.tree.map(lambda leaf: leaf[np.array(DRAWS)], questions.record(name))
    return lift_ledger(
        record, questions.lowered(name), questions.world(), draws=DRAWS, rows=np.array(DRAWS)
    )


@pytest.mark.parametrize("name", QUESTIONS)
def test_identities_hold_for_every_named_holder(name: str) -> None:
    found = ledger_residuals(ledger(name))
    assert len(found) >= 4
    assert max(found.values()) < 1e-6


@pytest.mark.parametrize("name", QUESTIONS)
def test_named_holders_add_up_to_the_engine_s_rows(name: str) -> None:
    """The ledger ages and trades on its own; at the horizon it meets the engine's books."""
    last = ledger(name)["stock_face"].isel(step=-1).values
    rows = questions.lowered(name).rows
    engine = np.asarray(questions.answer(name).holdings)[DRAWS]
    for r, members in enumerate(rows.members):
        mine = last[:, list(members)].sum(axis=1)
        np.testing.assert_allclose(mine, engine[:, r], atol=1e-6, err_msg=str(r))


def test_it_opens_with_the_vintage() -> None:
    first = ledger("dump").isel(step=0)
    for draw in range(len(DRAWS)):
        np.testing.assert_array_equal(first["stock_face"].isel(draw=draw), questions.world().books)
    np.testing.assert_allclose(
        first["outstanding_face"].isel(draw=0), questions.world().outstanding
    )


def test_debt_grows_by_what_is_issued() -> None:
    debt = ledger("dump")["outstanding_face"].sum("bucket").isel(draw=0)
    issued = np.asarray(questions.lowered("dump").inputs.books.issuance).sum(axis=1)
    np.testing.assert_allclose(debt.diff("step"), issued, atol=1e-8)


def test_middlemen_hold_the_inventory_on_top_of_their_own_book() -> None:
    book = ledger("dump")["stock_face"].sum("bucket")
    for holder, series in (("usa_dealers", "dealers"), ("cym_hedge_fund", "levered")):
        stock = book.sel(holder=holder)
        carried = np.asarray(getattr(questions.record("dump"), series))[DRAWS]
        np.testing.assert_allclose(stock[:, 1:] - stock[:, 0], carried, atol=1e-7)


def test_the_seller_ends_with_what_it_did_not_sell() -> None:
    japan = ledger("dump")["stock_face"].sel(holder=["jpn_official", "jpn_private"])
    total = japan.sum(["holder", "bucket"])
    left = np.asarray(questions.record("dump").unsold)[DRAWS]
    np.testing.assert_allclose(total[:, 1:], left, atol=1e-7)
    assert float(japan.min()) > -1e-9


def test_nobody_holds_less_than_nothing() -> None:
    """Where others answer, dealers may be short of what the central bank takes."""
    for name in ALONE:
        assert float(ledger(name)["stock_face"].min()) > -1e-9


def test_bonds_age_by_their_share_of_a_bucket_s_width() -> None:
    """A bucket passes on years / width of its face; the shortest is repaid."""
    book, years = ledger("two sellers"), questions.lowered("two sellers").steps.years
    before = book["stock_face"].values[:, :-1]
    leaving = before * years[:, None, None] / np.diff(BUCKET_EDGES)
    repaid, rolled = book["redemptions_face"].values[:, 1:], book["rolldown_face"].values[:, 1:]
    np.testing.assert_allclose(repaid[..., 0], leaving[..., 0], atol=1e-9)
    np.testing.assert_array_equal(repaid[..., 1:], 0.0)
    np.testing.assert_allclose(rolled[..., 0], leaving[..., 1], atol=1e-9)
    np.testing.assert_allclose(rolled[..., 1:-1], leaving[..., 2:] - leaving[..., 1:-1], atol=1e-9)
    np.testing.assert_allclose(rolled[..., -1], -leaving[..., -1], atol=1e-9)


def test_who_neither_sells_nor_absorbs_keeps_its_book() -> None:
    fed = ledger("dump")["stock_face"].sel(holder="fed")
    assert float(abs(fed - fed.isel(step=0)).max()) < 1e-9


def test_what_the_ministry_sells_leaves_its_own_book() -> None:
    """All else reaches its group by fixed shares."""
    name, ministry = "weak yen", "jpn_official"
    rows, world, found = questions.lowered(name).rows, questions.world(), ledger(name)
    record = np.asarray(questions.record(name).followed)[DRAWS].cumsum(axis=1)
    stock = found["stock_face"].values[:, 1:]
    group = list(rows.groups[GROUPS.index("foreign_official")])
    own = np.zeros((*record.shape[:2], len(world.holders), len(BUCKETS)))
    for c, seat in enumerate(rows.bystanders):
        for holder in seat:
            held = world.books[list(seat)].sum(axis=0)
            own[:, :, holder] = record[:, :, c] * (
                world.books[holder] / np.where(held > 0.0, held, 1.0)
            )
    at = world.holders.index(ministry)
    share = world.books[at] / world.books[group].sum(axis=0)
    shared = stock[:, :, group].sum(axis=2) + own[:, :, group].sum(axis=2)
    np.testing.assert_allclose(stock[:, :, at], share * shared - own[:, :, at], atol=1e-7)
    assert np.all(own[:, -1, at].sum(axis=1) > 1.0)
