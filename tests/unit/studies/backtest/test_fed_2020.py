"""The Federal Reserve's rule against what it did: March to May 2020, and days of doubt."""

from datetime import date
from typing import Any

import numpy as np
import pytest

import selloff as so
from selloff.bridge import NOBODY
from selloff.scenario import Episode, Flow, load, load_episode
from selloff.studies.backtest.replay import replay

pytestmark = pytest.mark.slow
N_DRAWS = 64
ALONE = NOBODY.model_copy(update={"fed_purchases": True})


def dash_for_cash(until: date) -> Episode:
    """Everybody's sales on record, without purchases; officials sold on in April and May.

    Source: FEDS Note of 28 January 2022, officials' net sales of 243.5 from March to May.
    """
    episode = load_episode("dash-for-cash-2020")
    flows = tuple(flow for flow in episode.flows if flow.holder != "fed")
    later = {"first_day": date(2020, 4, 1), "last_day": date(2020, 5, 29)}
    more: tuple[Flow, ...] = (flows[0].model_copy(update={"sale_usd_bn": 243.5 - 145.6, **later}),)
    return episode.model_copy(
        update={"end": until, "flows": flows + (more if until > date(2020, 4, 1) else ())}
    )


@pytest.mark.parametrize(
    ("until", "least", "most"),
    [(date(2020, 3, 18), 120.0, 250.0), (date(2020, 5, 29), 1000.0, 2000.0)],
)
def test_the_rule_buys_what_was_bought_in_2020(until: date, least: float, most: float) -> None:
    """157 USD bn by 18 March, and about 1,600 by the end of May."""
    played = replay(dash_for_cash(until), n_draws=N_DRAWS, reactions=ALONE)
    assert least < np.median(played.answers["fed_purchases"]) < most


def shocked(kind: str, size: float) -> Any:
    scenario = {
        "schema_version": 1,
        "name": "shocked",
        "title": "Shocked",
        "description": "A shock and no sale.",
        "horizon_years": 1,
        "sellers": [],
        "shocks": [{"kind": kind, "size": size, "start_day": 1}],
    }
    return so.run(scenario, draws=N_DRAWS).dataset


@pytest.mark.parametrize(("kind", "least", "most"), [("doubt", 0.0, 0.2), ("squeeze", 0.8, 1.0)])
def test_it_answers_to_march_2020_and_not_to_april_2025(
    kind: str, least: float, most: float
) -> None:
    """Nothing was bought in April 2025: so in the median draw, and in few draws at all."""
    bought = shocked(kind, 1.0)["absorbed_face"].sel(group="fed").values.max(axis=1)
    assert least <= np.mean(bought > 1.0) <= most
    assert (np.median(bought) > 100.0) == (kind == "squeeze")


@pytest.mark.parametrize("rates", [False, True])
def test_few_draws_of_the_dump_end_a_year_well_below_the_baseline(rates: bool) -> None:
    """With purchases alone, and with recessions that lower the rate and yields with it."""
    dump = load("japan-dump")
    reactions = dump.reactions.model_copy(update={"policy_rates": rates})
    asked = dump.model_copy(update={"reactions": reactions})
    ds = so.run(asked, draws=256, seed=0, horizon_years=1.5, attribution=False).dataset
    at = int(np.searchsorted(ds["day"].values, 252))
    assert np.mean(ds["delta_par_yield"].sel(tenor="10Y").values[:, at] < -20.0) < 0.05
