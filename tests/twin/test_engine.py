"""The engine gives what plain loops over draws, steps, groups, holders and buckets give."""

from typing import Any

import numpy as np
import pytest

import questions
from twin import engine_numpy as twin
from twin.arithmetic import fate, noise_path, plain, row
from twin.happens import HAPPENS, draws

ALONE = (
    "dump",
    "ordered",
    "ordered slowly",
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
    "absorbed",
    "fed",
    "followed",
    "forced",
    "intervened",
    "jgbs",
    "rates",
    "stress",
    "sold_by",
    "placed",
    "placed_by_others",
    "hazard",
)
ACCOUNT = ("proceeds", "at_baseline", "assets", "worst_mark", "first_day", "last_day")
REACTED = (
    "dislocation",
    "rises",
    "yen",
    "trend",
    "sold",
    "proceeds",
    "assets",
    "closed",
    "carry_closed",
    "rates",
    "jgbs",
    "intervened",
    "hazard",
    "frozen",
    "sanction_loss",
    "several",
)
FED = ("held", "open_days", "shut_days")
LEFT = {"account": ("to_come", "backlog"), "reacted": ("planned",)}
"""What is left of an amount sold, in the end crumbs of rounding [USD bn]."""
LEAST = 1e-3
"""What never gets larger, ten basis points or USD 1mn, is compared as if it did."""
DRAWS = (0, 5)


def close(given: Any, wanted: Any, name: str, *, least: float = LEAST) -> None:
    """Relative to the size of the series; NaN where no free source exists."""
    given, wanted = np.asarray(given), np.asarray(wanted)
    finite = np.abs(wanted[np.isfinite(wanted)])
    scale = finite.max(initial=least)
    np.testing.assert_allclose(given, wanted, rtol=1e-9, atol=1e-9 * scale, err_msg=name)


def check(name: str, draw: int) -> None:
    """One draw of one question, everything it leaves behind."""
    ready, found = questions.lowered(name), questions.answer(name)
    slow = twin.simulate(plain(ready.inputs), plain(questions.paths()), ready.draws, draw=draw)
    for series in SERIES:
        close(getattr(found, series)[draw], getattr(slow, series), series)
    for figure in ACCOUNT:
        close(getattr(found.account, figure)[draw], getattr(slow.account, figure), figure)
    for figure in REACTED:
        close(getattr(found.reacted, figure)[draw], getattr(slow.reacted, figure), figure)
    for figure in FED:
        close(getattr(found.reacted.fed, figure)[draw], getattr(slow.reacted.fed, figure), figure)
    for part, figures in LEFT.items():
        for figure in figures:
            given = getattr(getattr(found, part), figure)[draw]
            close(given, getattr(getattr(slow, part), figure), figure, least=1.0)
    # Rounding leaves whoever is done with crumbs to sell, and they have no pace.
    is_selling = slow.reacted.planned > 1e-6
    given, wanted = np.asarray(found.reacted.pace)[draw], slow.reacted.pace
    close(given[is_selling], wanted[is_selling], "pace")
    close(found.bought[draw], slow.bought, "bought")
    close(found.holdings[draw], slow.holdings, "holdings")
    assert int(found.outcome[draw]) == slow.outcome


@pytest.mark.parametrize("draw", DRAWS)
@pytest.mark.parametrize("name", ALONE)
def test_a_sale_alone_equals_the_twin(name: str, draw: int) -> None:
    check(name, draw)


@pytest.mark.parametrize("name", questions.ANSWERED)
def test_an_answered_sale_equals_the_twin(name: str) -> None:
    """In draws in which what the question is about really happens."""
    n_draws = 1 if name.startswith("all but") else 2
    chosen = draws(name, n_draws)
    assert len(chosen) == n_draws
    for draw in chosen:
        check(name, draw)


def test_every_answered_question_says_what_it_is_about() -> None:
    assert set(HAPPENS) == set(questions.ANSWERED)


def test_the_twin_checks_everything_a_run_leaves_behind() -> None:
    found = questions.answer("dump")
    others = {"bought", "holdings", "outcome", "account", "reacted"}
    # Residuals are the engine's own check of itself.
    assert set(found.__dataclass_fields__) == {*SERIES, *others, "residuals"}
    assert set(found.account.__dataclass_fields__) == {*ACCOUNT, *LEFT["account"]}
    assert set(found.reacted.__dataclass_fields__) == {*REACTED, *LEFT["reacted"], "pace", "fed"}
    assert set(found.reacted.fed.__dataclass_fields__) == set(FED)


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
