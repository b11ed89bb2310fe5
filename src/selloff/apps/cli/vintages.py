"""`selloff vintages`."""

from itertools import groupby
from typing import Any

from selloff.apps.cli._console import plain_table, say, say_json, say_table
from selloff.apps.cli._options import AsJson
from selloff.vocab.errors import VintageError


def vintages(json: AsJson = False) -> None:
    """List the dates of books, and tables that were fetched."""
    from selloff import data

    found = data.vintages()
    fetched = [_fetched(name) for name in data.user_vintages()]
    if json:
        say_json(
            [
                {"id": each.id, "date": each.date.isoformat(), "is_default": each.is_default}
                for each in found
            ]
            + [{"is_default": False} | each for each in fetched]
        )
        return
    for year, months in groupby(found, key=lambda each: each.date.year):
        say(f"{year}  {' '.join(each.id.removeprefix(f'{year}-') for each in months)}")
    (latest,) = (each for each in found if each.is_default)
    say("", f"Default: {latest.id}, the books of {latest.date.isoformat()}")
    if fetched:
        say("", "Fetched by `selloff update`; take one with --vintage:", "")
        table = plain_table(["Vintage", "Books of", "Tables, and the day they reach"], left=3)
        for each in fetched:
            reach = ", ".join(f"{name} {day}" for name, day in each["tables"].items())
            table.add_row(each["id"], each["date"] or "none", each["problem"] or reach)
        say_table(table)


def _fetched(name: str) -> dict[str, Any]:
    """One of the user's vintages, or what is wrong with it."""
    from selloff import data

    try:
        snapshot, world = data.snapshot_of(name), data.vintage(name)
    except VintageError as error:
        problem = "; ".join(f"{each.given}. {each.remedy}" for each in error.problems)
        return {"id": name, "date": None, "tables": {}, "problem": problem}
    packaged = set(data.provenance())
    own = {row.table: str(row.last_date) for row in snapshot.sources() if row not in packaged}
    return {"id": name, "date": world.date.isoformat(), "tables": own, "problem": ""}
