"""`selloff optimal`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from selloff.apps.cli._console import number, plain_table, say, say_json, say_table, say_wrapped
from selloff.apps.cli._options import MOST_DRAWS, AsJson, Resume, Seed, VintageId, Workers
from selloff.apps.cli._places import new_folder
from selloff.apps.cli._progress import SAVING, progress

if TYPE_CHECKING:
    from selloff.studies.optimal import DescentQuestion, Deterrence, Frontier, SlopeCheck

_FEWEST: Final = 10
_PACE_WIDTH: Final = 44


_Into = Annotated[
    list[str] | None,
    typer.Option(
        "--into",
        metavar="ASSET",
        help="What the dollars may become.",
        show_default="own money, euros",
    ),
]
_Aversion = Annotated[
    list[float] | None,
    typer.Option(
        "--aversion",
        help="Cost that a dollar of risk counts as.",
        show_default="0, 0.25, 0.5, 1, 2",
    ),
]
_Objective = Annotated[str, typer.Option("--objective", help="Risk that is weighed: sd or p95.")]
_Risk = Annotated[
    str, typer.Option("--risk", help="Of bill and markets (all), or of the bill alone (bill).")
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
        help="Of a freeze without a sale, a year.",
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
        int, typer.Option(min=0, max=1000, help="Plans tried for each aversion after the first.")
    ] = 16,
    seed: Seed = 0,
    vintage: VintageId = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Also write files.", parser=new_folder),
    ] = None,
    cluster: Workers = None,
    resume: Resume = None,
    json: AsJson = False,
) -> None:
    """Find the way to sell that costs least, by aversion to risk."""
    with progress(f"optimal {seller}", is_quiet=json) as work:
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
        found = study.find_frontier(
            question, draws=draws, final_draws=final_draws, tries=tries, **how
        )
        limits = (
            study.deter(question, draws=draws, freeze_chance=freeze_chance, **how)
            if deterrence
            else []
        )
        checks = _check_slopes(found, seed) if slopes else {}
        work.now(SAVING)
        files = study.write_answer(found, limits, checks, out) if out else []
    if json:
        say_json(study.plain_answer(found, limits, checks))
        return
    _show_frontier(found)
    if limits:
        _show_deterrence(limits, question)
    if checks:
        _show_slopes(checks)
    if files:
        say("", "Written:", *(f"  {file}" for file in files))


def _check_slopes(found: "Frontier", seed: int) -> "dict[str, tuple[SlopeCheck, ...]]":
    """Check slopes at the plan of the middle aversion."""
    from selloff.studies.optimal import check_slopes

    plan = found.best[sorted(found.best)[len(found.best) // 2]].plan
    return {
        words: check_slopes(found.question, plan, seed=seed, answering=answering)
        for words, answering in (("nobody answering", False), ("everybody answering", True))
    }


def _show_frontier(found: "Frontier") -> None:
    asked = found.question
    say_wrapped(
        f"{asked.name} sells {asked.amount_usd_bn:,.0f} USD bn: {len(found.tried)} plans tried in "
        f"{found.search_draws} simulations each, told again in {found.final_draws} fresh ones"
    )
    say()
    for sentence in found.sentences:
        say_wrapped(sentence)
    say()
    heads = ["Aversion", "Bill", "5-95%", "Risk", "10-year", "Fed", "Years", "Half by", "Told"]
    table = plain_table([*heads, *(("Hedged",) if _has_hedge(found) else ()), "Order"])
    rows = [*((f"{aversion:g}", one) for aversion, one in found.best.items()), *found.named.items()]
    for name, one in rows:
        plan = one.plan
        cells = [
            number(one.mean, 0),
            f"{one.p05:.0f} to {one.p95:.0f}",
            number(one.risk(asked), 0),
            f"{one.rise_p50:.0f} ({one.rise_p95:.0f})",
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
        "USD bn; 10-year: highest rise in bp, middle and 95%; Fed: share of simulations in which "
        f"it buys.{waiting if asked.risk == 'all' else ''}"
    )


def _has_hedge(found: "Frontier") -> bool:
    return any(one.plan.hedged > 0.0 for one in found.best.values())


def _show_deterrence(limits: "list[Deterrence]", question: "DescentQuestion") -> None:
    say("", "Where a sale stops to pay, by motive")
    table = plain_table(["Motive", "Pace", "Pays up to", "Gain, all", "Bill, all"], left=2)
    for each in limits:
        cells = (
            _pays(each),
            number(each.gain_usd_bn[-1], 1),
            number(each.bill_usd_bn[-1], 1),
        )
        table.add_row(each.label[:_PACE_WIDTH], each.pace, *cells)
    say_table(table)
    say_wrapped(
        f"USD bn, means; all: {question.amount_usd_bn:,.0f}. What a motive is worth is judgement: "
        "docs/optimal.md has the table."
    )


def _pays(each: "Deterrence") -> str:
    """Say up to which amount it pays; below the smallest that was tried nobody looked."""
    limit = each.limit_usd_bn
    if limit is None:
        return "all of it"
    return f"{limit:,.0f}" if limit else f"not {each.amounts_usd_bn[0]:,.0f}"


def _show_slopes(checks: "dict[str, tuple[SlopeCheck, ...]]") -> None:
    say("", "Slopes of the mean bill at the middle plan: through the steps, and by differences")
    table = plain_table(["With", "Number", "Through", "Differences", "Draws alike", "Use"], left=2)
    for words, rows in checks.items():
        for each in rows:
            cells = number(each.pathwise, 3), number(each.differences, 3), f"{each.agreeing:.0%}"
            table.add_row(words, each.number, *cells, "yes" if each.is_usable else "no")
    say_table(table)
