"""`selloff presets`."""

from selloff.apps.cli._console import READABLE, plain_table, say, say_table
from selloff.apps.cli._options import Show


def presets(show: Show = None) -> None:
    """List the scenarios that come with Selloff."""
    from selloff.scenario import load, preset_names, to_yaml

    if show is not None:
        say(to_yaml(load(show)).rstrip())
        return
    names = preset_names()
    table = plain_table(["Preset", "Title"], left=2, text_width=READABLE - max(map(len, names)) - 2)
    for name in names:
        table.add_row(name, load(name).title)
    say_table(table)
