"""`selloff presets`."""

from selloff.apps.cli._console import READABLE, plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson, Show


def presets(show: Show = None, *, json: AsJson = False) -> None:
    """List the scenarios that come with Selloff."""
    from selloff.scenario import load, preset_names, to_json, to_yaml

    if show is not None:
        say((to_json if json else to_yaml)(load(show)).rstrip())
        return
    names = preset_names()
    if json:
        say_json([{"name": name, "title": load(name).title} for name in names])
        return
    table = plain_table(["Preset", "Title"], left=2, text_width=READABLE - max(map(len, names)) - 2)
    for name in names:
        table.add_row(name, load(name).title)
    say_table(table)
