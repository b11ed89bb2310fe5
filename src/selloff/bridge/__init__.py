"""The border between words and arrays; the only place where units change."""

from selloff.bridge.arms import nested_arms
from selloff.bridge.episodes import NOBODY, lower_episode
from selloff.bridge.ledger import lift_ledger
from selloff.bridge.lift import Answer
from selloff.bridge.lower import Lowered, lower
from selloff.bridge.schedule import timeline
from selloff.bridge.transmission import Economics, economics

__all__ = [
    "NOBODY",
    "Answer",
    "Economics",
    "Lowered",
    "economics",
    "lift_ledger",
    "lower",
    "lower_episode",
    "nested_arms",
    "timeline",
]
