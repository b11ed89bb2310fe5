"""`schema` prints the forms of files."""

import json
from typing import Any

from selloff.scenario import json_schema


def test_schema_prints_the_schema(selloff_: Any) -> None:
    assert json.loads(selloff_("schema").stdout) == json.loads(json.dumps(json_schema()))


def test_the_schema_of_episodes_is_another(selloff_: Any) -> None:
    found = json.loads(selloff_("schema", "--episode").stdout)
    assert found["title"] == "Selloff episode"
    assert json.loads(selloff_("schema").stdout)["title"] == "Selloff scenario"
