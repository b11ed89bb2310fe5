"""What programs send: models whose rules the OpenAPI document and the checks both read."""

from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, Field

from selloff.apps.room._controls import controls
from selloff.scenario import episode_names, preset_names
from selloff.scenario.fields import Checked, refusal
from selloff.vocab import near_miss, shown

Schema = dict[str, Any]
EPISODES: Final = episode_names()


def question_schema() -> Schema:
    """Describe a question, from the table of controls."""
    fields: Schema = {name: _control_schema(name) for name in controls()}
    fields["seed"] = {"type": "integer", "minimum": 0, "description": "Seed of the random numbers."}
    fields["preset"] = {
        "enum": list(preset_names()),
        "description": "A scenario that comes with Selloff; controls change its first seller.",
    }
    fields["yaml"] = {"type": "string", "description": "A scenario file instead of controls."}
    fields["scenario"] = {"type": "object", "description": "A scenario instead of controls."}
    fields["v"] = {"type": "string", "description": "Version of the link; it asks nothing."}
    return {"type": "object", "properties": fields, "additionalProperties": False}


def _control_schema(name: str) -> Schema:
    control = controls()[name]
    numeric: Schema = {"type": "integer" if control.kind == "days" else "number"}
    numeric |= {"minimum": float(control.least or 0), "maximum": float(control.most or 0)}
    shares: Schema = {"type": "object", "additionalProperties": {"type": "number"}}
    kinds: dict[str, list[Schema]] = {
        "seller": [{"type": "string"}],
        "month": [{"type": "string"}],
        "switch": [{"type": "boolean"}, {"enum": ["on", "off"]}],
        "assets": [{"type": "string"}, shares],
        "amount": [numeric, {"enum": ["all"]}],
    }
    found = kinds.get(control.kind, [numeric])
    shape = found[0] if len(found) == 1 else {"anyOf": found}
    default = {"default": control.default} if control.default else {}
    return shape | {"description": control.help} | default


def question_field() -> Any:
    """Describe the question of a body."""
    words = "Controls, or one of preset, yaml and scenario."
    return Field(default_factory=dict, description=words)


def _shipped(episode: str) -> str:
    """Refuse what could be the name of a file."""
    if episode not in EPISODES:
        raise refusal(shown(episode), ", ".join(EPISODES), near_miss(episode, EPISODES))
    return episode


class RunBody(Checked):
    """A question, and how much of its answer is wanted."""

    question: dict[str, Any] = question_field()
    full: bool = Field(False, description="All views and the parts of headline numbers.")
    draws: int | None = Field(
        None, ge=10, le=2000, description="Random draws; without it, as the page asks."
    )
    only: tuple[Literal["numbers"], ...] | None = Field(
        None, strict=False, description="Leave out all but these parts of the answer."
    )


class CheckBody(Checked):
    """A question to be checked and not run."""

    question: dict[str, Any] = question_field()


class BacktestBody(Checked):
    """An episode of the past to be played again."""

    episode: Annotated[str, AfterValidator(_shipped)] = Field(
        description="An episode that comes with Selloff.", json_schema_extra={"enum": [*EPISODES]}
    )
    draws: int = Field(128, ge=24, le=256, description="Draws of the episode.")
