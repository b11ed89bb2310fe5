"""The question put to the model: sellers, pace, proceeds and horizon, in people's units."""

from selloff.scenario.limits import Books, Limits, check_limits
from selloff.scenario.loading import Source, load, parse, with_overrides
from selloff.scenario.paces import Block, Custom, Exponential, Linear, Pace, Point
from selloff.scenario.rules import seller_ids
from selloff.scenario.source import preset_names
from selloff.scenario.spec import Buckets, Scenario, Seller
from selloff.scenario.writing import json_schema, to_yaml

__all__ = [
    "Block",
    "Books",
    "Buckets",
    "Custom",
    "Exponential",
    "Limits",
    "Linear",
    "Pace",
    "Point",
    "Scenario",
    "Seller",
    "Source",
    "check_limits",
    "json_schema",
    "load",
    "parse",
    "preset_names",
    "seller_ids",
    "to_yaml",
    "with_overrides",
]
