"""Who may react, what rules look at, and what is switched on."""

import math
from functools import cache
from typing import Any

import numpy as np
import pytest

import questions
from selloff.bridge.bystanders import bystanders, elsewhere, seller_countries, seller_ties, switches
from selloff.bridge.mechanisms import _facts
from selloff.bridge.rows import LAST_SEATS, Rows, rows
from selloff.bridge.schedule import timeline
from selloff.data import CLASSES, inflation_gap_pct, ties, vintage, yen_trend
from selloff.evidence import parameters
from selloff.model.mechanisms import Bystanders
from selloff.scenario import Reactions, Rules, Shock
from selloff.vocab import ASSETS, BUCKETS, FOREIGN_GROUPS, holders

JAPAN, PRIVATE, MINISTRY = -3, -2, -1
SELLING: tuple[tuple[str, ...], ...] = (
    (),
    ("jpn",),
    ("jpn_official", "chn_official"),
    FOREIGN_GROUPS,
)


def who(*selling: str) -> Rows:
    return rows(selling, questions.world())


@cache
def reacting(*selling: str) -> Bystanders:
    return bystanders(who(*selling), questions.world())


@cache
def officials(*selling: str) -> dict[str, int]:
    """Seats of officials that follow, by residence."""
    world, table = questions.world(), holders()
    seats = who(*selling).bystanders[: -len(LAST_SEATS)]
    return {table[world.holders[s[0]]].residence: i for i, s in enumerate(seats) if s}


@pytest.mark.parametrize("selling", SELLING)
def test_books_are_those_of_the_vintage_less_the_sellers(selling: tuple[str, ...]) -> None:
    world, table = questions.world(), holders()
    sold = {i for members in who(*selling).sellers for i in members}
    left = [
        i
        for i, holder in enumerate(world.holders)
        if table[holder].group in FOREIGN_GROUPS and i not in sold
    ]
    found = reacting(*selling)
    by_bucket = np.asarray(found.books)[:, None] * np.asarray(found.profile)
    np.testing.assert_allclose(by_bucket.sum(axis=0), world.books[left].sum(axis=0), atol=1e-9)
    np.testing.assert_allclose(np.asarray(found.profile).sum(axis=1), 1.0, rtol=1e-12)


def test_a_seat_has_the_book_of_its_holder() -> None:
    world = questions.world()
    found, seats = reacting(), officials()
    for home in ("chn", "gbr", "sgp"):
        book = world.books[world.holders.index(f"{home}_official")]
        np.testing.assert_allclose(found.books[seats[home]], book.sum())
        np.testing.assert_allclose(found.books[seats[home]] * found.profile[seats[home]], book)
    assert float(found.books[JAPAN]) == pytest.approx(world.book("jpn_private"))
    assert float(found.books[MINISTRY]) == pytest.approx(world.book("jpn_official"))


def test_sellers_are_taken_out_and_nothing_else_changes() -> None:
    usual, found = reacting(), reacting("jpn_official", "chn_official")
    gone = [officials()["chn"], len(usual.books) - 1]
    assert not np.asarray(found.books)[gone].any()
    rest = np.setdiff1d(np.arange(len(usual.books)), gone)
    np.testing.assert_array_equal(np.asarray(found.books)[rest], np.asarray(usual.books)[rest])
    np.testing.assert_array_equal(np.asarray(found.profile)[rest], np.asarray(usual.profile)[rest])
    assert found.books.shape == usual.books.shape


@pytest.mark.parametrize("selling", SELLING)
def test_each_flag_is_raised_where_it_belongs(selling: tuple[str, ...]) -> None:
    found = reacting(*selling)
    n = len(found.books)
    last = np.arange(n)[[JAPAN, PRIVATE, MINISTRY]]
    np.testing.assert_array_equal(np.nonzero(np.asarray(found.rebalances))[0], last[[0]])
    np.testing.assert_array_equal(np.nonzero(np.asarray(found.flees))[0], last[[1]])
    np.testing.assert_array_equal(np.nonzero(np.asarray(found.intervenes))[0], last[[2]])
    np.testing.assert_array_equal(np.asarray(found.runs), np.arange(n) < n - len(LAST_SEATS))
    np.testing.assert_array_equal(
        np.asarray(found.official), np.asarray(found.runs) + np.asarray(found.intervenes)
    )
    for flag in (found.runs, found.official, found.flees, found.rebalances, found.intervenes):
        assert set(np.asarray(flag).tolist()) <= {0.0, 1.0}


def test_members_of_a_class_are_those_of_the_table_of_ties() -> None:
    member = np.asarray(reacting().member)
    seats = officials()
    assert len(seats) > 15
    for home, seat in seats.items():
        wanted = [float(name == ties()[home].ties) for name in CLASSES]
        np.testing.assert_array_equal(member[seat], wanted)
    others = np.setdiff1d(np.arange(len(member)), list(seats.values()))
    assert not member[others].any()


def test_officials_without_a_figure_of_their_own_sell_what_is_typical() -> None:
    own, seats = np.asarray(reacting().own_stress), officials()
    assert own[seats["sgp"]] == 0.14
    assert own[seats["chn"]] == 0.044
    assert own[seats["gbr"]] == parameters()["own_stress_typical"].p50
    others = np.setdiff1d(np.arange(len(own)), list(seats.values()))
    np.testing.assert_array_equal(own[others], 0.0)


def test_proceeds_are_dollars_for_officials_and_home_for_the_others() -> None:
    into = np.asarray(reacting().into)
    np.testing.assert_allclose(into.sum(axis=1), 1.0)

    def placed(seat: int) -> dict[str, float]:
        return {asset: part for asset, part in zip(ASSETS, into[seat], strict=True) if part}

    for seat in officials().values():
        assert placed(seat) == {"usd_cash": 1.0}
    hedged = parameters()["hedge_ratio_insurers"].p50
    assert placed(JAPAN) == pytest.approx({"usd_cash": hedged, "jgb": 1.0 - hedged})
    assert placed(PRIVATE) == {"eur_cash": 1.0}
    assert placed(MINISTRY) == {"jpy_cash": 1.0}


def coming(*shocks: dict[str, Any]) -> np.ndarray:
    """Squeeze, doubt and fear about payment from elsewhere."""
    found = elsewhere(tuple(Shock.model_validate(each) for each in shocks), timeline(1.5))
    return np.asarray(found)


def seen(month: str = "", **rules: float) -> Any:
    """What mechanisms know as the books open, by who knows it."""
    world = vintage(month) if month else questions.world()
    return _facts(world, Rules.model_validate(rules))


def test_no_shock_is_exactly_no_stress() -> None:
    elsewhere = coming()
    assert elsewhere.shape == (258, 3)
    assert not elsewhere.any()


@pytest.mark.parametrize(("kind", "column"), [("squeeze", 0), ("doubt", 1), ("payment", 2)])
def test_a_shock_comes_on_its_day_in_its_column_and_fades_at_its_half_life(
    kind: str, column: int
) -> None:
    shock = {"kind": kind, "size": 1.6, "start_day": 11, "half_life_days": 20}
    found = coming(shock)
    assert not found[:10].any()
    assert not np.delete(found, column, axis=1).any()
    assert found[10, column] == 1.6
    assert found[30, column] == pytest.approx(0.8)
    assert found[70, column] == pytest.approx(0.2)
    # The first month ends on day 273.
    assert found[252, column] == pytest.approx(1.6 * 0.5 ** (262 / 20))
    assert np.all(np.diff(found[10:, column]) < 0.0)


def test_a_shock_without_a_half_life_fades_at_that_of_the_table() -> None:
    days = parameters()["shock_half_life"].p50 * 252
    assert 10 < days < 40
    found = coming({"kind": "doubt", "size": 1.0})[:, 1]
    assert found[0] == 1.0
    np.testing.assert_allclose(found[:100], 0.5 ** (np.arange(100) / days))


def test_shocks_add_up() -> None:
    one = {"kind": "squeeze", "size": 1.0, "half_life_days": 5}
    two = {"kind": "squeeze", "size": 0.5, "start_day": 30}
    three = {"kind": "doubt", "size": 2.0}
    parts = sum(coming(each) for each in (one, two, three))
    np.testing.assert_allclose(coming(one, two, three), parts)


def test_without_a_rule_there_is_no_cap_on_jgb_yields() -> None:
    assert seen()["boj"]["cap"] == math.inf
    assert seen(jgb_cap_pct=1.5)["boj"]["cap"] == pytest.approx(0.015)
    assert seen(jgb_cap_pct=0.0)["boj"]["cap"] == 0.0


def test_inflation_is_the_vintage_s_unless_a_rule_replaces_it() -> None:
    world = questions.world()
    assert seen()["fed_purchases"]["inflation_gap"] == pytest.approx(
        inflation_gap_pct(world.date) / 100.0
    )
    assert seen(us_inflation_gap_pp=6.0)["fed_purchases"]["inflation_gap"] == pytest.approx(0.06)
    assert seen(us_inflation_gap_pp=0.0)["fed_purchases"]["inflation_gap"] == 0.0
    assert (
        seen(month="2020-03")["fed_purchases"]["inflation_gap"]
        < 0.0
        < seen()["fed_purchases"]["inflation_gap"]
    )


def short(facts: Any) -> list[float]:
    return [-facts[name]["floor"] for name in ("fed_rate", "boj_rate")]


def test_rates_can_fall_to_zero_and_not_below() -> None:
    np.testing.assert_allclose(short(seen(month="2022-06")), [0.0158, 0.0])
    np.testing.assert_allclose(short(seen(month="2026-07")), [0.0363, 0.00977])


def test_the_trend_of_the_yen_is_the_vintage_s() -> None:
    days = parameters()["mof_memory"].p50
    for month in ("2022-06", "2011-10"):
        wanted = yen_trend(vintage(month).date, memory_days=days)
        assert seen(month=month)["mof"]["yen_trend"] == wanted
    assert seen(month="2022-06")["mof"]["yen_trend"] < 0.0


def test_the_bank_buys_coupon_debt_as_it_is_outstanding() -> None:
    bought, debt = np.asarray(seen()["fed_purchases"]["mix"]), questions.world().outstanding
    assert bought[0] == 0.0
    assert bought.sum() == pytest.approx(1.0)
    np.testing.assert_allclose(bought[1:], debt[1:] / debt[1:].sum())


def test_the_treasury_moves_a_dollar_from_the_longest_debt_to_bills() -> None:
    shifted, debt = np.asarray(seen()["treasury"]["mix"]), questions.world().outstanding
    assert shifted[0] == 1.0
    assert shifted.sum() == pytest.approx(0.0, abs=1e-15)
    long = [BUCKETS.index("10-20Y"), BUCKETS.index("20-30Y")]
    np.testing.assert_allclose(shifted[long], -debt[long] / debt[long].sum())
    assert np.count_nonzero(shifted) == 3


def flags(chosen: Reactions, *selling: str, sold: float = 1.0) -> dict[str, float]:
    seats = who(*selling)
    programme = np.zeros((len(seats.sellers), 7))
    programme[: len(selling)] = sold
    found = switches(chosen, seats, questions.world(), programme=programme)
    return {name: float(found[name]) for name in Reactions.model_fields}


@pytest.mark.parametrize("name", list(Reactions.model_fields))
def test_a_switch_turns_off_its_mechanism_alone(name: str) -> None:
    everybody = dict.fromkeys(Reactions.model_fields, True)
    found = flags(Reactions.model_validate(everybody | {name: False}))
    assert [each for each, flag in found.items() if flag == 0.0] == [name]
    alone = Reactions.model_validate({n: n == name for n in Reactions.model_fields})
    assert [each for each, flag in flags(alone).items() if flag == 1.0] == [name]


@pytest.mark.parametrize(
    ("selling", "wanted"),
    [
        ((), 1.0),
        (("chn",), 1.0),
        (("jpn_private",), 1.0),
        (("jpn_official",), 0.0),
        (("jpn",), 0.0),
        (("gbr", "foreign_official"), 0.0),
    ],
)
def test_the_ministry_never_intervenes_against_its_own_sale(
    selling: tuple[str, ...], wanted: float
) -> None:
    if selling == ("gbr", "foreign_official"):
        selling = ("foreign_official",)
    found = flags(Reactions(), *selling)
    assert found.pop("mof") == wanted
    # Nor does China lean against its own.
    is_china = selling in (("chn",), ("foreign_official",))
    assert found.pop("leaning") == float(not is_china)
    assert {name for name, flag in found.items() if flag == 0.0} == {"ecb"}


def test_an_idle_seat_does_not_silence_the_ministry() -> None:
    assert flags(Reactions(), "jpn", sold=0.0)["mof"] == 1.0


def test_a_switch_that_is_off_stays_off() -> None:
    assert flags(Reactions(mof=False), "chn")["mof"] == 0.0


def of_sellers(*selling: str) -> list[str]:
    member = seller_ties(who(*selling), questions.world())
    np.testing.assert_array_equal(member.sum(axis=1), 1.0)
    return [CLASSES[at] for at in member[: len(selling)].argmax(axis=1)]


def test_a_country_is_one_and_a_group_is_as_many_as_if_of_one_size() -> None:
    world = questions.world()
    found = seller_countries(who("jpn", "chn_official"), world)
    np.testing.assert_array_equal(found, 1.0)
    many, empty = seller_countries(who("foreign_official"), world)
    assert empty == 1.0
    officials = [h for h in world.holders if h.endswith("_official")]
    assert 3.0 < many < len(officials)


def test_a_seller_has_the_ties_of_its_country() -> None:
    close = of_sellers("jpn_official", "twn_official", "ind_official", "chn_official")
    assert close == ["treaty", "partner", "none", "rival"]
    assert of_sellers("jpn") == of_sellers("jpn_private") == close[:1]


def test_domestic_sellers_have_full_ties() -> None:
    assert of_sellers("usa_bank", "fed") == ["treaty", "treaty"]


def test_a_group_has_the_ties_of_its_most_distant_member() -> None:
    assert of_sellers("foreign_official") == ["rival"]


def test_classes_keep_their_order_in_every_draw() -> None:
    answers = questions.lowered("dump").draws.mechanisms
    for name in ("followers", "retaliation"):
        ties_drawn = np.asarray(next(each for each in answers if each.name == name).rule.ties)
        assert np.all(np.diff(ties_drawn, axis=1) < 0.0)
        np.testing.assert_array_equal(ties_drawn[:, [0, -1]], [[1.0, 0.0]] * len(ties_drawn))
        assert np.ptp(ties_drawn[:, 1]) > 0.05
