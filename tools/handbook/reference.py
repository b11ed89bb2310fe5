"""Reference made from the code: commands, fields of files, switches and holders."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from selloff.apps.cli._app import command_line
from selloff.apps.cli._failures import EXIT_CODES
from selloff.scenario import episode_schema, json_schema
from selloff.vocab import mechanisms, rows_of

LOWEST: Final = ("minimum", "exclusiveMinimum", "minLength", "minItems")
TYPES: Final = {
    "null": "nothing",
    "boolean": "true, false",
    "string": "text",
    "object": "names with numbers",
}
HIGHEST: Final = ("maximum", "exclusiveMaximum", "maxLength", "maxItems")


def commands() -> str:
    """Every command with its options, as `--help` says them."""
    group = command_line()
    top = group.context_class(group, info_name="selloff", **group.context_settings)
    parts = ["# Commands\n", "What `selloff COMMAND --help` says. How they behave: [the command"]
    parts[1] += " line](../command-line.md).\n"
    for name, command in sorted(group.commands.items()):
        context = command.context_class(command, info_name=name, parent=top)
        usage = command.get_usage(context).removeprefix("Usage: ")
        parts += [f"## {name}\n", f"{command.help}\n", f"```text\n{usage}\n```\n"]
        records = [each.get_help_record(context) for each in command.get_params(context)]
        rows = [(f"`{each[0]}`", each[1]) for each in records if each]
        parts.append(table(("option", "meaning"), rows))
    rows = [(str(code), meaning) for code, meaning in EXIT_CODES.items()]
    return "\n".join([*parts, "## Exit codes\n", table(("code", "meaning"), rows)])


def scenario_fields() -> str:
    """Every field of a scenario file."""
    head = "How to use them: [scenarios](../scenarios.md). `selloff schema` prints the JSON Schema."
    return _fields("Fields of a scenario", head, json_schema())


def episode_fields() -> str:
    """Every field of an episode file."""
    head = (
        "How to use them: [episodes](../episodes.md). `selloff schema --episode` prints the rest."
    )
    return _fields("Fields of an episode", head, episode_schema())


def mechanism_rows() -> str:
    """Every mechanism that a scenario can switch off."""
    rows = [
        (
            f"`{row.name}`",
            row.description,
            "yes" if row.on_by_default else "no",
            f"[equations](../model/{row.page}.md)",
        )
        for row in mechanisms().values()
    ]
    head = (
        "# Mechanisms\n\nEach can be switched off: `reactions:` of [a scenario]"
        "(../scenarios.md#reactions). In which order they act is told [at the start]"
        "(../index.md#the-model).\n\n"
    )
    return head + table(("switch", "what it does", "on", "how"), rows)


def holder_rows() -> str:
    """Every holder a scenario can name."""
    names = ("id", "name", "residence", "sector", "group")
    rows = [
        (f"`{row['id']}`", *(row[name] for name in names[1:]))
        for row in rows_of("vocab", "holders")
    ]
    head = (
        "# Holders\n\n`selloff world --detail` shows what each holds, and what of it is data.\n\n"
    )
    return head + table(names, rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table; bars inside cells stay inside."""
    lines = [heads, ["---"] * len(heads), *rows]
    cells = ([" ".join(cell.split()).replace("|", "\\|") for cell in line] for line in lines)
    return "\n".join(f"| {' | '.join(each)} |" for each in cells) + "\n"


def _fields(title: str, head: str, schema: Mapping[str, Any]) -> str:
    parts = [f"# {title}\n", head + "\n"]
    for name, each in {schema["title"]: schema, **schema.get("$defs", {})}.items():
        if "properties" not in each:
            continue
        needed = each.get("required", ())
        rows = [
            (
                f"`{field}`",
                f"{_kind(one)}{_limits(one)}",
                "required" if field in needed else _default(one),
                one.get("description", ""),
            )
            for field, one in each["properties"].items()
        ]
        parts += [f"## {name}\n", each.get("description", "") + "\n"]
        parts.append(table(("field", "allowed", "default", "meaning"), rows))
    return "\n".join(parts)


def _kind(one: Mapping[str, Any]) -> str:
    """Say what a field takes."""
    if "$ref" in one:
        name = one["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    choices = one.get("enum", [one["const"]] if "const" in one else [])
    if choices:
        return ", ".join(f"`{each}`" for each in choices)
    if either := one.get("anyOf") or one.get("oneOf"):
        return " or ".join(f"{_kind(each)}{_limits(each)}" for each in either)
    if one.get("type") == "array":
        return f"list of {_kind(one.get('items', {}))}"
    name = str(one.get("type", ""))
    return TYPES.get(name, name)


def _limits(one: Mapping[str, Any]) -> str:
    """Say between what, with the unit of what is counted."""
    said = []
    for words, names in ((("from", "above"), LOWEST), (("to", "below"), HIGHEST)):
        for name in names:
            if name in one:
                word = words[name.startswith("exclusive")]
                said.append(f"{word} {one[name]:,}")
    of = {"string": " characters", "array": " of them"}.get(one.get("type", ""), "")
    return f", {' '.join(said)}{of}" if said else ""


def _default(one: Mapping[str, Any]) -> str:
    given = one.get("default")
    return "" if given in (None, "") else f"`{given}`"
