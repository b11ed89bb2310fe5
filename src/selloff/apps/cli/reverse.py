"""`selloff reverse`."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import plain_table, say, say_table, say_wrapped
from selloff.apps.cli._options import (
    AsJson,
    Draws,
    Horizon,
    Resume,
    Seed,
    VintageId,
    Workers,
    chosen,
    out_folder,
)
from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._studies import kept_in, tell
from selloff.vocab.errors import InputError, Problem

if TYPE_CHECKING:
    from selloff.scenario import Scenario
    from selloff.studies.reverse import Reversal

_ROWS: Final = 12
_FINDS: Final = ("smallest", "fastest", "likeliest")
_FREE: Final = {"smallest": ("amount",), "fastest": ("years",), "likeliest": ("amount", "years")}
"""What is looked for, and so cannot be given."""
_FIELDS: Final = {"amount": "sellers.0.sale_usd_bn", "years": "sellers.0.pace.years"}
_OPTIONS: Final = {
    "scenario": "like",
    "sellers[0].holder": "seller",
    "sellers[0].sale_usd_bn": "amount",
    "sellers[0].pace.years": "years",
}
"""The option that sets a field, by the field's name in a message."""
_LIKE: Final = "japan-dump"


def reverse(
    event: Annotated[
        str,
        typer.Argument(
            metavar="EVENT", help='Such as "us_10y_peak_bp >= 100"; several are joined with and.'
        ),
    ],
    *,
    find: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="smallest (amount), fastest (how long it may take) or likeliest.",
        ),
    ] = "smallest",
    seller: Annotated[
        str | None,
        typer.Option(metavar="HOLDER", help="Who sells.", show_default="the scenario's"),
    ] = None,
    like: Annotated[
        str, typer.Option(metavar="SCENARIO", help="Everything else as in this scenario.")
    ] = _LIKE,
    amount: Annotated[
        float | None,
        typer.Option(
            metavar="USD_BN", help="Sale to time, for fastest.", show_default="the scenario's"
        ),
    ] = None,
    years: Annotated[
        float | None,
        typer.Option(
            metavar="YEARS",
            help="Sell evenly so long, for smallest.",
            show_default="the scenario's",
        ),
    ] = None,
    chance: Annotated[
        float,
        typer.Option(min=0.1, max=100.0, metavar="PCT", help="Draws in which it must come."),
    ] = 50.0,
    draws: Draws = 200,
    seed: Seed = 0,
    horizon_years: Horizon = None,
    vintage: VintageId = None,
    out: Annotated[Path | None, out_folder("nothing is written")] = None,
    cluster: Workers = None,
    resume: Resume = None,
    json: AsJson = False,
) -> None:
    """Find the sale that brings an event about."""
    chosen("find", find, _FINDS)
    given = {"amount": amount, "years": years}
    _check_free(find, {name for name, value in given.items() if value is not None})
    with progress(event, is_quiet=json, kept=kept_in(resume)) as work:
        from selloff.apps._loading import books_at
        from selloff.studies import reverse as study
        from selloff.studies.measuring import Measurer

        scenario = _asked(like, seller, given, horizon_years=horizon_years, vintage=vintage)
        bounds = study.read_bounds(event, years=scenario.horizon_years)
        sale = study.FreeSale(scenario, bounds, books_at)
        work.now("compiling")
        how: dict[str, Any] = {"folder": resume, "pool": work.pool(cluster)}
        one, fresh = (
            Measurer(draws=draws, seed=each, progress=work.count, **how)
            for each in (seed, seed + 1)
        )
        found = study.reverse(sale, one, fresh, find=find, wanted=chance / 100.0)
        work.now(SAVING)
        files = found.save(out) if out is not None else []
    tell(found, files, _show, is_json=json)


def _check_free(find: str, given: set[str]) -> None:
    """Refuse to be told what is looked for."""
    problems = [
        Problem(
            where=name,
            given="a value",
            allowed=f"none with --find {find}, which looks for it",
            remedy="Leave it out, or look for something else.",
        )
        for name in _FREE[find]
        if name in given
    ]
    if problems:
        raise InputError(problems)


@contextmanager
def _by_option() -> Iterator[None]:
    """Name the option of what is wrong, in place of the field it sets."""
    try:
        yield
    except InputError as error:
        raise InputError(
            replace(each, where=_OPTIONS.get(each.where, each.where)) for each in error.problems
        ) from None


def _asked(
    like: str, seller: str | None, given: dict[str, float | None], **options: Any
) -> "Scenario":
    """Make the scenario of which a sale is looked for."""
    from selloff.apps._loading import books_at, load_checked
    from selloff.scenario import change
    from selloff.studies.reverse import one_seller

    with _by_option():
        (asked,) = load_checked([like], **options)
        changes = {_FIELDS[name]: value for name, value in given.items() if value is not None}
        if seller is not None:
            changes |= _sold_by(seller, is_usual=like == _LIKE)
        return change(one_seller(asked), changes, limits=books_at)


def _sold_by(seller: str, *, is_usual: bool) -> dict[str, Any]:
    """Put another seller in place; only Japan's dollars of the usual scenario go to Japan."""
    from selloff.scenario import seller_ids
    from selloff.vocab import books_of, holders, word_for

    who = word_for(seller, seller_ids())
    homes = {holders()[each].residence for each in books_of(who) if each in holders()}
    kept = {"sellers.0.proceeds": {"usd_cash": 1.0}} if is_usual and homes != {"jpn"} else {}
    return {"sellers.0.holder": who} | kept


def _show(found: "Reversal") -> None:
    from selloff.studies.reverse import COLUMNS

    say_wrapped(" and ".join(each.words for each in found.sale.bounds))
    say()
    for sentence in (*found.sentences, found.about):
        say_wrapped(sentence)
    say()
    table = plain_table(COLUMNS)
    for row in found.rows(_ROWS):
        table.add_row(*row)
    say_table(table)
