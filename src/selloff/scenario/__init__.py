"""The question put to the model: sellers, pace, proceeds and horizon, in people's units."""

from selloff.scenario.episode import Episode, month_before
from selloff.scenario.flows import Flow
from selloff.scenario.limits import Books, Limits, check_limits
from selloff.scenario.loading import Source, load, parse, preset_names, with_overrides
from selloff.scenario.paces import BlockPace, Custom, Exponential, Linear, Pace, Point
from selloff.scenario.reactions import (
    PART_OF,
    CurrencyFlow,
    FedProgramme,
    Reactions,
    Rules,
    Shock,
)
from selloff.scenario.recorded import EpisodeSource, episode_names, load_episode
from selloff.scenario.rules import seller_ids
from selloff.scenario.spec import Buckets, Scenario, Seller
from selloff.scenario.writing import episode_schema, json_schema, to_yaml

__all__ = [
    "PART_OF",
    "BlockPace",
    "Books",
    "Buckets",
    "CurrencyFlow",
    "Custom",
    "Episode",
    "EpisodeSource",
    "Exponential",
    "FedProgramme",
    "Flow",
    "Limits",
    "Linear",
    "Pace",
    "Point",
    "Reactions",
    "Rules",
    "Scenario",
    "Seller",
    "Shock",
    "Source",
    "check_limits",
    "episode_names",
    "episode_schema",
    "json_schema",
    "load",
    "load_episode",
    "month_before",
    "parse",
    "preset_names",
    "seller_ids",
    "to_yaml",
    "with_overrides",
]
