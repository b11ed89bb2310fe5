"""The essay's claims: how they are read, asked and judged."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st

from selloff.data import table, vintage, vintages
from selloff.evidence import parameters
from selloff.scenario import episode_names, load, load_episode, preset_names
from selloff.studies.essay import runs as claim_runs
from selloff.studies.essay.claims import VERDICTS, Claim, Part, claims, rules
from selloff.studies.essay.conditions import Condition, Term, read_condition
from selloff.studies.essay.facts import ask_data
from selloff.studies.essay.figures import FIGURES, SERIES, on_record
from selloff.studies.essay.quantities import QUANTITIES, measure, unit_of
from selloff.studies.essay.runs import EVENT_TREE, VARIANTS, scenario_of, wanted
from selloff.studies.essay.study import factcheck, judge
from selloff.studies.essay.tests import ask_model, percent
from selloff.studies.essay.verdicts import (
    is_close,
    of_chance,
    opposed,
    possible,
    together,
)
from selloff.vocab import metrics

PARTS = [part for claim in claims() for part in claim.parts]
EVERY = pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.claim}:{part.id}")

# How the evidence is read, claim by claim; for comparison alone.
EXPECTED = {
    "japan-largest-holder": "supported",
    "yields-overnight": "unsupported",
    "fed-restarts-qe": "contested",
    "dollar-falls-against-yen": "contested",
    "emerging-crises": "contested",
    "china-saudi-follow": "supported",
    "equities-nosedive": "contested",
    "gold-bitcoin-commodities": "contested",
    "debt-34tn": "out of date",
    "rating-downgrade": "out of date",
    "deflation-to-hyperinflation": "inconsistent",
    "few-alternatives": "contested",
    "us-retaliates": "contested",
    "slow-and-quiet": "contested",
}


def part_of(claim: str, part: str) -> Part:
    (found,) = (each for each in PARTS if (each.claim, each.id) == (claim, part))
    return found


def made_up(n_draws: int = 200) -> dict[tuple[str, str], Any]:
    """Numbers for everything that is asked, without a run."""
    chance = np.random.default_rng(5)
    return {
        (scenario, name): chance.random(n_draws)
        if unit_of(name) == "fraction"
        else 30.0 * chance.standard_normal(n_draws)
        for scenario, names in wanted(claims()).items()
        for name in names
    }


# Tables


def test_every_row_of_the_list_is_a_claim() -> None:
    assert [claim.id for claim in claims()] == list(EXPECTED)
    for claim in claims():
        assert all((claim.claim, claim.evidence, claim.source))
        assert any(part.role == "claim" for part in claim.parts)
        assert len({part.id for part in claim.parts}) == len(claim.parts)


@EVERY
def test_a_part_can_be_asked(part: Part) -> None:
    assert part.statement
    assert part.asked
    if part.kind in ("outcome", "chance", "chain"):
        assert part.scenarios
        known = {*preset_names(), *VARIANTS, EVENT_TREE}
        assert {*part.scenarios, *filter(None, [part.less])} <= known
        assert set(part.quantities) <= {*QUANTITIES, *metrics()}
    elif part.kind == "figure":
        assert part.condition.terms[0].quantity in FIGURES
    elif part.kind == "dated":
        assert part.ask.split(" = ")[0] in SERIES
    else:
        assert set(part.ask.split()) <= set(episode_names())
    counted = part.role == "claim"
    assert part.evidence_verdict in ((*VERDICTS, "") if not counted else VERDICTS)


@EVERY
def test_words_name_the_number_that_is_tested(part: Part) -> None:
    """A bound that is a plain number stands in the statement or in how it is asked."""
    if part.kind not in ("outcome", "figure"):
        return
    words = f"{part.statement} {part.asked}".replace("$1.1tn", "1100").replace("double", "100")
    for term in part.condition.terms:
        if abs(term.bound) in (0.0, 1.0, 0.1, 0.5, parameters()["claim_pct"].p50):
            continue
        name = {2.0: "two"}.get(term.bound, f"{abs(term.bound):g}")
        assert name in words, term


def test_a_chain_lists_its_links_in_order() -> None:
    for claim in claims():
        links = [part.ask for part in claim.parts if part.role == "link"]
        chains = [part.ask for part in claim.parts if part.kind == "chain"]
        assert chains == ([" and ".join(links)] if links else [])


def test_all_five_rules_of_consistency_are_checked() -> None:
    checks = [part.id for part in PARTS if part.role == "check"]
    assert sorted(checks) == [f"rule-{n}" for n in range(1, 6)]
    assert not any(part.role == "claim" and part.id.startswith("rule-") for part in PARTS)


def test_claims_that_name_no_pace_are_asked_both_ways() -> None:
    both = ("japan-dump", "controlled-descent")
    for claim, id_ in (
        ("fed-restarts-qe", "qe"),
        ("dollar-falls-against-yen", "impact"),
        ("emerging-crises", "crises"),
        ("equities-nosedive", "fall"),
        ("us-retaliates", "ally"),
    ):
        assert part_of(claim, id_).scenarios == both
    # Where the seller's own gold would decide, both sell for yen alone.
    for asset in ("gold", "bitcoin", "oil"):
        asked = part_of("gold-bitcoin-commodities", asset).scenarios
        assert asked == ("japan-dump", "slow-into-yen")
    assert part_of("china-saudi-follow", "follow").scenarios == ("dump-first-year", both[1])


# Conditions


def test_a_condition_is_read() -> None:
    least = parameters()["claim_pct"].p50
    assert read_condition("a >= 50") == Condition((Term("a", ">=", 50.0),))
    assert read_condition("a <= -claim_pct").terms[0].bound == -least
    both = read_condition("never a > 1 and b < claim_pct")
    assert both == Condition((Term("a", ">", 1.0), Term("b", "<", least)), is_never=True)
    assert both.quantities == ("a", "b")
    for wrong in ("a 50", "a = 50", "a >= much", ""):
        with pytest.raises(ValueError, match=r"cannot read|could not convert"):
            read_condition(wrong)


def test_a_condition_is_asked_of_every_draw() -> None:
    values = {"a": np.array([0.0, 1.0, 2.0]), "b": np.array([5.0, 5.0, 0.0])}
    for text, wanted_ in (
        ("a >= 1", [False, True, True]),
        ("a > 1", [False, False, True]),
        ("a <= 1 and b >= 5", [True, True, False]),
        ("never a >= 1 and b >= 5", [True, False, True]),
        ("a < 0", [False, False, False]),
    ):
        assert read_condition(text).holds(values.__getitem__).tolist() == wanted_


# Verdicts


def test_thresholds_decide() -> None:
    likely, even, unlikely = (rules()[name].value for name in ("likely", "even", "unlikely"))
    assert 0.0 < unlikely < even < likely < 1.0
    for chance, will, may in (
        (0.0, "unsupported", "unsupported"),
        (unlikely, "unsupported", "unsupported"),
        (unlikely + 1e-9, "contested", "contested"),
        (even, "contested", "supported"),
        (likely - 1e-9, "contested", "supported"),
        (likely, "supported", "supported"),
        (1.0, "supported", "supported"),
    ):
        assert of_chance(chance, is_possibility=False) == will
        assert of_chance(chance, is_possibility=True) == may


@given(st.floats(0.0, 1.0), st.floats(0.0, 1.0), st.booleans())
def test_a_higher_chance_never_makes_a_worse_verdict(one: float, two: float, may: bool) -> None:
    order = ["unsupported", "contested", "supported"]
    low, high = sorted((one, two))
    worse, better = (order.index(of_chance(x, is_possibility=may)) for x in (low, high))
    assert worse <= better


def test_verdicts_are_joined() -> None:
    assert together(["supported"]) == "supported"
    assert together(["unsupported", "unsupported"]) == "unsupported"
    assert together(["supported", "unsupported"]) == "contested"
    assert together(["supported", "contested"]) == "contested"
    assert together(["supported", "out of date"]) == "out of date"
    assert together(["out of date", "inconsistent", "supported"]) == "inconsistent"


def test_other_seeds_could_say_what_lies_within_two_standard_errors() -> None:
    flags = np.repeat([1.0, 0.0], [66, 34])
    error = 2.0 * np.sqrt(0.66 * 0.34 / 100)
    either = {"contested", "supported"}
    assert possible(0.66, flags, is_possibility=False) == either
    assert possible(0.66 + 0.99 * error, flags, is_possibility=False) == either
    assert possible(0.66 + 1.01 * error, flags, is_possibility=False) == {"supported"}
    assert possible(0.66, flags, is_possibility=True) == {"supported"}
    assert possible(1.0, np.ones(100), is_possibility=False) == {"supported"}


def test_a_joint_verdict_is_close_only_where_it_could_change() -> None:
    either = {"contested", "supported"}
    assert is_close("supported", [either])
    assert is_close("contested", [{"supported"}, either])
    # Another scenario disagrees whatever the first one says.
    assert not is_close("contested", [{"unsupported"}, either])
    assert not is_close("supported", [{"supported"}, {"supported"}])


def test_links_that_each_happen_and_never_together_are_opposed() -> None:
    yes, no = np.ones(100, dtype=bool), np.zeros(100, dtype=bool)
    half = np.arange(100) < 50
    # The second happens elsewhere only, where the first does not.
    assert opposed([[yes, no], [no, yes]]) == (0, 1)
    assert opposed([[half], [half], [~half]]) == (0, 2)
    # What never happens anywhere opposes nothing; what happens together neither.
    assert opposed([[yes], [no]]) is None
    assert opposed([[yes, no], [half, yes]]) is None
    # One draw in ten together is still very unlikely, more is not.
    assert opposed([[yes], [np.arange(100) < 11]]) is None
    assert opposed([[half], [np.arange(100) >= 45]]) == (0, 1)
    assert opposed([[half], [np.arange(100) >= 44]]) is None


# Asking the model


def outcome(**changes: Any) -> Part:
    plain = Part(
        claim="c",
        id="p",
        role="claim",
        kind="outcome",
        is_possibility=False,
        scenarios=("one",),
        less="",
        ask="us_10y_peak_bp >= 50",
        given="",
        statement="It is so",
        asked="peak",
        evidence_verdict="contested",
    )
    return replace(plain, **changes)


def test_a_chance_is_the_share_of_draws() -> None:
    values = np.arange(100.0)
    answer, (reading,) = ask_model(outcome(), {("one", "us_10y_peak_bp"): values})
    assert (answer.p, answer.verdict, answer.unit) == (0.5, "contested", "bp")
    assert (answer.p05, answer.p50, answer.p95) == pytest.approx((4.95, 49.5, 94.05))
    assert reading.p == answer.p
    assert answer.rule == "one: 50%, contested"


def test_scenarios_that_disagree_make_it_contested() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.full(50, 100.0),
        ("two", "us_10y_peak_bp"): np.zeros(50),
    }
    answer, readings = ask_model(outcome(scenarios=("one", "two")), measured)
    assert [reading.verdict for reading in readings] == ["supported", "unsupported"]
    assert (answer.p, answer.verdict) == (1.0, "contested")
    alone, _ = ask_model(outcome(scenarios=("two",)), measured)
    assert alone.verdict == "unsupported"


def test_a_chance_of_each_draw_is_averaged() -> None:
    measured = {("one", "sanction_prob_frac"): np.linspace(0.0, 0.8, 81)}
    part = outcome(kind="chance", ask="sanction_prob_frac", is_possibility=True)
    answer, _ = ask_model(part, measured)
    assert (answer.p, answer.verdict) == (pytest.approx(0.4), "supported")
    assert answer.p95 == pytest.approx(0.76)


def test_what_is_taken_off_is_taken_off_draw_by_draw() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.array([60.0, 160.0, 260.0, 360.0]),
        ("base", "us_10y_peak_bp"): np.array([0.0, 100.0, 220.0, 320.0]),
    }
    answer, _ = ask_model(outcome(less="base"), measured)
    assert (answer.p, answer.p50) == (0.5, 50.0)


def test_only_draws_that_meet_the_condition_count() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.arange(100.0),
        ("one", "usd_broad_peak_pct"): np.arange(100.0),
    }
    answer, (reading,) = ask_model(outcome(given="usd_broad_peak_pct >= 40"), measured)
    assert answer.p == pytest.approx(50 / 60)
    assert reading.note == "in 60 of 100 draws"
    answer, (reading,) = ask_model(outcome(given="usd_broad_peak_pct >= 80"), measured)
    assert (answer.p, answer.verdict, reading.verdict) == (None, None, None)
    assert answer.rule == "one: too few draws, 20 of 100 draws"


def test_no_range_is_shown_where_several_quantities_are_compared() -> None:
    measured = {
        ("one", "us_10y_peak_bp"): np.arange(100.0),
        ("one", "us_2y_peak_bp"): np.arange(100.0),
    }
    part = outcome(ask="us_10y_peak_bp >= 50 and us_2y_peak_bp < 70")
    answer, (reading,) = ask_model(part, measured)
    assert answer.p == 0.2
    assert (answer.p05, answer.p50, reading.p95) == (None, None, None)


def chain(**values: Any) -> tuple[Part, Mapping[tuple[str, str], Any]]:
    part = outcome(
        kind="chain", scenarios=("one", "two"), ask="us_10y_peak_bp > 0 and us_2y_peak_bp > 0"
    )
    names = ("us_10y_peak_bp", "us_2y_peak_bp")
    return part, {
        (scenario, name): np.asarray(row, dtype=float)
        for scenario, rows in values.items()
        for name, row in zip(names, rows, strict=True)
    }


def test_a_chain_is_inconsistent_where_its_links_exclude_each_other() -> None:
    up, down = np.ones(60), -np.ones(60)
    answer, _ = ask_model(*chain(one=(up, down), two=(down, up)), links=("A", "B"))
    assert (answer.verdict, answer.p) == ("inconsistent", 0.0)
    assert answer.rule == "A: 100% in one; B: 100% in two; both in the same draw: 0% at most"
    # A link that never happens at all is no contradiction.
    answer, _ = ask_model(*chain(one=(up, down), two=(up, down)), links=("A", "B"))
    assert answer.verdict == "unsupported"
    # Each link is told given those before it, as long as a draw is left.
    half = np.where(np.arange(60) < 30, 1.0, -1.0)
    _, told = ask_model(*chain(one=(half, up), two=(down, up)), links=("A", "B"))
    assert [reading.note.rpartition(": ")[2] for reading in told] == ["50%, 100%)", "0%)"]
    # And a chain that holds is judged by its chance.
    answer, _ = ask_model(*chain(one=(up, up), two=(up, up)), links=("A", "B"))
    assert (answer.verdict, answer.p) == ("supported", 1.0)


def test_chances_are_written_so_that_little_is_not_none() -> None:
    told = [percent(chance) for chance in (0.0, 0.001, 0.005, 0.42, 0.999, 1.0)]
    assert told == ["0%", "<0.5%", "0%", "42%", ">99.5%", "100%"]


# Asking the data


def at(month: str, claim: str, part: str) -> tuple[str | None, float | None, str]:
    found = ask_data(part_of(claim, part), vintage(month))
    return found.verdict, found.p50, found.rule


def test_debt_was_34tn_once() -> None:
    verdict, value, rule = at("2026-07", "debt-34tn", "total")
    assert verdict == "out of date"
    assert value is not None
    assert 39.0 < value < 40.5
    assert rule.endswith("within 0.5 of 34 on 2023-12-31")
    assert at("2023-12", "debt-34tn", "total")[:2] == ("supported", pytest.approx(34.0, abs=0.01))
    verdict, _, rule = at("2010-06", "debt-34tn", "total")
    assert verdict == "unsupported"
    assert "never" in rule


def test_history_of_debt_goes_through_both_tables_and_stops_at_the_day() -> None:
    _, of_day = SERIES["total_debt_usd_tn"]
    history = of_day(date(2026, 7, 31))
    assert str(history.index[-1].date()) == "2026-07-31"
    assert history.index.is_monotonic_increasing
    assert not history.index.has_duplicates
    quarters = table("debt_quarterly").set_index("date")["total_debt_usd_mn"]
    assert history.loc["2023-12-31"] == pytest.approx(quarters.loc["2023-12-31"] / 1e6)
    # Where both tables have a day, they agree.
    months = table("total_public_debt_monthly").set_index("date")["total_debt_usd_bn"]
    for day in months.index.intersection(quarters.index):
        assert months[day] / 1e3 == pytest.approx(quarters[day] / 1e6, abs=0.15)


def test_downgrades_are_ahead_in_part_or_behind() -> None:
    told = [at(month, "rating-downgrade", "has-happened") for month in ("2010-06", "2024-01")]
    assert [(verdict, count) for verdict, count, _ in told] == [
        ("supported", 0.0),
        ("contested", 2),
    ]
    verdict, count, rule = at("2026-07", "rating-downgrade", "has-happened")
    assert (verdict, count) == ("out of date", 3.0)
    assert rule.endswith("2011-08-05, 2023-08-01, 2025-05-16")


def test_a_freeze_is_a_precedent_once_it_has_happened() -> None:
    assert at("2022-01", "us-retaliates", "capacity")[:2] == ("unsupported", 0.0)
    assert at("2022-02", "us-retaliates", "capacity")[:2] == ("supported", 1.0)
    (day,) = on_record(["russia-freeze-2022"], date(2026, 1, 1))
    assert day == str(load_episode("russia-freeze-2022").start)


def test_books_of_japan_come_from_the_vintage() -> None:
    world = vintage("2026-07")
    verdict, value, _ = at("2026-07", "japan-largest-holder", "more-than-1.1tn")
    assert verdict == ("supported" if world.book("jpn") > 1100.0 else "unsupported")
    assert value == world.book("jpn")
    # 1,104 is within a percent of 1,100: that is said.
    assert ask_data(part_of("japan-largest-holder", "more-than-1.1tn"), world).close
    assert not ask_data(part_of("japan-largest-holder", "largest"), world).close
    rows = table("tic_holdings_monthly").set_index("date").loc["2026-07-31"]
    tic = rows[rows["series"] == "primary"].set_index("country")["usd_bn"]
    _, lead, _ = at("2026-07", "japan-largest-holder", "largest")
    assert lead == pytest.approx(tic["Japan"] / tic["United Kingdom"], rel=1e-6)
    # China came first once; the data say so.
    verdict, lead, _ = at("2012-06", "japan-largest-holder", "largest")
    assert verdict == "unsupported"
    assert lead is not None
    assert lead < 1.0


def test_hedging_does_not_pay_while_short_dollar_rates_are_high() -> None:
    verdict, pickup, _ = at("2026-07", "slow-and-quiet", "hedging")
    assert verdict == "unsupported"
    assert pickup is not None
    assert -2.0 < pickup < 0.0


# Measuring


@pytest.fixture
def small() -> xr.Dataset:
    """Two draws of four steps, with what the quantities look at."""
    step = np.arange(5)
    day = np.array([1, 5, 21, 252, 504])
    yen = np.array([[0.0, 2.0, 4.0, 1.0, 9.0], [0.0, -1.0, -2.0, -3.0, -9.0]])
    fx = 100.0 * (1.0 / (1.0 - yen / 100.0) - 1.0)
    ten = np.array([[0.0, 60.0, 30.0, -70.0, 200.0], [0.0, -5.0, 20.0, 10.0, 0.0]])
    prices = np.stack([ten / 10.0, -yen, yen + 1.0, ten / -10.0], axis=-1)
    debt = np.array([[0.1, 0.2], [0.3, 0.4]])
    reserve = np.zeros((2, 4, 4))
    reserve[:, :, 3] = [[20.0, 21.0, 24.0, 30.0], [20.0, 19.0, 18.0, 30.0]]
    price = np.array([[0.0, 5.0, 12.0, 7.0], [0.0, 50.0, 10.0, 20.0]])
    return xr.Dataset(
        {
            "delta_fx": (("draw", "step", "currency"), fx[..., None]),
            "delta_par_yield": (("draw", "step", "tenor"), ten[..., None]),
            "delta_asset_price": (("draw", "step", "market"), prices),
            "delta_volatility": (("draw", "step", "volatility"), yen[..., None]),
            "absorbed_by_holder": (
                ("draw", "holder"),
                np.array([[-30.0, -10.0, 99.0], [9.0, 1, 0]]),
            ),
            "holdings_face": (("holder", "bucket"), np.array([[100.0], [60.0], [7.0]])),
            "seller_execution_loss": ("draw", np.array([1.0, 2.0])),
            "seller_mark_loss": ("draw", np.array([10.0, 20.0])),
            "downgrade_prob": (("draw", "quarter"), debt),
            "delta_japan_cpi": (("draw", "quarter"), np.array([[-1.0, 2.0], [-3.0, -1.0]])),
            "reserve_share": (("draw", "year", "reserve_asset"), reserve),
            "reserve_share_base": (("draw", "year", "reserve_asset"), reserve - 1.0),
            "reserve_price_fast": (("draw", "reserve_asset"), price),
            "reserve_price_slow": (("draw", "reserve_asset"), price / 10.0),
            "descent": ("draw", np.array([0.3, 0.2])),
            "dump": ("draw", np.array([0.1, 0.25])),
        },
        coords={
            "step": step,
            "day": ("step", day),
            "currency": ["JPY"],
            "tenor": ["10Y"],
            "market": ["sp500", "gold", "bitcoin", "oil"],
            "volatility": ["vix"],
            "holder": ["chn_official", "sau_official", "jpn_official"],
            "reserve_asset": ["USD", "EUR", "JPY", "gold"],
            "year": [2027, 2028, 2029, 2030],
        },
        attrs={"horizon_years": 3.0},
    )


def test_quantities_are_what_they_say(small: xr.Dataset) -> None:
    found = measure(small, QUANTITIES)
    # The yen weakens in the first draw and strengthens in the second, so a dollar buys more or
    # fewer yen; every definition by hand.
    by_hand = {
        "us_10y_within_20d_bp": [60.0, 25.0],
        "us_10y_largest_move_1y_bp": [70.0, 20.0],
        "usdjpy_after_1m_pct": [-4.0, 2.0],
        "usdjpy_largest_move_1y_pct": [4.0, 3.0],
        "usdjpy_kept_frac": [0.25, 0.0],
        "sp500_trough_1y_pct": [-7.0, -0.5],
        "vix_peak_points": [9.0, 0.0],
        "gold_after_1w_pct": [-2.0, 1.0],
        "gold_after_1m_pct": [-4.0, 2.0],
        "bitcoin_after_1m_pct": [5.0, -1.0],
        "oil_after_1m_pct": [-3.0, -2.0],
        "china_saudi_sold_pct": [25.0, -6.25],
        "seller_loss_usd_bn": [11.0, 22.0],
        "further_cut_frac": [0.2, 0.4],
        "japan_cpi_low_pct": [-1.0, -3.0],
        "japan_cpi_high_pct": [2.0, -1.0],
        "gold_share_rise_pp": [5.0, -1.0],
        "third_cheapest_fast_pct": [12.0, 50.0],
        "third_cheapest_slow_pct": [1.2, 5.0],
        "descent_less_dump_frac": [0.2, -0.05],
    }
    assert set(by_hand) == set(QUANTITIES)
    for name, values in by_hand.items():
        np.testing.assert_allclose(found[name], values, atol=1e-12, err_msg=name)


# Running


def test_variants_change_what_they_say_and_nothing_else() -> None:
    dump, kept = load("japan-dump"), scenario_of("dollars-kept", "2026-07")
    assert (kept.name, kept.vintage) == ("dollars-kept", "2026-07")
    (seller,) = kept.sellers
    assert dict(seller.proceeds) == {"usd_cash": 1.0}
    (original,) = dump.sellers
    assert seller.model_copy(update={"proceeds": original.proceeds}) == original
    assert kept.reactions == dump.reactions
    alone = scenario_of("dollars-kept-alone", None)
    assert not any(dict(alone.reactions).values())
    assert alone.sellers == kept.sellers
    assert scenario_of("dump-first-year", None).sellers == dump.sellers
    assert scenario_of("dump-first-year", None).horizon_years == 1.0
    slow, descent = scenario_of("slow-into-yen", None), load("controlled-descent")
    assert dict(slow.sellers[0].proceeds) == dict(original.proceeds)
    assert slow.sellers[0].pace == descent.sellers[0].pace
    squeeze = scenario_of("squeeze-alone", None)
    assert squeeze.sellers == ()
    assert squeeze.shocks == load("taiwan-conflict").shocks
    runs = scenario_of("nobody-runs", None)
    assert runs.rules.run_cost_frac == 1.0
    assert runs.sellers == dump.sellers
    assert scenario_of("sanctions", None).sellers == load("sanctions").sellers


def test_every_scenario_is_run_once(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: list[tuple[str, int]] = []
    told: list[tuple[int, int]] = []

    def fake_run(ready: Any, *, n_draws: int, attribution: bool) -> Any:
        assert not attribution
        ran.append(ready)
        return {"n": n_draws}

    monkeypatch.setattr(claim_runs, "prepare", lambda scenario, seed: (scenario.name, seed))
    monkeypatch.setattr(claim_runs, "run", fake_run)
    monkeypatch.setattr(claim_runs, "is_priced", lambda ds: np.ones(ds["n"], dtype=bool))
    monkeypatch.setattr(claim_runs, "event_tree", lambda vintage, draws, seed: {"n": draws})
    monkeypatch.setattr(
        claim_runs, "measure", lambda ds, names: {name: np.zeros(ds["n"]) for name in names}
    )
    found = factcheck(draws=7, seed=3, progress=lambda done, total: told.append((done, total)))
    asked = wanted(claims())
    assert ran == [(name, 3) for name in asked if name != EVENT_TREE]
    assert told == [(n, len(asked)) for n in range(1, len(asked) + 1)]
    assert (found["made"]["draws"], found["made"]["seed"]) == (7, 3)
    assert found["made"]["vintage"] == next(v.id for v in vintages() if v.is_default)


@pytest.mark.parametrize("is_priced", [True, False])
def test_what_is_no_number_is_named_unless_it_has_no_price(
    monkeypatch: pytest.MonkeyPatch, is_priced: bool
) -> None:
    asked = (replace(claims()[1], parts=(part_of("yields-overnight", "overnight"),)),)
    monkeypatch.setattr(claim_runs, "prepare", lambda scenario, seed: None)
    monkeypatch.setattr(claim_runs, "run", lambda ready, **how: None)
    monkeypatch.setattr(claim_runs, "is_priced", lambda ds: np.array([True, is_priced]))
    monkeypatch.setattr(claim_runs, "measure", lambda ds, names: {"odd": np.array([1.0, np.nan])})

    def ask() -> Mapping[tuple[str, str], Any]:
        return claim_runs.measure_all(asked, vintage=None, draws=2, seed=0)

    if is_priced:
        with pytest.raises(ValueError, match="japan-dump: odd is no number in some draws"):
            ask()
    else:
        assert ask()["japan-dump", "odd"].tolist() == [1.0]


# Judging


@pytest.fixture(scope="module")
def judged() -> dict[str, Any]:
    return judge(claims(), made_up(), vintage("2026-07"))


def test_the_structure_is_as_agreed(judged: dict[str, Any]) -> None:
    assert set(judged["thresholds"]) == set(rules())
    for claim in judged["claims"]:
        assert claim["verdict"] in VERDICTS
        assert claim["evidence_verdict"] == EXPECTED[claim["id"]]
        assert claim["agrees"] == (claim["verdict"] == EXPECTED[claim["id"]])
        for part in claim["parts"]:
            assert part["verdict"] in (*VERDICTS, None)
            assert part["rule"]
            assert part["unit"]
            if part["scenarios"]:
                assert [r["scenario"] for r in part["readings"]] == part["scenarios"]
                assert all(part[key] == part["readings"][0][key] for key in ("p", "p05", "p95"))
                assert part["asked"].startswith(part["scenarios"][0])
            else:
                assert (part["p"], part["readings"]) == (None, [])
                assert part["p50"] is not None


def test_the_verdict_of_a_claim_is_that_of_its_counted_parts(judged: dict[str, Any]) -> None:
    for claim in judged["claims"]:
        counted = [part["verdict"] for part in claim["parts"] if part["role"] == "claim"]
        assert claim["verdict"] == together(counted)


def test_no_verdict_reads_what_the_evidence_says(judged: dict[str, Any]) -> None:
    """Turn every reading of the evidence round: no verdict of the model moves."""

    def turned(claim: Claim) -> Claim:
        parts = [replace(part, evidence_verdict="inconsistent") for part in claim.parts]
        return replace(claim, parts=tuple(parts))

    again = judge([turned(claim) for claim in claims()], made_up(), vintage("2026-07"))
    for one, other in zip(judged["claims"], again["claims"], strict=True):
        assert one["verdict"] == other["verdict"]
        assert other["evidence_verdict"] == "inconsistent"
        for mine, theirs in zip(one["parts"], other["parts"], strict=True):
            assert mine | {"evidence_verdict": None} == theirs | {"evidence_verdict": None}


def test_verdicts_follow_the_numbers() -> None:
    """The same tables over a world where nothing moves, and over one where everything does."""
    names = wanted(claims())
    still = {(s, q): np.zeros(50) for s, quantities in names.items() for q in quantities}
    found = {c["id"]: c for c in judge(claims(), still, vintage("2026-07"))["claims"]}
    for quiet in ("yields-overnight", "fed-restarts-qe", "emerging-crises", "equities-nosedive"):
        assert found[quiet]["verdict"] == "unsupported"
    assert found["deflation-to-hyperinflation"]["verdict"] == "unsupported"
    loud = {key: np.full(50, 1000.0) for key in still}
    found = {c["id"]: c for c in judge(claims(), loud, vintage("2026-07"))["claims"]}
    for moved in ("yields-overnight", "fed-restarts-qe", "emerging-crises"):
        assert found[moved]["verdict"] == "supported"
    assert found["equities-nosedive"]["verdict"] == "unsupported"
