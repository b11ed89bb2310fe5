"""What happened, in order, and who holds the bonds over time."""

from typing import Final

from selloff import charts
from selloff.charts import Layer, Yardstick
from selloff.report.draw import TALL, Draws, day_axis, days, fan, thinned, units, words
from selloff.report.estimate import Estimate, quantiles
from selloff.report.events import events
from selloff.report.facts import Facts
from selloff.report.question import upper
from selloff.report.relay import SINGULAR, largest, relay, relay_chart, relay_table
from selloff.report.section import Drawing, Section
from selloff.report.told import farther
from selloff.report.whys import whys
from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH

LEAST: Final = 1.0
"""Change of yields below which there is no picture of the curve [bp]."""
MIDDLE: Final = (0.5,)
NOTICED: Final = 0.1
"""Use of room below which there is nothing to draw."""


def story(runs: tuple[Facts, ...]) -> Section | None:
    """Tell what happened in order, and draw who holds it."""
    facts = runs[0]
    if not facts.is_told:
        return None
    relays = [(each, relay(each)) for each in runs]
    figures = [relay_chart(*each) for each in relays]
    dealers = _dealers_chart(runs)
    return Section(
        id="story",
        link="What happens",
        title=_title(*relays[0]),
        lead=tuple(events(facts)),
        figures=tuple(one for one in (*figures, dealers, _curve(facts)) if one is not None),
        whys=whys(facts, "story"),
        tables=tuple(one for one in (relay_table(*each) for each in relays) if one is not None),
    )


def _title(facts: Facts, rows: dict[str, Draws]) -> str:
    if not rows:
        return "What happens, in order"
    early = largest(facts, rows, BUSINESS_DAYS_PER_MONTH)
    late = largest(facts, rows, float(days(facts)[-1]))
    holds, do = (("holds", "does") if one in SINGULAR else ("hold", "do") for one in (early, late))
    if early == late:
        return f"{upper(early)} {holds[0]} the largest part throughout"
    return f"After a month {early} {holds[0]} the largest part; at the end {late} {do[1]}"


def _dealers_chart(runs: tuple[Facts, ...]) -> Drawing | None:
    facts = runs[0]
    use = _peak(facts, "dealer_use")
    if not use.is_known or use.p95 < NOTICED:
        return None
    lacking = 1.0 - facts.room_for_all
    title = f"Dealers lack room for some of it {facts.share(lacking)}"
    if lacking == 0.0:
        title = "Dealers have room for all that is put up"
    how = "Bonds on dealers' books over what they have room for, at the end of each step."
    drawn = fan(
        "dealers", title, runs, "dealer_use", how=how, records=[Yardstick(label="full", y=100.0)]
    )
    return Drawing(id="dealers", title=title, chart=drawn, page="intermediaries", height=TALL)


def _curve(facts: Facts) -> Drawing | None:
    """Which maturities move, and when."""
    peaks = {
        name: farther(
            facts.told(f"us_{name}_peak_bp"),
            facts.told(f"lowest:delta_par_yield[tenor={name.upper()}]"),
        )
        for name in ("2y", "10y", "30y")
    }
    if all(one.is_nil or abs(one.estimate.p50) < LEAST for one in peaks.values()):
        return None
    stops, tenors = thinned(days(facts)), [str(one) for one in facts.dataset["tenor"].to_numpy()]
    rows = [
        Layer(
            name=tenor,
            values=tuple(
                quantiles(facts.path(f"delta_par_yield[tenor={tenor}]")[:, stops], MIDDLE)[0]
            ),
        )
        for tenor in tenors
    ]
    told = ", ".join(f"{name.replace('y', '-year')} {one.middle}" for name, one in peaks.items())
    title, how = f"Farthest by maturity: {told}", "Median change of each Treasury yield over time."
    drawn = charts.heat(
        words("curve", title, units("bp", is_signed=True), how), day_axis(facts), rows
    )
    return Drawing(id="curve", title=title, chart=drawn, page="pricing")


def _peak(facts: Facts, series: str) -> Estimate:
    return facts.told(f"highest:{series}").estimate
