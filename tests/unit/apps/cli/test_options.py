"""Options that several commands share."""

import pytest

from selloff.apps.cli._app import command_line
from selloff.apps.cli._options import MOST_DRAWS, chosen
from selloff.scenario import Settings
from selloff.vocab.errors import InputError


def test_limits_are_those_of_the_python_door() -> None:
    """The command line repeats them, so that `--help` can say them without loading the rest."""
    fields = Settings.model_json_schema()["properties"]
    for name in ("draws", "seed"):
        of = command_line().commands["compare"].params
        (option,) = [each for each in of if each.name == name]
        given = option.type_descriptor.parameter_info  # type: ignore[attr-defined]
        assert (given.min, given.max) == (fields[name]["minimum"], fields[name]["maximum"])
        assert option.default == fields[name]["default"]
    assert fields["draws"]["maximum"] == MOST_DRAWS


def test_a_field_has_one_flag_in_every_command() -> None:
    flags: dict[str, set[str]] = {}
    for command in command_line().commands.values():
        for each in command.params:
            if each.param_type_name == "option":
                flags.setdefault(str(each.name), set()).add(max(each.opts, key=len))
    assert {name: len(found) for name, found in flags.items()} == dict.fromkeys(flags, 1)


def test_a_word_that_is_none_of_those_is_offered_the_nearest() -> None:
    assert chosen("format", "a", ("a", "b")) == "a"
    with pytest.raises(InputError, match="format: got 'tabel'; allowed: table, b"):
        chosen("format", "tabel", ("table", "b"))
