"""Every scenario is run once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from essay import part_of
from selloff.data import vintages
from selloff.scenario import load
from selloff.studies.essay import runs as claim_runs
from selloff.studies.essay.claims import claims
from selloff.studies.essay.runs import EVENT_TREE, scenario_of, wanted
from selloff.studies.essay.study import factcheck


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
    slow, descent = scenario_of("japan-slow", None), load("controlled-descent")
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
