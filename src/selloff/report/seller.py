"""The sellers' own bill, in their own currency, part by part."""

from typing import Final

import numpy as np

from selloff import charts
from selloff.charts import Pair
from selloff.report.draw import row, units, words
from selloff.report.estimate import spread
from selloff.report.facts import Facts
from selloff.report.gist import bill
from selloff.report.prescribed import is_stressed
from selloff.report.question import asset_name
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import Told, say
from selloff.report.whys import whys

PARTS: Final = {
    "execution_loss": "Lost in selling, against baseline prices",
    "conversion_loss": "Lost in changing the proceeds, against baseline rates",
    "final_mark_loss": "Paper loss on what is left after the last sale",
    "sanction_loss": "Expected loss from retaliation",
    "carry_loss": "Lost carry of the first year",
}
"""Parts of the bill: end of the metric's name, and words."""

_AROUND: Final = (
    " In the baseline nobody sells and no stress comes from elsewhere: what that stress alone does "
    "to bonds and currencies is in the bill."
)


def seller(runs: tuple[Facts, ...]) -> Section | None:
    """Tell what the sale costs whoever sells."""
    if not runs[0].is_sale or not runs[0].alive.any():
        return None
    sides = [each for each in runs if each.is_sale and each.alive.any()]
    whole = [bill(each) for each in sides]
    rows = {words: [bill(each, part) for each in sides] for part, words in PARTS.items()}
    most, numbers = max(rows.items(), key=lambda one: abs(one[1][0].estimate.p50))
    second = f"; sold as in B, {whole[1].middle}" if len(whole) > 1 else ""
    around = ", with the stress around it," if is_stressed(sides[0].dataset) else ""
    title = f"The sale{around} costs its sellers {whole[0].size.middle}{second}"
    if whole[0].estimate.p50 < 0.0:
        title = f"The sale{around} earns its sellers {whole[0].size.middle}"
    dollars = sides[0].told("seller_total_cost_usd_bn")
    is_own = whole[0].formula != dollars.formula
    lead = say(
        "{dollars}The largest part: {most}, {number}{gain}.{around}",
        dollars=say("In dollars it is {dollars}. ", dollars=dollars.size) if is_own else "",
        most=f"{most[:1].lower()}{most[1:]}", number=numbers[0],
        gain="; below zero it is a gain" if numbers[0].estimate.p50 < 0.0 else "",
        around=_AROUND if around else "",
    )  # fmt: skip
    return Section(
        id="seller",
        link="The seller",
        title=title,
        lead=(lead,),
        figures=(_chart(sides, rows, whole),),
        whys=whys(sides[0], "seller"),
        tables=(_table(sides, rows, whole),),
    )


def _chart(sides: list[Facts], rows: dict[str, list[Told]], whole: list[Told]) -> Drawing:
    shown = {label: each for label, each in rows.items() if not all(one.is_nil for one in each)}
    lines = _in_one_unit(shown | {"Whole bill": whole})
    part, (most, *_) = max(rows.items(), key=lambda one: abs(one[1][0].estimate.p50))
    share = most.estimate.p50 / (whole[0].estimate.p50 or 1.0)
    title = f"{part.split(',')[0]}: {100.0 * share:.0f}% of the bill in the median"
    title = title if 0.0 < share <= 1.0 else "The bill by part"
    how = "Lines hold 90% of simulations. Medians need not add up; each simulation does."
    told = words("bill", title, units(_unit(whole)), how)
    if len(sides) > 1:
        bells = [
            Pair(name=label, a=row("A", one.estimate), b=row("B", two.estimate))
            for label, (one, two) in lines.items()
        ]
        drawn: charts.AnyChart = charts.dumbbell(told, ("A", "B"), bells)
    else:
        drawn = charts.dots(told, [row(label, one.estimate) for label, (one,) in lines.items()])
    return Drawing(id="bill", title=title, chart=drawn, page="seller")


def _unit(whole: list[Told]) -> str:
    return max((one.estimate.unit for one in whole), key=lambda unit: unit.endswith("tn"))


def _in_one_unit(rows: dict[str, list[Told]]) -> dict[str, list[Told]]:
    """Bring trillions and billions of one currency to the larger of both."""
    to = _unit([one for each in rows.values() for one in each])
    return {label: [_turn(one, to) for one in each] for label, each in rows.items()}


def _turn(one: Told, to: str) -> Told:
    if one.estimate.unit == to:
        return one
    number = one.estimate
    ends = np.array([number.p05, number.p50, number.p95]) / 1000.0
    return Told(spread(ends, to), one.formula, one.side)


def _table(sides: list[Facts], rows: dict[str, list[Told]], whole: list[Told]) -> Table:
    cells: list[tuple[Cell, ...]] = [(label, *each) for label, each in rows.items()]
    cells.append(("Whole bill", *whole))
    cells.append(
        ("Whole bill in dollars", *(one.told("seller_total_cost_usd_bn") for one in sides))
    )
    cells.append(("Cash received", *(one.told("seller_proceeds_usd_bn") for one in sides)))
    mark = "Largest paper loss on the way"
    cells.append((mark, *(one.told("seller_mark_loss_usd_bn") for one in sides)))
    assets = sides[0].dataset["asset"].to_numpy()
    for asset in assets:
        held = [one.told(f"value:counter_asset[asset={asset}]") for one in sides]
        if not all(one.is_nil for one in held):
            cells.append((f"Proceeds now in {asset_name(str(asset))}", *held))
    names = ("Median (5–95%)",) if len(sides) == 1 else ("A", "B")
    return Table(head=("The bill", *names), rows=tuple(cells), fold="The bill as a table")
