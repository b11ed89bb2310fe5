"""Who sits in which row."""

import numpy as np
import pytest

import questions
from selloff.bridge.rows import (
    GROUPS,
    JAPAN_PRIVATE,
    LAST_SEATS,
    MINISTRY,
    Rows,
    by_row,
    holder_shares,
    own_sales,
    row_books,
    rows,
)
from selloff.vocab import BUCKETS, FOREIGN_GROUPS, holders


@pytest.fixture(params=["nothing", "two sellers"])
def seated(request: pytest.FixtureRequest) -> Rows:
    return rows(selling(request.param), questions.world())


def selling(name: str) -> list[str]:
    return [seller.holder for seller in questions.scenario(name).sellers]


def test_every_holder_sits_in_one_row(seated: Rows) -> None:
    everyone = [i for members in seated.members for i in members]
    assert sorted(everyone) == list(range(len(questions.world().holders)))


def test_sellers_leave_their_group() -> None:
    seated, world = rows(selling("dump"), questions.world()), questions.world()
    names = {world.holders[i] for i in seated.sellers[1]}
    assert names == {"jpn_official", "jpn_private"}
    assert not names & {world.holders[i] for members in seated.groups for i in members}


@pytest.mark.parametrize(
    ("n_sellers", "seats", "n_seats"),
    [(0, 2, 2), (1, 2, 2), (2, 2, 2), (3, 2, 4), (0, 4, 4), (3, 4, 4), (5, 4, 6)],
)
def test_sellers_have_an_even_number_of_seats(n_sellers: int, seats: int, n_seats: int) -> None:
    selling = ["jpn", "chn", "gbr", "bel", "lux"][:n_sellers]
    seated = rows(selling, questions.world(), seats=seats)
    assert [bool(seat) for seat in seated.sellers] == [i < n_sellers for i in range(n_seats)]
    assert not row_books(seated, questions.world())[len(GROUPS) + n_sellers :].any()


def test_holders_sit_with_their_group(seated: Rows) -> None:
    table, world = holders(), questions.world()
    for group, members in zip(GROUPS, seated.groups, strict=True):
        assert {table[world.holders[i]].group for i in members} <= {group}


def test_rows_add_up_to_the_books(seated: Rows) -> None:
    world = questions.world()
    books = row_books(seated, world)
    np.testing.assert_allclose(books.sum(axis=0), world.outstanding, rtol=1e-12)
    assert books.min() >= 0.0


def test_shares_sum_to_one_and_rebuild_the_books(seated: Rows) -> None:
    world = questions.world()
    shares, books = holder_shares(seated, world), row_books(seated, world)
    filled = [bool(members) for members in seated.members]
    np.testing.assert_allclose(shares.sum(axis=1)[filled], 1.0, rtol=1e-12)
    np.testing.assert_allclose(np.einsum("rhb,rb->hb", shares, books), world.books, atol=1e-9)


SELLING = ([], ["jpn"], ["jpn_official"], ["chn_official", "gbr"], list(FOREIGN_GROUPS))


def seats_of(selling: list[str]) -> list[set[str]]:
    world = questions.world()
    return [{world.holders[i] for i in seat} for seat in rows(selling, world).bystanders]


@pytest.mark.parametrize("selling", SELLING)
def test_every_foreign_holder_that_does_not_sell_has_one_seat(selling: list[str]) -> None:
    world, table = questions.world(), holders()
    seated = [i for seat in rows(selling, world).bystanders for i in seat]
    sold = {i for members in rows(selling, world).sellers for i in members}
    foreign = {i for i, h in enumerate(world.holders) if table[h].group in FOREIGN_GROUPS}
    assert len(seated) == len(set(seated))
    assert set(seated) == foreign - sold


@pytest.mark.parametrize("selling", SELLING)
def test_seats_stay_where_they_are_whoever_sells(selling: list[str]) -> None:
    usual, found = seats_of([]), seats_of(selling)
    assert len(found) == len(usual)
    assert len(found) % 24 == 0
    for before, after in zip(usual, found, strict=True):
        assert after <= before


def test_officials_sit_one_by_one_ahead_of_tokyo_and_of_private_holders() -> None:
    found, table = seats_of([]), holders()
    *officials, japan, private, ministry = found
    assert (japan, ministry) == ({JAPAN_PRIVATE}, {MINISTRY})
    assert LAST_SEATS == (JAPAN_PRIVATE, "foreign_private", MINISTRY)
    assert all(len(seat) <= 1 for seat in officials)
    assert {table[h].group for seat in officials for h in seat} == {"foreign_official"}
    assert MINISTRY not in set().union(*officials)
    assert {table[h].group for h in private} == {"foreign_private"}
    assert JAPAN_PRIVATE not in private


@pytest.mark.parametrize(
    ("selling", "empty"),
    [(["jpn"], (0, 2)), (["jpn_official"], (2,)), (["jpn_private"], (0,)), (["chn"], ())],
)
def test_whoever_sells_by_plan_leaves_its_seat_empty(
    selling: list[str], empty: tuple[int, ...]
) -> None:
    last = seats_of(selling)[-3:]
    assert [not seat for seat in last] == [i in empty for i in range(3)]


def test_own_sales_go_to_the_holders_of_the_seat_as_their_books_are() -> None:
    """Bucket by bucket: bills to those who hold bills."""
    seated, world = rows(["jpn_official"], questions.world()), questions.world()
    sold = np.zeros((2, len(seated.bystanders), len(BUCKETS)))
    sold[0, 0, 1], sold[1, -2, :2] = 5.0, (40.0, 2.0)
    found = own_sales(sold, seated, world)
    assert found.shape == (2, *world.books.shape)
    (first,), private = seated.bystanders[0], list(seated.bystanders[-2])
    np.testing.assert_allclose(found[0, first], sold[0, 0])
    share = world.books[private] / world.books[private].sum(axis=0)
    np.testing.assert_allclose(found[1, private], sold[1, -2] * share)
    np.testing.assert_allclose(found.sum(axis=(1, 2)), [5.0, 42.0])


def test_an_empty_seat_can_sell_nothing_to_anybody() -> None:
    seated, world = rows(["jpn_official"], questions.world()), questions.world()
    sold = np.zeros((1, len(seated.bystanders), len(BUCKETS)))
    sold[0, -1] = 7.0
    assert not own_sales(sold, seated, world).any()


def test_faces_of_holders_add_up_to_their_rows(seated: Rows) -> None:
    world = questions.world()
    np.testing.assert_allclose(by_row(world.books, seated), row_books(seated, world))
    twice = by_row(np.stack([world.books, 2.0 * world.books]), seated)
    np.testing.assert_allclose(twice[1], 2.0 * row_books(seated, world))
