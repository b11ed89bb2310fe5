"""`vintages` lists the dates of books."""

import json
from typing import Any

from selloff import data


def test_vintages_lists_every_one_and_marks_the_default(selloff_: Any) -> None:
    answer = selloff_("vintages")
    assert answer.exit_code == 0
    assert f"Default: {data.DEFAULT_VINTAGE}, the books of" in answer.stdout
    assert "2020  01 02 03 04 05 06 07 08 09 10 11 12" in answer.stdout
    found = json.loads(selloff_("vintages", "--json").stdout)
    assert [each["id"] for each in found] == [each.id for each in data.vintages()]
    assert [each["id"] for each in found if each["is_default"]] == [data.DEFAULT_VINTAGE]
