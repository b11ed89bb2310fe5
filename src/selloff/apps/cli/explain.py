"""`selloff explain`."""

from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._completing import PARAMETERS
from selloff.apps.cli._console import plain_table, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import AsJson, chosen

if TYPE_CHECKING:
    from selloff.evidence import Parameter

_SHOWN: Final = 8
_LEAST: Final = 0.1


def explain(
    parameter: Annotated[
        str, typer.Argument(metavar="PARAMETER", help="Its name.", autocompletion=PARAMETERS)
    ],
    *,
    json: AsJson = False,
) -> None:
    """Say what a parameter is, where it is from and what it moves."""
    from selloff.evidence import parameters

    table = parameters()
    allowed = f"one of {len(table)} parameters; docs/nomenclature.md lists them"
    row = table[chosen("explain", parameter, tuple(table), allowed=allowed)]
    about = _about(row)
    if json:
        say_json(about)
        return
    _show(row, about["in_the_bank"])
    _show_estimates(about["estimates"])
    _show_moves(row, about["rank_correlations"])


def _about(row: "Parameter") -> dict[str, Any]:
    from selloff.evidence import estimates, load_moves

    moves = load_moves()["correlations"].get(row.name, {})
    return row.as_row() | {
        "in_the_bank": _in_the_bank(row.name),
        "moves": list(row.moves),
        "rank_correlations": moves,
        "estimates": [
            {"id": each.id, "citation": each.citation, "standing": each.standing}
            for each in estimates()
            if row.name in each.informs
        ],
    }


def _in_the_bank(name: str) -> list[float] | None:
    import numpy as np

    from selloff.evidence import load_bank

    values = load_bank().draws.get(name)
    if values is None or values.ndim != 1:
        return None
    return [float(f"{x:.4g}") for x in np.percentile(values, [5, 50, 95])]


def _show(row: "Parameter", in_the_bank: list[float] | None) -> None:
    lines = {"mechanism": row.mechanism}
    if row.distribution == "constant":
        lines["value"] = f"{row.p50:g}, the same in every draw"
    else:
        spread = f"median {row.p50:g} (5-95%: {row.p05:g} to {row.p95:g})"
        lines["distribution"] = f"{row.distribution}, {spread}"
        if in_the_bank:
            low, mid, high = in_the_bank
            lines["in the bank"] = f"median {mid:g} (5-95%: {low:g} to {high:g})"
    if row.drawn_with:
        lines["drawn with"] = f"{row.drawn_with}, rank correlation {row.correlation:g}"
    lines |= {"standing": row.standing, "source": row.source, "reason": row.reason}
    say(f"{row.name} ({row.symbol}), {row.unit}")
    for label, text in lines.items():
        say_wrapped(text, first=f"  {label:14s}", rest=" " * 16)


def _show_estimates(found: list[dict[str, str]]) -> None:
    if not found:
        return
    say("", "Estimates that bear on it (`selloff evidence ID` shows each):")
    table = plain_table(["Id", "Standing", "Citation"], left=3)
    for each in found:
        table.add_row(each["id"], each["standing"], each["citation"])
    say_table(table)


def _show_moves(row: "Parameter", correlations: dict[str, float]) -> None:
    from selloff.evidence import load_moves

    say()
    say_wrapped("Meant to move: " + ", ".join(row.moves), rest="  ")
    if not correlations:
        say("It is the same in every draw of the bank, or belongs to the calibration.")
        return
    certificate = load_moves()["certificate"]
    where = f"Measured in {certificate['scenario']}, {certificate['draws']:,} draws"
    largest = sorted(correlations.items(), key=lambda item: -abs(item[1]))[:_SHOWN]
    shown = [f"  {metric:34s} {value:+.2f}" for metric, value in largest if abs(value) >= _LEAST]
    if not shown:
        say(f"{where}: no metric moves with it by a rank correlation of {_LEAST:g}.")
        return
    say(f"{where}, rank correlation with:", *shown)
    say("Over the draws as they come: parameters drawn or fitted together share theirs.")
