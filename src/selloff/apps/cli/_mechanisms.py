"""The tables of `selloff backtest mechanisms`."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from selloff.apps.cli._console import number, plain_table, say, say_table, say_wrapped

_NAMES: Final = {"nobody": "nobody answers", "everybody": "everybody answers"}


def show_mechanisms(found: Mapping[str, Any]) -> None:
    """Say whether each mechanism earns its place."""
    _show_arms(found["arms"])
    if found["agents"]:
        _show_agents(found["agents"])


def _show_arms(arms: Mapping[str, Any]) -> None:
    n = arms["everybody"]["all"]["episodes"]
    say(f"Episodes ({n}), by who answers where the record leaves it open")
    table = plain_table(["", "CRPS / walk", "5-95%", "Inside 5-95%", "Signs right", "Adds"])
    base = arms["everybody"]["all"]["against_walk"]
    for name, arm in arms.items():
        score = arm["all"]
        ends = " to ".join(number(x, 3) for x in score["against_walk_range"])
        is_whole = name in _NAMES or base is None
        table.add_row(
            _NAMES.get(name, f"everybody but {name}"),
            number(score["against_walk"], 4),
            ends or "-",
            "-" if score["coverage"] is None else f"{score['coverage']:.0%}",
            f"{score['signs_right']} of {score['signs_claimed']}",
            "" if is_whole else f"{base - score['against_walk']:+.4f}",
        )
    say_table(table)
    say_wrapped("Adds: error of everybody less error without it; below zero it earns its place.")
    acted = arms["everybody"]["acted_in"]
    for episode, amounts in acted.items():
        words = ", ".join(f"{name} {amount:,.1f} USD bn" for name, amount in amounts.items())
        say_wrapped(f"By rule and not on record, median, in {episode}: {words}", rest="  ")
    say()


def _show_agents(trials: Sequence[Mapping[str, Any]]) -> None:
    say("Episodes in which its agents are on record, without them, by rule, and as recorded")
    heads = ["Mechanism", "Episode", "On record", "By rule", "Error without", "by rule", "recorded"]
    table = plain_table(heads, left=2)
    for row in trials:
        low, mid, high = row["by_rule_usd_bn"]
        table.add_row(
            row["mechanism"],
            row["episode"],
            f"{row['on_record_usd_bn']:,.0f}",
            f"{mid:,.0f} ({low:,.0f} to {high:,.0f})",
            *(f"{row[f'error_{name}']:.3f}" for name in ("without", "with", "as_recorded")),
        )
    say_table(table)
    say_wrapped(
        "Amounts in USD bn. Sizes of funds' stops, of own-stress selling and of the haven were set "
        "from March 2020 and April 2025 themselves: there the rule is held against what taught it."
    )
