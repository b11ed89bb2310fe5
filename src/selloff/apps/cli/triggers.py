"""`selloff triggers`."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import AsJson, Draws, LatestVintage, Seed
from selloff.vocab.errors import InputError, Problem

_PATHS: Final = {
    "none": "no large sale",
    "descent": "controlled descent",
    "dump": "dump",
}
_INDENT: Final = "  "


def triggers(
    *,
    vintage: LatestVintage = None,
    draws: Draws = 2000,
    seed: Seed = 0,
    intensities: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=PCT", help="Intensity of a trigger, percent a year."),
    ] = None,
    json: AsJson = False,
) -> None:
    """Show what could set a large sale off, and how likely it is."""
    from selloff.studies.triggers import trigger_paths

    given = read_settings(intensities or [])
    found = trigger_paths(vintage=vintage, draws=draws, seed=seed, intensities=given)
    if json:
        say_json(found)
        return
    say(
        "What could set a large sale off: "
        f"books of {found['vintage']}, {draws:,} draws, seed {seed}"
    )
    say_wrapped(
        "Chances in percent: mean over draws, and in brackets from 5 to 95 percent of them. A "
        "large sale is one by a holder like Japan or China. A dump comes at once; a controlled "
        "descent cuts the book by more than a third over years."
    )
    say()
    _show_paths(found)
    say()
    _show_triggers(found)
    say()
    _show_inputs(found["inputs"])


def read_settings(settings: Sequence[str]) -> dict[str, float]:
    """Read settings as they are typed."""
    values: dict[str, float] = {}
    problems = []
    for setting in settings:
        name, _, text = setting.partition("=")
        try:
            value = float(text)
        except ValueError:
            problems.append(_problem(setting, "Write the name, = and a number: yen_crash=5."))
            continue
        if name in values:
            problems.append(_problem(setting, f"{name} is set twice; keep one of the two."))
        values[name] = value
    if problems:
        raise InputError(problems)
    return values


def _problem(setting: str, remedy: str) -> Problem:
    return Problem(
        where="--set",
        given=f"'{setting}'",
        allowed="NAME=PCT, each name once, in percent a year",
        remedy=remedy,
    )


def _show_paths(found: Mapping[str, Any]) -> None:
    heads = [_years(years) for years in found["horizons_years"]]
    table = plain_table(["Path", "Preset", *heads], left=2)
    for path, row in found["paths"].items():
        table.add_row(_PATHS[path], row["preset"], *_chances(row["chance_frac"]))
    say_table(table)


def _show_triggers(found: Mapping[str, Any]) -> None:
    last = found["horizons_years"][-1]
    heads = [f"Comes in\n{_years(years)}" for years in found["horizons_years"]]
    table = plain_table(
        ["\nTrigger", "Now,\na year", *heads, "Sets off\ndescents", "Sets off\ndumps"]
    )
    for name, row in found["triggers"].items():
        now = f"{row['opening_intensity_pct']['mean']:.1f}"
        shares = [_share(row[f"share_of_{kind}_frac"]) for kind in ("descents", "dumps")]
        table.add_row(name, now, *_chances(row["chance_frac"]), *shares)
    say_table(table)
    say_wrapped(
        "Now: mean intensity when the books open, in percent a year; --set changes it. Sets off: "
        f"percent of all that begin within {last} years. A trigger can come without a sale."
    )
    for name, row in found["triggers"].items():
        given = " Its intensity is set by you." if row["is_set"] else ""
        text = f"{name}: {row['note']}{given} Preset {row['preset']}."
        say_wrapped(text, first=_INDENT, rest=_INDENT * 2)


def _show_inputs(rows: Sequence[Mapping[str, Any]]) -> None:
    table = plain_table(["Input", "Unit", "Ground", "5%", "Median", "95%"], left=3)
    for row in rows:
        ground = f"{'judgement' if row['judgement'] else 'data'} ({row['standing']})"
        numbers = [f"{row[key]:g}" for key in ("p05", "p50", "p95")]
        table.add_row(row["name"], row["unit"], ground, *numbers)
    say_table(table)
    judged = sum(row["judgement"] for row in rows)
    say(f"{judged} of {len(rows)} inputs are judgement. `selloff explain INPUT` gives the reasons.")


def _years(years: int) -> str:
    return f"{years} year" if years == 1 else f"{years} years"


def _chances(by_horizon: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        f"{_pct(spread['mean'])} ({_pct(spread['p05'])}-{_pct(spread['p95'])})"
        for spread in by_horizon.values()
    ]


def _pct(fraction: float) -> str:
    text = f"{100.0 * fraction:.1f}"
    return "100" if text == "100.0" else text


def _share(fraction: float | None) -> str:
    return "-" if fraction is None else f"{100.0 * fraction:.0f}"
