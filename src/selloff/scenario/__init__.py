"""The question put to the model: sellers, pace, proceeds and horizon, in people's units."""

from selloff.scenario.changing import change, change_each, read_list
from selloff.scenario.episode import Episode, month_before
from selloff.scenario.fields import Books, seller_ids
from selloff.scenario.flows import Flow
from selloff.scenario.loading import (
    EpisodeSource,
    Limits,
    Source,
    check_settings,
    check_values,
    episode_names,
    load,
    load_episode,
    parse,
    preset_names,
)
from selloff.scenario.paces import BlockPace, Custom, Exponential, Linear, Pace, Point
from selloff.scenario.reactions import (
    PART_OF,
    CurrencyFlow,
    FedProgramme,
    Reactions,
    Rules,
    Shock,
)
from selloff.scenario.rules import is_above
from selloff.scenario.spec import Scenario, Seller, Settings
from selloff.scenario.weights import Buckets
from selloff.scenario.writing import episode_schema, json_schema, to_json, to_yaml

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
    "Settings",
    "Shock",
    "Source",
    "change",
    "change_each",
    "check_settings",
    "check_values",
    "episode_names",
    "episode_schema",
    "is_above",
    "json_schema",
    "load",
    "load_episode",
    "month_before",
    "parse",
    "preset_names",
    "read_list",
    "seller_ids",
    "to_json",
    "to_yaml",
]
