"""The door to the backtest, for Python and the command line."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from selloff.apps._loading import books_at
from selloff.evidence import store, versions
from selloff.pipeline import Pool
from selloff.report import backtest_card
from selloff.scenario import Episode, EpisodeSource, check_settings, episode_names, load_episode
from selloff.studies.backtest import aggregate, run_backtest, score_alone, score_mechanisms

Progress = Callable[[int, int], None]
ALL: Final = "all"
MECHANISMS: Final = "mechanisms"
"""All episodes, with and without each mechanism."""
DRAWS: Final = 512
"""Once through the shipped bank."""


@dataclass(frozen=True, eq=False)
class Backtest:
    """Episodes played again and scored."""

    summary: dict[str, Any]
    """Plain values: `episodes`, and for all of them `scores`, `tests`, `findings`, `learned` and
    `certificate`."""

    def _repr_html_(self) -> str | None:
        """Show what it found in a notebook; nothing but its name where mechanisms were scored."""
        return backtest_card(self.summary) if "episodes" in self.summary else None

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One row an episode and variable: model, observed, scores, verdict."""
        return [
            {"episode": case["name"], **row}
            for case in self.summary["episodes"]
            for row in case["rows"]
        ]

    @property
    def scores(self) -> dict[str, Any]:
        """Coverage, scores against every rival and directions, over all episodes."""
        return aggregate(self.summary["episodes"])

    def save(self, file: Path | str) -> Path:
        """Write everything as JSON, whole or not at all."""
        return store(self.summary, Path(file))


def backtest(
    source: EpisodeSource = ALL,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
    pool: Pool | None = None,
) -> Backtest:
    """Hold the model against one episode, or against all that come with Selloff."""
    how = check_settings(draws=draws, seed=seed)
    draws, seed = how.draws, how.seed
    if isinstance(source, str) and source == ALL:
        episodes = _shipped_episodes()
        found = run_backtest(episodes, n_draws=draws, seed=seed, progress=progress, pool=pool)
        scores = {
            "scores": aggregate(found["episodes"]),
            "scores_learned": aggregate(found["episodes"], rows="learned_rows"),
            "certificate": certificate("selloff backtest all --out FILE", draws, seed),
        }
        return Backtest(found | scores)
    episode = load_episode(source, limits=books_at)
    return Backtest({"episodes": [score_alone(episode, n_draws=draws, seed=seed)]})


def mechanisms(
    source: EpisodeSource = ALL,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Progress | None = None,
    pool: Pool | None = None,
) -> dict[str, Any]:
    """Score one episode, or all that come with Selloff, with and without each mechanism."""
    is_all = isinstance(source, str) and source == ALL
    episodes = _shipped_episodes() if is_all else [load_episode(source, limits=books_at)]
    found = score_mechanisms(episodes, n_draws=draws, seed=seed, progress=progress, pool=pool)
    if not is_all:
        return found
    command = f"selloff backtest {MECHANISMS} --out FILE"
    return found | {"certificate": certificate(command, draws, seed)}


def _shipped_episodes() -> list[Episode]:
    return [load_episode(name, limits=books_at) for name in episode_names()]


def certificate(command: str, draws: int, seed: int) -> dict[str, Any]:
    """Say how a result was made."""
    bank = files("selloff.evidence").joinpath("bank", "draws.npz").read_bytes()
    return {
        "command": command,
        "draws": draws,
        "seed": seed,
        "bank_sha256": hashlib.sha256(bank).hexdigest(),
        "versions": versions("jax", "numpy"),
    }
