"""`selloff optimal`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import number, plain_table, say, say_table, say_wrapped
from selloff.apps.cli._options import MOST_DRAWS, AsJson, BooksAt, Resume, Seed, Workers, out_folder
from selloff.apps.cli._progress import SAVING, progress
from selloff.apps.cli._studies import kept_in, tell

if TYPE_CHECKING:
    from selloff.studies.optimal import BestDescent, Deterrence, Frontier, SlopeCheck

_FEWEST: Final = 10
_PACE_WIDTH: Final = 44


_Into = Annotated[
    list[str] | None,
    typer.Option(
        "--into",
        metavar="ASSET",
        help="What the dollars may become; may be repeated.",
        show_default="own money, euros",
    ),
]
_Aversion = Annotated[
    list[float] | None,
    typer.Option(
        "--aversion",
        help="Cost that a dollar of risk counts as; may be repeated.",
        show_default="0, 0.25, 0.5, 1, 2",
    ),
]
_Objective = Annotated[str, typer.Option("--objective", help="Risk that is weighed: sd or p95.")]
_Risk = Annotated[
    str,
    typer.Option(
        "--risk", help="What is at risk: bill and markets (all), or the bill alone (bill)."
    ),
]
_MaxTurnover = Annotated[
    float | None,
    typer.Option("--max-turnover", help="Largest share of a day's turnover, 0 to 1."),
]
_MaxRise = Annotated[
    float | None, typer.Option("--max-rise", help="Largest rise of the 10-year, bp.")
]
_Quantile = Annotated[
    float, typer.Option("--quantile", help="Share of simulations that keep to --max-rise.")
]
_MaxFed = Annotated[
    float | None,
    typer.Option("--max-fed", help="Largest chance of Fed purchases, 0 to 1."),
]
_FreezeChance = Annotated[
    float | None,
    typer.Option(
        "--freeze-chance",
        min=0.0,
        max=1.0,
        help="Chance of a freeze in a year without a sale, for --deterrence.",
        show_default="evidence",
    ),
]
_Amount = Annotated[
    float | None,
    typer.Option("--amount", help="Face to sell, USD bn.", show_default="whole book"),
]


def optimal(
    seller: Annotated[str, typer.Argument(metavar="SELLER", help="A holder or country.")],
    *,
    amount: _Amount = None,
    into: _Into = None,
    objective: _Objective = "sd",
    risk: _Risk = "all",
    aversion: _Aversion = None,
    hostility: Annotated[
        float, typer.Option("--hostility", help="From 0, friendly, to 1, hostile.")
    ] = 0.0,
    max_turnover: _MaxTurnover = None,
    max_rise: _MaxRise = None,
    quantile: _Quantile = 0.95,
    max_fed: _MaxFed = None,
    deterrence: Annotated[
        bool, typer.Option("--deterrence", help="Also show from which amount on it does not pay.")
    ] = False,
    freeze_chance: _FreezeChance = None,
    slopes: Annotated[
        bool, typer.Option("--slopes", help="Also hold slopes of the bill against differences.")
    ] = False,
    draws: Annotated[
        int, typer.Option(min=_FEWEST, max=MOST_DRAWS, help="Random draws of the search.")
    ] = 100,
    final_draws: Annotated[
        int, typer.Option(min=_FEWEST, max=MOST_DRAWS, help="Fresh draws of the answer.")
    ] = 400,
    tries: Annotated[
        int, typer.Option(min=0, max=1000, help="Sales tried for each aversion after the first.")
    ] = 16,
    seed: Seed = 0,
    vintage: BooksAt = None,
    out: Annotated[Path | None, out_folder("nothing is written")] = None,
    cluster: Workers = None,
    resume: Resume = None,
    json: AsJson = False,
) -> None:
    """Find the way to sell that costs least, by aversion to risk."""
    with progress(seller, is_quiet=json, kept=kept_in(resume)) as work:
        from selloff.studies import optimal as study

        wish = study.Wish(
            seller=seller,
            amount=amount,
            into=into or (),
            objective=objective,
            risk=risk,
            aversions=aversion or study.AVERSIONS,
            hostility=hostility,
            max_turnover=max_turnover,
            max_rise=max_rise,
            quantile=quantile,
            max_fed=max_fed,
            vintage=vintage,
        )
        question = study.check_question(wish)
        how: dict[str, Any] = {"seed": seed, "folder": resume, "progress": work.count}
        how["pool"] = work.pool(cluster)
        work.now("compiling")
        frontier = study.find_frontier(
            question, draws=draws, final_draws=final_draws, tries=tries, **how
        )
        limits = (
            study.deter(question, draws=draws, freeze_chance=freeze_chance, **how)
            if deterrence
            else ()
        )
        checks = _check_slopes(frontier, seed) if slopes else {}
        found = study.BestDescent(frontier, limits, checks)
        work.now(SAVING)
        files = found.save(out) if out is not None else []
    tell(found, files, _show, is_json=json)


def _check_slopes(found: "Frontier", seed: int) -> "dict[str, tuple[SlopeCheck, ...]]":
    """Check slopes at the plan of the middle aversion."""
    from selloff.studies.optimal import check_slopes

    plan = found.best[sorted(found.best)[len(found.best) // 2]].plan
    return {
        words: check_slopes(found.question, plan, seed=seed, answering=answering)
        for words, answering in (("nobody answering", False), ("everybody answering", True))
    }


def _show(found: "BestDescent") -> None:
    say_wrapped(found.about)
    say()
    for sentence in found.sentences:
        say_wrapped(sentence)
    say()
    _show_plans(found.frontier)
    if found.deterrence:
        _show_deterrence(found.deterrence)
    if found.slopes:
        _show_slopes(found.slopes)


def _show_plans(found: "Frontier") -> None:
    from selloff.studies.optimal import two_digits

    asked = found.question
    heads = ["Aversion", "Bill", "5-95%", "Risk", "10-year", "Fed", "Years", "Half by", "Told"]
    table = plain_table([*heads, *(("Hedged",) if _has_hedge(found) else ()), "Order"])
    rows = [*((f"{aversion:g}", one) for aversion, one in found.best.items()), *found.named.items()]
    for name, one in rows:
        plan = one.plan
        cells = [
            two_digits(one.mean),
            f"{two_digits(one.p05)} to {two_digits(one.p95)}",
            two_digits(one.risk(asked)),
            f"{two_digits(one.rise_p50)} ({two_digits(one.rise_p95)})",
            f"{one.fed_chance:.0%}",
            f"{plan.years:.2g}",
            f"{plan.half_years:.2g}",
            f"{plan.told:.0%}",
            *((f"{plan.hedged:.0%}",) if _has_hedge(found) else ()),
            plan.order.replace("_", " "),
        ]
        table.add_row(name, *cells)
    say_table(table)
    waiting = " Risk counts what markets do to what still waits; the bill does not."
    say_wrapped(
        "USD bn; 10-year: highest rise in bp, middle and 95%; Fed: share of draws in which it "
        f"buys.{waiting if asked.risk == 'all' else ''}"
    )


def _has_hedge(found: "Frontier") -> bool:
    return any(one.plan.hedged > 0.0 for one in found.best.values())


def _show_deterrence(limits: "Sequence[Deterrence]") -> None:
    from selloff.studies.optimal import two_digits

    say("", "Where a sale stops to pay on average, by motive")
    heads = ["Motive", "Pace", "Pays up to", "Gain, all", "Bill, all", "Pays in"]
    table = plain_table(heads, left=2)
    for each in limits:
        cells = (
            each.pays_up_to,
            two_digits(each.gain_usd_bn[-1]),
            two_digits(each.bill_usd_bn[-1]),
            f"{each.pays_frac[-1]:.0%}",
        )
        table.add_row(each.label[:_PACE_WIDTH], each.pace, *cells)
    say_table(table)
    say_wrapped(
        f"USD bn, means; all: {limits[0].amounts_usd_bn[-1]:,.0f}; pays in: share of draws in "
        "which all of it pays. What a motive is worth is judgement: docs/optimal.md has the table."
    )


def _show_slopes(checks: "Mapping[str, Sequence[SlopeCheck]]") -> None:
    say("", "Slopes of the mean bill at the middle sale: through the steps, and by differences")
    table = plain_table(["With", "Number", "Through", "Differences", "Draws alike", "Use"], left=2)
    for words, rows in checks.items():
        for each in rows:
            cells = number(each.pathwise, 3), number(each.differences, 3), f"{each.agreeing:.0%}"
            table.add_row(words, each.number, *cells, "yes" if each.is_usable else "no")
    say_table(table)
