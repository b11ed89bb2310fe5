"""The command that explains a parameter."""

from typing import Any, Final

import numpy as np

from selloff.apps.cli._console import plain_table, say, say_json, say_table, say_wrapped
from selloff.evidence import Parameter, estimates, load_bank, load_moves, parameters
from selloff.vocab.errors import InputError, Problem, near_miss

_SHOWN: Final = 8
_LEAST: Final = 0.1
_INDENT: Final = " " * 16


def explain(name: str, *, is_json: bool) -> None:
    """Say what a parameter is, where it comes from and what it moves."""
    table = parameters()
    if name not in table:
        raise InputError(
            [
                Problem(
                    where="explain",
                    given=f"'{name}'",
                    allowed=f"one of {len(table)} parameters; docs/nomenclature.md lists them",
                    remedy=near_miss(name, tuple(table)),
                )
            ]
        )
    told = _told(table[name])
    if is_json:
        say_json(told)
        return
    _show(table[name], told)


def _told(row: Parameter) -> dict[str, Any]:
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
    values = load_bank().draws.get(name)
    if values is None or values.ndim != 1:
        return None
    return [float(f"{x:.4g}") for x in np.percentile(values, [5, 50, 95])]


def _show(row: Parameter, told: dict[str, Any]) -> None:
    say(f"{row.name} ({row.symbol}), {row.unit}")
    say(f"  mechanism     {row.mechanism}")
    if row.distribution == "constant":
        say(f"  value         {row.p50:g}, the same in every draw")
    else:
        say(
            f"  distribution  {row.distribution}, median {row.p50:g} (5-95%: {row.p05:g} to "
            f"{row.p95:g})"
        )
    if told["in_the_bank"] and row.distribution != "constant":
        low, mid, high = told["in_the_bank"]
        say(f"  in the bank   median {mid:g} (5-95%: {low:g} to {high:g})")
    if row.drawn_with:
        say(f"  drawn with    {row.drawn_with}, rank correlation {row.correlation:g}")
    say(f"  standing      {row.standing}")
    say_wrapped(row.source, first="  source        ", rest=_INDENT)
    say_wrapped(row.reason, first="  reason        ", rest=_INDENT)
    _show_estimates(told["estimates"])
    _show_moves(row, told["rank_correlations"])


def _show_estimates(found: list[dict[str, str]]) -> None:
    if not found:
        return
    say("")
    say("Estimates that bear on it (`selloff evidence ID` shows each):")
    table = plain_table(["Id", "Standing", "Citation"], left=3)
    for each in found:
        table.add_row(each["id"], each["standing"], each["citation"])
    say_table(table)


def _show_moves(row: Parameter, correlations: dict[str, float]) -> None:
    say("")
    say_wrapped("Meant to move: " + ", ".join(row.moves), rest="  ")
    large = sorted(correlations.items(), key=lambda item: -abs(item[1]))[:_SHOWN]
    shown = [item for item in large if abs(item[1]) >= _LEAST]
    certificate = load_moves()["certificate"]
    where = f"{certificate['scenario']}, {certificate['draws']:,} draws"
    if not correlations:
        say("It is the same in every draw of the bank, or belongs to the calibration.")
    elif not shown:
        say(f"Measured in {where}: no metric moves with it by a rank correlation of {_LEAST:g}.")
    else:
        say(f"Measured in {where}, rank correlation with:")
        for metric, value in shown:
            say(f"  {metric:34s} {value:+.2f}")
        say("Over the draws as they come: parameters drawn or fitted together share theirs.")
