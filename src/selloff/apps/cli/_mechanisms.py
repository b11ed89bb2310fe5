"""The command that asks whether each mechanism earns its place."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from selloff.apps._loading import books_at
from selloff.apps.backtesting import Backtest, certificate
from selloff.apps.cli._console import (
    plain_table,
    progress_bar,
    say,
    say_json,
    say_table,
    say_wrapped,
)
from selloff.evidence import BANK_FOLDER
from selloff.scenario import episode_names, load_episode
from selloff.studies.backtest import score_mechanisms

MECHANISMS: Final = "mechanisms"
"""The word in place of an episode."""
BANK: Final = BANK_FOLDER
_NAMES: Final = {"nobody": "nobody answers", "everybody": "everybody answers"}


def run(*, draws: int, seed: int, is_json: bool, out: Path | None) -> None:
    """Score all episodes with and without each mechanism, and print the scores."""
    with progress_bar("episodes", is_quiet=is_json, unit="episodes") as progress:
        found = scored(draws=draws, seed=seed, progress=progress)
    if out is not None:
        Backtest(found).save(out)
    if is_json:
        say_json(found)
        return
    _show_arms(found["arms"])
    _show_agents(found["agents"])
    if out is not None:
        say(f"Written: {out}")


def rebuild(*, draws: int, seed: int) -> None:
    """Score once more and save the result beside the bank."""
    Backtest(scored(draws=draws, seed=seed)).save(BANK / "mechanisms.json")


def scored(*, draws: int, seed: int, progress: Any = None) -> dict[str, Any]:
    """Score all shipped episodes."""
    episodes = [load_episode(name, limits=books_at) for name in episode_names()]
    found = score_mechanisms(episodes, n_draws=draws, seed=seed, progress=progress)
    command = "selloff backtest mechanisms --out FILE"
    return found | {"certificate": certificate(command, draws, seed)}


def _show_arms(arms: Mapping[str, Any]) -> None:
    say("All episodes, by who answers where the record leaves it open")
    table = plain_table(["", "CRPS / walk", "5-95%", "Inside 5-95%", "Signs right", "Adds"])
    base = arms["everybody"]["all"]["against_walk"]
    for name, told in arms.items():
        score = told["all"]
        low, high = score["against_walk_range"]
        adds = "" if name in _NAMES else f"{base - score['against_walk']:+.4f}"
        table.add_row(
            _NAMES.get(name, f"everybody but {name}"),
            f"{score['against_walk']:.4f}",
            f"{low:.3f} to {high:.3f}",
            f"{score['coverage']:.0%}",
            f"{score['signs_right']} of {score['signs_claimed']}",
            adds,
        )
    say_table(table)
    say_wrapped("Adds: error of everybody less error without it; below zero it earns its place.")
    acted = arms["everybody"]["acted_in"]
    for episode, amounts in acted.items():
        words = ", ".join(f"{name} {amount:,.1f} USD bn" for name, amount in amounts.items())
        say_wrapped(f"By rule and not on record, median, in {episode}: {words}", rest="  ")
    say("")


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
