"""`selloff presets`."""

from selloff.apps.cli._console import plain_table, say, say_table
from selloff.apps.cli._options import Show


def presets(show: Show = None) -> None:
    """List the scenarios that come with Selloff."""
    from selloff.scenario import load, preset_names, to_yaml

    if show is not None:
        say(to_yaml(load(show)).rstrip())
        return
    table = plain_table(["Preset", "Title"], left=2)
    for name in preset_names():
        table.add_row(name, load(name).title)
    say_table(table)
