"""A backtest in the size of a notebook's cell: what it found, a table, a picture."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from selloff.charts import as_image
from selloff.report.card import grid
from selloff.report.past import aggregates, episodes, moves, placed
from selloff.report.section import Drawing
from selloff.report.trust import record, record_title
from selloff.vocab import EPISODE_LABELS

Cells = Sequence[Sequence[str]]


def backtest_card(found: Mapping[str, Any]) -> str:
    """Tell a backtest as a piece of a page, without scripts and without the network."""
    return str(_all(found) if "scores" in found else _alone(found["episodes"][0]))


def _all(found: Mapping[str, Any]) -> Markup:
    table = aggregates(found)
    said = " ".join([f"{record_title(found)}.", *record(found)])
    drawn = episodes(found)
    return _put("All episodes", said, grid(table.head, table.rows), drawn[0] if drawn else None)


def _alone(case: Mapping[str, Any]) -> Markup:
    held = [one for one in case["rows"] if one["observed"] is not None]
    inside = sum(one["model"][0] <= one["observed"] <= one["model"][2] for one in held)
    said = f"{inside} of {len(held)} outcomes lay in its ranges, where 90% should."
    rows = [
        (EPISODE_LABELS[one["variable"]], *placed(one, 1 if _is_percent(one) else 0))
        for one in case["rows"]
    ]
    yields = [(EPISODE_LABELS[one["variable"]], one) for one in held if not _is_percent(one)]
    head = ("In bp; currencies in percent", "Model (5–95%)", "Seen", "Verdict")
    drawn = moves("past_alone", "Yields: the model and what happened", "bp", yields)
    return _put(str(case["title"]), said, grid(head, rows), drawn if yields else None)


def _is_percent(one: Mapping[str, Any]) -> bool:
    return str(one["variable"]).endswith("_pct")


def _put(title: str, said: str, table: Markup, drawn: Drawing | None) -> Markup:
    words = Markup("<p><strong>{}.</strong> {}</p>").format(title, said)
    if drawn is None:
        return words + table
    picture = Markup("<p>{}<br>{}</p>").format(drawn.title, Markup(as_image(drawn.chart)))
    return words + table + picture
