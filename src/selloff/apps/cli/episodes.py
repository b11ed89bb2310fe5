"""`selloff episodes`."""

from selloff.apps.cli._console import plain_table, say, say_table
from selloff.apps.cli._options import Show


def episodes(show: Show = None) -> None:
    """List the episodes that come with Selloff."""
    from selloff.scenario import episode_names, load_episode, to_yaml

    if show is not None:
        say(to_yaml(load_episode(show)).rstrip())
        return
    table = plain_table(["Episode", "From", "To", "Title", "Flows"], left=4)
    for each in map(load_episode, episode_names()):
        dates = each.start.isoformat(), each.end.isoformat()
        table.add_row(each.name, *dates, each.title, str(len(each.flows)))
    say_table(table)
