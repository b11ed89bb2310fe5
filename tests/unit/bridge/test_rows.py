"""Who sits in which row."""

import numpy as np
import pytest

import questions
from selloff.bridge.rows import GROUPS, Rows, holder_shares, row_books, rows
from selloff.vocab import holders


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
