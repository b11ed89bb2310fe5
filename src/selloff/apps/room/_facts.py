"""What the page asks beside answers: controls, sellers, presets, record, monitor, parameters."""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from selloff import __version__
from selloff.apps.room._bodies import question_schema
from selloff.apps.room._controls import ASSET_WORDS, controls
from selloff.apps.room._lab import lab_fields
from selloff.apps.room._questions import read_question
from selloff.apps.room._sellers import sellers_at
from selloff.data import DEFAULT_VINTAGE, vintages
from selloff.evidence import scores_in_short, support
from selloff.report import model_pages
from selloff.scenario import json_schema, load, preset_names, to_yaml
from selloff.studies import monitor as study
from selloff.vocab import ASSET_LABELS, InputError, Problem, name_of, shown

Plain = dict[str, Any]
SALES: Final = "sales_month"
"""The record of what was sold within a month."""


def schema(month: str | None) -> Plain:
    """Say what the page is made of."""
    held = sellers_at(month)
    return {
        "version": __version__,
        "month": month or DEFAULT_VINTAGE,
        "months": [one["id"] for one in months()],
        "controls": [_control(name) for name in controls()],
        "sellers": [
            {"id": who, "name": name_of(who), "usd_bn": round(one, 3)} for who, one in held.items()
        ],
        "assets": [
            {"word": word, "label": ASSET_LABELS[asset]} for word, asset in ASSET_WORDS.items()
        ],
        "presets": presets(),
        "observed": {"usd_per_month": support()[SALES].limit, "source": support()[SALES].source},
        "studies": lab_fields(),
        "pages": model_pages(),
        "question": question_schema(),
        "scenario": json_schema(),
    }


def _control(name: str) -> Plain:
    row = controls()[name]
    texts = ("name", "kind", "default", "unit", "group", "label", "help")
    ends = {key: float(getattr(row, key)) for key in ("least", "most") if getattr(row, key)}
    return {key: getattr(row, key) for key in texts} | ends


@lru_cache(maxsize=1)
def presets() -> list[Plain]:
    """List the scenarios that come with Selloff, with what the controls show of each."""
    found = []
    for name in preset_names():
        scenario, asked = load(name), read_question({"preset": name}).asked
        words = {"title": scenario.title, "description": scenario.description}
        found.append({"name": name, **words, "asked": asked, "yaml": to_yaml(scenario)})
    return found


def months() -> list[Plain]:
    """List the months for which there are books."""
    return [
        {"id": one.id, "date": one.date.isoformat(), "is_default": one.is_default}
        for one in vintages()
    ]


def record() -> Plain:
    """Give the backtest that comes with Selloff in short."""
    return dict(scores_in_short())


def day_of(given: str | None) -> date:
    """Read a day; without one, that of the last release."""
    if given is None:
        return study.last_release()
    try:
        return date.fromisoformat(given)
    except ValueError:
        remedy = "Write the day as 2026-08-19."
        raise InputError(
            [Problem(where="as_of", given=shown(given), allowed="a day", remedy=remedy)]
        ) from None


def monitor(day: date) -> Plain:
    """Say of every holder whether it sells quietly, as known on a day."""
    found = [study.summarise(study.nowcast(name, day)) for name in study.holders()]
    return {"as_of": day.isoformat(), "holders": found}
