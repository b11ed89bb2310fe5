"""Shares of one whole are written so that they add up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selloff.vocab import percents

COUNTS = st.lists(st.integers(0, 400), min_size=2, max_size=7).filter(any)


@given(COUNTS)
def test_shares_of_one_whole_add_up_to_a_hundred(counts: list[int]) -> None:
    told = percents([count / sum(counts) for count in counts])
    named = {"<1%": (0, 1), ">99%": (99, 100)}
    ends = [named.get(one) or (int(one[:-1]),) * 2 for one in told]
    assert sum(low for low, _ in ends) <= 100 <= sum(high for _, high in ends)
    if not set(told) & set(named):
        assert sum(low for low, _ in ends) == 100


@given(COUNTS)
def test_no_share_is_off_by_a_percent(counts: list[int]) -> None:
    shares = [count / sum(counts) for count in counts]
    for share, told in zip(shares, percents(shares), strict=True):
        if told[0] not in "<>":
            assert abs(100.0 * share - int(told[:-1])) < 1.0


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ((1 / 3, 1 / 3, 1 / 3), ["34%", "33%", "33%"]),  # one by one they came to 99
        ((0.626, 0.197, 0.177), ["62%", "20%", "18%"]),
        ((0.165, 0.165, 0.67), ["17%", "16%", "67%"]),
        ((0.125, 0.875), ["12%", "88%"]),
        ((0.625,), ["62%"]),
        ((0.002, 0.998), ["<1%", ">99%"]),
        ((0.0, 1.0), ["0%", "100%"]),
        ((0.3, 0.2), ["30%", "20%"]),
        ((), []),
    ],
)
def test_what_is_lost_by_cutting_goes_to_those_who_lose_most(
    shares: tuple[float, ...], told: list[str]
) -> None:
    assert percents(shares) == told
