"""`selloff vintages`."""

from itertools import groupby

from selloff.apps.cli._console import say, say_json
from selloff.apps.cli._options import AsJson


def vintages(json: AsJson = False) -> None:
    """List the dates for which there are books."""
    from selloff import data

    found = data.vintages()
    if json:
        say_json(
            [
                {"id": each.id, "date": each.date.isoformat(), "is_default": each.is_default}
                for each in found
            ]
        )
        return
    for year, months in groupby(found, key=lambda each: each.date.year):
        say(f"{year}  {' '.join(each.id.removeprefix(f'{year}-') for each in months)}")
    (latest,) = (each for each in found if each.is_default)
    say("", f"Default: {latest.id}, the books of {latest.date.isoformat()}")
