"""Whose flows an episode has on record, and who is therefore left to answer by rule."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from selloff.scenario import Episode, Flow, Reactions
from selloff.vocab import mechanisms

USUAL: Final = tuple(row.name for row in mechanisms().values() if row.on_by_default)
"""Mechanisms at work unless a scenario says otherwise."""


def _of_treasuries(flow: Flow) -> bool:
    return flow.market is None


def _fed(flow: Flow) -> bool:
    """Purchases that came unannounced, to make the market work; programmes are policy."""
    return _of_treasuries(flow) and flow.holder == "fed" and flow.announced_frac == 0.0


def _funds(flow: Flow) -> bool:
    return _of_treasuries(flow) and flow.holder in ("usa_household", "cym_hedge_fund")


def _followers(flow: Flow) -> bool:
    return _of_treasuries(flow) and flow.holder in ("foreign_official", "foreign_private")


def _ministry(flow: Flow) -> bool:
    return flow.currency == "JPY" or (_of_treasuries(flow) and flow.holder == "jpn_official")


def _bank_of_japan(flow: Flow) -> bool:
    return flow.market == "JPY" and flow.holder == "boj"


AGENTS: Final[Mapping[str, Callable[[Flow], bool]]] = MappingProxyType(
    {
        "followers": _followers,
        "levered_funds": _funds,
        "fed_purchases": _fed,
        "mof": _ministry,
        "boj": _bank_of_japan,
    }
)
"""By mechanism, whose flows on record it would explain."""


def on_record(episode: Episode) -> set[str]:
    """Name the mechanisms whose agents' own flows an episode holds."""
    return {name for name, is_its in AGENTS.items() if any(map(is_its, episode.flows))}


def left_open(episode: Episode) -> Reactions:
    """Switch on every mechanism whose agents' flows are not on record."""
    recorded = on_record(episode)
    return Reactions(**{name: name not in recorded for name in USUAL})
