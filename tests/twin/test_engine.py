"""The engine gives what plain loops over draws, steps, groups, holders and buckets give."""

from typing import Any

import numpy as np
import pytest

import questions
from marks import nightly_but, slow_but
from selloff.vocab import FOREIGN
from twin import engine_numpy as twin
from twin.arithmetic import fate, noise_path, plain, row
from twin.happens import HAPPENS, draws

ALONE = (
    "dump",
    "ordered",
    "ordered slowly",
    "bills of two",
    "announced",
    "two sellers",
    "too slow",
    "bank buys",
    "bank promises",
)
"""Questions nobody reacts to."""
SERIES = (
    "prices",
    "base_ten_year",
    "base_log_fx",
    "sold",
    "unsold",
    "dealers",
    "levered",
    "use",
    "waiting",
    "absorbed",
    "fed",
    "followed",
    "stress",
    "sold_by",
    "placed",
    "placed_by_others",
)
REPORTED = (
    *("forced", "intervened", "leant", "rates", "hazard", "struck", "foreign_bonds"),
    *("needed", "bought_dollars", "margin"),
)
"""What mechanisms show at every step."""
BILL = ("proceeds", "at_baseline", "conversion", "carry", "mark", "worst_mark")
ACCOUNT = (*BILL, "refilled", "assets", "first_day", "last_day")
OTHERS = ("sold", "refilled", "proceeds", "assets")
ENDED = {
    "yen_trend": "trend",
    "funds_closed": "closed",
    "carry_closed": "carry_closed",
    "hazard_by_seller": "hazard",
    "frozen": "frozen",
    "sanction_loss": "sanction_loss",
    "several": "several",
    "leant_by_bucket": "leant",
}
"""What mechanisms show at the horizon, and what the twin calls it."""
FED = {"held_by_rules": "held", "fed_open_days": "open_days", "fed_shut_days": "shut_days"}
FED |= {"fed_lasting": "lasting", "fed_given": "given"}
BY_SELLER = (
    *("programme", "turnover_frac", "ordered", "before", "refills", "announced", "into"),
    *("member", "countries", "hostility"),
)
LEAST = 1e-3
"""What never gets larger, ten basis points or USD 1mn, is compared as if it did."""
DRAWS = (0, 5)
QUICK = (
    *("everything", "hostile with a pause", "early gate", "strong yen", "run"),
    *("capped yields", "leaning"),
)
"""Questions with much in them; the others follow in the slow tests."""


def close(given: Any, wanted: Any, name: str, *, least: float = LEAST) -> None:
    """Relative to the size of the series; NaN where no free source exists."""
    given, wanted = np.asarray(given), np.asarray(wanted)
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = finite.max(initial=least)
    np.testing.assert_allclose(given, wanted, rtol=1e-9, atol=1e-9 * scale, err_msg=name)


def seats(inputs: Any, n_seats: int) -> Any:
    """The same inputs with the first seats alone."""
    n_rows = inputs.books.holdings.shape[0] - inputs.sale.programme.shape[0] + n_seats
    inputs.books.holdings = inputs.books.holdings[:n_rows]
    inputs.sale.scheduled = inputs.sale.scheduled[:, :n_seats]
    for name in BY_SELLER:
        setattr(inputs.sale, name, getattr(inputs.sale, name)[:n_seats])
    return inputs


def check(name: str, draw: int) -> None:
    """One draw of one question, everything it leaves behind."""
    ready, found = questions.lowered(name), questions.answer(name)
    slow = twin.simulate(plain(ready.inputs), plain(questions.paths()), ready.draws, draw=draw)
    for series in SERIES:
        close(getattr(found, series)[draw], getattr(slow, series), series)
    for figure in ACCOUNT:
        close(getattr(found.account, figure)[draw], getattr(slow.account, figure), figure)
    for shown in REPORTED:
        close(found.reported[shown][draw], getattr(slow, shown), shown)
    for figure in OTHERS:
        close(getattr(found.others, figure)[draw], getattr(slow.reacted, figure), figure)
    for shown, figure in ENDED.items():
        close(found.ended[shown][draw], getattr(slow.reacted, figure), shown)
    for shown, figure in FED.items():
        close(found.ended[shown][draw], getattr(slow.reacted.fed, figure), shown)
    close(found.seen.dislocation[draw], slow.reacted.dislocation, "dislocation")
    close(found.seen.rises[draw], slow.reacted.rises, "rises")
    yen = [-each[draw, FOREIGN.at("JPY")] for each in (found.seen.log_fx, found.seen.base_log_fx)]
    close(yen, slow.reacted.yen, "yen")
    # What is left of an amount sold is in the end crumbs of rounding.
    for figure in ("to_come", "backlog"):
        given = getattr(found.account, figure)[draw]
        close(given, getattr(slow.account, figure), figure, least=1.0)
    close(found.ended["planned"][draw], slow.reacted.planned, "planned", least=1.0)
    # Rounding leaves whoever is done with crumbs to sell, and they have no pace.
    is_selling = slow.reacted.planned > 1e-6
    given, wanted = np.asarray(found.ended["pace"])[draw], slow.reacted.pace
    close(given[is_selling], wanted[is_selling], "pace")
    close(found.bought[draw], slow.bought, "bought")
    close(found.holdings[draw], slow.holdings, "holdings")
    assert int(found.outcome[draw]) == slow.outcome


@pytest.mark.parametrize("draw", nightly_but([DRAWS[0]], DRAWS))
@pytest.mark.parametrize("name", slow_but(["two sellers"], ALONE))
def test_a_sale_alone_equals_the_twin(name: str, draw: int) -> None:
    check(name, draw)


@pytest.mark.parametrize("name", slow_but(QUICK, questions.ANSWERED))
def test_an_answered_sale_equals_the_twin(name: str) -> None:
    """In draws in which what the question is about really happens."""
    n_draws = 1 if name.startswith("all but") else 2
    chosen = draws(name, n_draws)
    assert len(chosen) == n_draws
    for draw in chosen:
        check(name, draw)


def test_an_empty_seat_changes_nothing() -> None:
    """The engine has two seats, the twin one."""
    name, (draw,) = "hostile alone", draws("hostile alone", 1)
    ready, found = questions.lowered(name), questions.answer(name)
    alone = seats(plain(ready.inputs), 1)
    slow = twin.simulate(alone, plain(questions.paths()), ready.draws, draw=draw)
    assert np.all(np.asarray(found.sold_by)[draw, :, 1] == 0.0)
    for series in set(SERIES) - {"sold_by"}:
        close(getattr(found, series)[draw], getattr(slow, series), series)
    for figure in ("proceeds", "at_baseline", "conversion", "carry", "mark", "refilled"):
        first, empty = getattr(found.account, figure)[draw]
        close(first, getattr(slow.account, figure)[0], figure)
        assert not np.any(empty), figure
    for shown in ("hazard_by_seller", "frozen", "sanction_loss"):
        first, empty = found.ended[shown][draw]
        close(first, getattr(slow.reacted, ENDED[shown])[0], shown)
        assert empty == 0.0, shown
    close(found.holdings[draw, :-1], slow.holdings, "holdings")
    assert not np.any(found.holdings[draw, -1])
    assert int(found.outcome[draw]) == slow.outcome


def test_every_answered_question_says_what_it_is_about() -> None:
    assert set(HAPPENS) == set(questions.ANSWERED)


def test_the_twin_checks_everything_a_run_leaves_behind() -> None:
    found = questions.answer("dump")
    others = {"bought", "holdings", "outcome", "account", "seen", "others", "reported", "ended"}
    # Residuals are the engine's own check of itself.
    assert set(found.__dataclass_fields__) == {*SERIES, *others, "residuals"}
    assert set(found.account.__dataclass_fields__) == {*ACCOUNT, "to_come", "backlog"}
    assert set(found.others.__dataclass_fields__) == set(OTHERS)
    assert set(found.reported) == set(REPORTED)
    # What is forced by row is what is forced in all; books tell the rest.
    assert set(found.ended) == {*ENDED, *FED, "planned", "pace", "forced_by_row"}


@pytest.mark.parametrize("draw", range(questions.N_DRAWS))
def test_chance_equals_the_twin(draw: int) -> None:
    ready, found = questions.lowered("nothing"), questions.paths()
    inputs, normals = plain(ready.inputs), questions.normals()
    noise, depth = noise_path(inputs.market, inputs.clock, row(ready.draws, draw), normals[draw])
    sunspot, patience = fate(normals[draw])
    close(found.noise[draw], noise, "noise")
    close(found.depth[draw], depth, "depth")
    close(found.sunspot[draw], sunspot, "sunspot")
    close(found.patience[draw], patience, "patience")
