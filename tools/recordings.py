"""Record answers of the what-if room for the tests of its page: `python tools/recordings.py`.

The answers are the engine's; every third place of a chart is kept, and the first rows of tables.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from selloff.apps.room import _engine, _facts, _story
from selloff.apps.room._lab import LAB, ReverseBody, read_study
from selloff.apps.room._orders import Order
from selloff.apps.room._questions import read_question
from selloff.pipeline import Here
from selloff.vocab import write_file

FOLDER: Final = Path(__file__).resolve().parents[1] / "tests" / "recorded"
DRAFT, FULL, FEW = 100, 400, 24
"""Draws of a draft, of an answer, and of each sale that a study tries."""
EVERY, NUMBERS, ROWS, VIEWS = 3, 15, 6, 3
"""Places kept of a chart, numbers and rows of tables kept, views kept of the slow sale."""
DAY: Final = date(2026, 9, 18)
Plain = dict[str, Any]


def main() -> None:
    """Record what the page asks for."""
    slow = ask(FULL, days=2520)
    keep("full", ask(FULL))
    keep("slow", slow | {"views": slow["views"][:VIEWS]})
    keep("draft", ask(DRAFT, is_whole=False))
    keep("schema", {name: one for name, one in _facts.schema(None).items() if name != "scenario"})
    keep("monitor", _facts.monitor(DAY))
    keep("story", _story.cards())
    keep("study", study())


def study() -> Plain:
    """Ask a study of the lab."""
    body = ReverseBody.model_validate({"event": "us_10y_peak_bp >= 60", "draws": FEW})
    return _engine.study(read_study(LAB["reverse"], body), Here())


def ask(draws: int, *, is_whole: bool = True, **question: Any) -> Plain:
    """Answer a question as the server does, and make it short."""
    order = Order(read_question(question), draws, is_whole=is_whole)
    told: Plain = json.loads(_engine.answer(order, lambda *_: None)) | {"cached": False}
    told["numbers"] = told["numbers"][:NUMBERS] + [
        one for one in told["headline"] if one["name"] not in _names(told["numbers"][:NUMBERS])
    ]
    for view in told["views"]:
        view["charts"] = [
            thinned(one, len(one.get("x", {}).get("values", ()))) for one in view["charts"]
        ]
        for table in view["tables"]:
            table["rows"] = table["rows"][:ROWS]
    told["paths"] = [thinned(one, len(one["x"])) for one in told["paths"][:1]]
    return told


def thinned(value: Any, n: int) -> Any:
    """Keep every third place of all lists that run along an axis of n places, and the last."""
    if isinstance(value, dict):
        return {name: thinned(one, n) for name, one in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) == n > EVERY:
        return [*value[: n - 1 : EVERY], value[-1]]
    return [thinned(one, n) for one in value]


def _names(numbers: list[Plain]) -> set[str]:
    return {str(one["name"]) for one in numbers}


def keep(name: str, value: Any) -> None:
    """Write one recording."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    write_file(FOLDER / f"{name}.json", text + "\n")


if __name__ == "__main__":
    main()
