"""The OpenAPI document, from the table of addresses, the bodies and the table of controls."""

from collections.abc import Iterable
from typing import Any, Final

from selloff import __version__
from selloff.apps.room._api import Way
from selloff.apps.room._bodies import question_schema
from selloff.apps.room._problems import TYPE

Schema = dict[str, Any]
REFUSALS: Final = {
    "400": "JSON that cannot be read",
    "401": "No key",
    "403": "Asked from another origin",
    "408": "A body that does not end",
    "413": "Too large",
    "415": "Not JSON",
    "422": "A question with something wrong in it",
    "429": "Too many at once",
    "501": "No browser that prints",
}
"""What a request can be refused with."""
NAMED: Final = {"result": "Name of the answer.", "study": "Name of a study that was started."}
"""Parts of a path."""


def document(ways: Iterable[Way]) -> Schema:
    """Write the document."""
    paths: Schema = {}
    for way in ways:
        paths.setdefault(way.path, {})[way.method.lower()] = _operation(way)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Selloff, the what-if room",
            "version": __version__,
            "description": "What happens when a large holder sells its US Treasuries.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Question": question_schema(), "Problems": _problems()},
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"bearer": []}],
    }


def _operation(way: Way) -> Schema:
    found: Schema = {
        "operationId": way.name,
        "summary": way.summary,
        "responses": {
            "200": {"description": "Done", "content": {"application/json": {"schema": {}}}},
            **{status: _refusal(words) for status, words in REFUSALS.items()},
        },
    }
    named = [(name, "path", words) for name, words in NAMED.items() if f"{{{name}}}" in way.path]
    if named:
        found["responses"]["404"] = _refusal("No longer kept")
    named += [(name, "query", words) for name, words in way.query]
    if named:
        found["parameters"] = [
            {
                "name": name,
                "in": place,
                "required": place == "path",
                "description": words,
                "schema": {"type": "string"},
            }
            for name, place, words in named
        ]
    if way.body is not None:
        schema = way.body.model_json_schema()
        if "question" in schema["properties"]:
            schema["properties"]["question"] = {"$ref": "#/components/schemas/Question"}
        content = {"application/json": {"schema": schema}}
        found["requestBody"] = {"required": True, "content": content}
    return found


def _refusal(words: str) -> Schema:
    content = {TYPE: {"schema": {"$ref": "#/components/schemas/Problems"}}}
    return {"description": words, "content": content}


def _problems() -> Schema:
    text: Schema = {"type": "string"}
    problem = {
        "type": "object",
        "properties": {
            **dict.fromkeys(("where", "given", "allowed", "remedy"), text),
            "field": {"type": ["string", "null"], "description": "The control to mark."},
            "line": {"type": ["integer", "null"], "description": "Line of the file."},
        },
    }
    return {
        "type": "object",
        "properties": {
            "type": text,
            "title": text,
            "status": {"type": "integer"},
            "problems": {"type": "array", "items": problem},
        },
        "required": ["type", "title", "status", "problems"],
    }
