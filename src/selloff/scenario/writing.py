"""A scenario back into YAML or JSON, and into a JSON Schema."""

import json
import re
from io import StringIO
from typing import Any, Final

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from selloff.scenario.episode import EPISODE_SCHEMA_VERSION, Episode
from selloff.scenario.spec import SCHEMA_VERSION, Scenario
from selloff.vocab.axes import ASSETS

_WORDS: Final = ("block", "linear", "exponential", "custom", *ASSETS)
_PLAIN_WORD: Final = re.compile("|".join((r"[a-z]+(_[a-z]+)+", *_WORDS)))
_WIDTH: Final = 4096


def to_yaml(scenario: Scenario | Episode) -> str:
    """Write a scenario or an episode as YAML that is read back to an equal one."""
    writer = YAML()
    writer.default_flow_style = False
    writer.width = _WIDTH
    text = StringIO()
    writer.dump(_quoted(scenario.model_dump(mode="json", exclude_none=True)), text)
    return text.getvalue()


def to_json(scenario: Scenario | Episode) -> str:
    """Write a scenario or an episode as JSON that is read back to an equal one."""
    values = scenario.model_dump(mode="json", exclude_none=True)
    return json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def json_schema() -> dict[str, Any]:
    """Describe the scenario format for editors and other programs."""
    return _schema(Scenario, f"urn:selloff:scenario:{SCHEMA_VERSION}")


def episode_schema() -> dict[str, Any]:
    """Describe the episode format for editors and other programs."""
    return _schema(Episode, f"urn:selloff:episode:{EPISODE_SCHEMA_VERSION}")


def _schema(model: type[BaseModel], urn: str) -> dict[str, Any]:
    schema = model.model_json_schema()
    draft = "https://json-schema.org/draft/2020-12/schema"
    title = f"Selloff {model.__name__.lower()}"
    return {"$schema": draft, "$id": urn, **schema, "title": title}


def _quoted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _quoted(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_quoted(each) for each in value]
    if isinstance(value, str) and not _PLAIN_WORD.fullmatch(value):
        return DoubleQuotedScalarString(value)
    return value
