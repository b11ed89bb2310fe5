"""`selloff --help`: commands by what they are for."""

from typing import Any, Final

from typer.core import TyperGroup

SECTIONS: Final = {
    "Questions": ("run", "compare", "report", "export", "check", "presets", "validate", "schema"),
    "Studies of a question": ("sweep", "reverse", "optimal", "sensitivity", "triggers", "carry"),
    "Data, and who sells now": ("world", "monitor", "update", "vintages", "data"),
    "Past and evidence": (
        *("backtest", "episodes", "factcheck", "evidence", "meta"),
        *("explain", "fit", "calibrate"),
    ),
    "Room and shell": ("serve", "snapshot", "complete"),
}
"""Every command stands in one of them."""


class BySection(TyperGroup):
    """The commands under a heading each, with their lines of help."""

    def format_commands(self, _: Any, formatter: Any) -> None:
        """Write the sections; names are as wide in each."""
        width = max(map(len, self.commands))
        for title, names in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl(
                    [
                        (name.ljust(width), self.commands[name].get_short_help_str(formatter.width))
                        for name in names
                    ]
                )
