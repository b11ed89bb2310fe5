"""`presets` lists and prints them."""

import json
from pathlib import Path
from typing import Any

from selloff.scenario import load, preset_names


def test_presets_lists_them_and_shows_one_that_can_be_loaded(selloff_: Any) -> None:
    lines = selloff_("presets").stdout.splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(preset_names())
    Path("copy.yaml").write_text(selloff_("presets", "--show", "yen-defence").stdout, "utf-8")
    assert load("copy.yaml") == load("yen-defence")


def test_an_unknown_preset_is_offered_its_near_miss(selloff_: Any) -> None:
    answer = selloff_("presets", "--show", "yen-defense")
    assert answer.exit_code == 2
    assert "Did you mean 'yen-defence'?" in answer.stderr


def test_presets_are_json_for_scripts(selloff_: Any) -> None:
    listed = json.loads(selloff_("presets", "--json").stdout)
    assert [each["name"] for each in listed] == list(preset_names())
    assert all(each["title"] == load(each["name"]).title for each in listed)
    Path("copy.json").write_text(
        selloff_("presets", "--show", "sanctions", "--json").stdout, "utf-8"
    )
    assert load("copy.json") == load("sanctions")
    assert selloff_("validate", "copy.json").exit_code == 0
