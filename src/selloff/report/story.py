"""What happened, in order, and who holds the bonds over time."""

from typing import Final

import numpy as np
from markupsafe import Markup

from selloff import charts
from selloff.charts import Layer, Yardstick
from selloff.report.answer import bill
from selloff.report.draw import Draws, day_axis, days, fan, thinned, units, words
from selloff.report.ending import frozen_count, unfinished_count
from selloff.report.estimate import Estimate, alone, from_metric, quantiles
from selloff.report.facts import Facts
from selloff.report.prescribed import is_quiet, prescriptions
from selloff.report.question import is_nothing_sold, scenario, spoken_list
from selloff.report.section import Cell, Drawing, Section, Table
from selloff.report.told import Told, say
from selloff.report.whys import whys
from selloff.vocab import mechanisms
from selloff.vocab.axes import BUSINESS_DAYS_PER_MONTH, BUSINESS_DAYS_PER_YEAR

FULL: Final = 1.0 - 1e-9
"""Use of room from which it is called full: rounding of a division apart."""
TALL: Final = "250 185"
"""Height of its charts: wide, narrow [pixels]."""
SELLER: Final = "not sold yet"
SINGULAR: Final = ("the Federal Reserve",)
RELAY: Final = (
    (SELLER, ()),
    ("dealers", ("dealers",)),
    ("the Federal Reserve", ("fed",)),
    ("US banks and money funds", ("usa_bank", "usa_mmf")),
    ("US funds, pensions, insurers", ("usa_mutual_fund", "usa_pension", "usa_insurer")),
    ("US households and others", ("usa_household", "usa_other", "levered")),
    ("private holders abroad", ("foreign_private",)),
    ("officials abroad", ("foreign_official",)),
)
"""Layers of the relay: name, and the groups it adds up."""
TONES: Final = {name: at for at, (name, _) in enumerate(RELAY, start=1)}
NOTICED: Final = 0.01
"""Share of all that is sold from which a layer is drawn."""


def story(runs: tuple[Facts, ...]) -> Section | None:
    """Tell what happened in order, and draw who holds it."""
    facts = runs[0]
    if not facts.alive.any() or is_quiet(facts.dataset):
        return None
    figures = [_relay(each) for each in runs]
    dealers = _dealers_chart(runs)
    return Section(
        id="story",
        link="What happens",
        title=_title(facts),
        lead=tuple(_events(facts)),
        figures=tuple(one for one in (*figures, dealers, _curve(facts)) if one is not None),
        whys=whys(facts, "story"),
        tables=tuple(one for one in (_relay_table(each) for each in runs) if one is not None),
    )


def _title(facts: Facts) -> str:
    rows = relay(facts)
    if not rows:
        return "What happens, in order"
    early = _largest(facts, rows, BUSINESS_DAYS_PER_MONTH)
    late = _largest(facts, rows, float(days(facts)[-1]))
    if early == late:
        return f"{_upper(early)} {'holds' if early in SINGULAR else 'hold'} most of it throughout"
    return f"After a month most of it is with {early}; at the end with {late}"


def _largest(facts: Facts, rows: dict[str, Draws], day: float) -> str:
    at = _step(facts, day)
    return max((name for name in rows if name != SELLER), key=lambda name: float(rows[name][at]))


def relay(facts: Facts) -> dict[str, Draws]:
    """Take the mean book of each layer over time, since means add up where medians do not [USD
    bn]; layers that stay small are left out."""
    held = facts.dataset["absorbed_face"].transpose("draw", "step", "group")
    groups = [str(one) for one in held["group"].to_numpy()]
    books = np.nanmean(np.asarray(held.to_numpy(), dtype=np.float64)[facts.alive], axis=0)
    rows = {}
    for name, members in RELAY:
        at = [groups.index(one) for one in members if one in groups]
        left = facts.path("unsold_face")[facts.alive]
        rows[name] = books[:, at].sum(axis=1) if members else left.mean(axis=0)
    most = float(np.max(np.sum([np.maximum(one, 0.0) for one in rows.values()], axis=0)))
    if most < 1.0:
        return {}
    return {name: one for name, one in rows.items() if np.max(np.abs(one)) > NOTICED * most}


def _relay(facts: Facts) -> Drawing | None:
    rows = relay(facts)
    if not rows:
        return None
    stops = thinned(days(facts))
    layers = [
        Layer(name=_upper(name), values=tuple(line[stops].tolist()), tone=TONES[name])
        for name, line in rows.items()
    ]
    name, title = f"relay_{facts.side.lower()}", _relay_title(facts, rows)
    how = "Means over simulations of what is sold; below zero, a group has sold as well."
    drawn = charts.relay(words(name, title, units("USD bn"), how), day_axis(facts), layers)
    return Drawing(id=name, title=title, chart=drawn, page="absorption", height=TALL)


def _relay_title(facts: Facts, rows: dict[str, Draws]) -> str:
    buyers = {name: line for name, line in rows.items() if name != SELLER}
    if not buyers:
        return "Nobody has bought"
    last = max(buyers, key=lambda name: float(buyers[name][-1]))
    first = max(buyers, key=lambda name: float(np.max(buyers[name])))
    verb = "takes" if first in SINGULAR else "take"
    text = f"{_upper(first)} {verb} most of it"
    text += "" if first == last else f", and {last} hold most at the end"
    return text if facts.side == "A" else f"{facts.side}: {text}"


def _upper(name: str) -> str:
    return name[:1].upper() + name[1:]


def _billions(amount: float) -> str:
    return alone(float(amount), "USD bn")


def _moments(facts: Facts) -> list[tuple[str, float]]:
    last = float(days(facts)[-1])
    took = from_metric(facts.summary, "days_to_complete").p50
    shown = [("After a week", 5.0), ("After a month", 21.0)]
    if np.isfinite(took) and 25.0 < took < BUSINESS_DAYS_PER_YEAR - 1:
        shown.append((f"Sold: day {took:.0f}", float(took)))
    shown += [("A year on", 252.0), ("Five years on", 1260.0)]
    found = [(word, day) for word, day in shown if day < last]
    return [*found, ("At the end", last)]


def _relay_table(facts: Facts) -> Table | None:
    rows, moments = relay(facts), _moments(facts)
    if not rows:
        return None
    cells = tuple(
        (
            _upper(name),
            *(_billions(line[_step(facts, day)]) for _, day in moments),
        )
        for name, line in rows.items()
    )
    lead = "" if facts.side == "A" else f"{facts.side}: "
    head = (f"{lead}Mean books", *(word for word, _ in moments))
    return Table(head=head, rows=cells, fold=f"{lead}Who holds it, as a table")


def _step(facts: Facts, day: float) -> int:
    return max(0, int(np.searchsorted(days(facts), day + 0.5)) - 1)


def _dealers_chart(runs: tuple[Facts, ...]) -> Drawing | None:
    facts = runs[0]
    use = _peak(facts, "dealer_use")
    if use.is_nil:
        return None
    full = float(np.mean(_peaks(facts, "dealer_use")[facts.alive] >= FULL))
    title = f"Dealers are full at some point {facts.share(full)}"
    how = "Bonds on dealers' books over what they have room for."
    drawn = fan(
        "dealers", title, runs, "dealer_use", how=how, records=[Yardstick(label="full", y=100.0)]
    )
    return Drawing(id="dealers", title=title, chart=drawn, page="intermediaries", height=TALL)


def _curve(facts: Facts) -> Drawing | None:
    """Which maturities move, and when."""
    peaks = {name: facts.told(f"us_{name}_peak_bp") for name in ("2y", "10y", "30y")}
    if all(one.is_nil for one in peaks.values()):
        return None
    stops, tenors = thinned(days(facts)), [str(one) for one in facts.dataset["tenor"].to_numpy()]
    rows = [
        Layer(
            name=tenor,
            values=tuple(quantiles(facts.path(f"delta_par_yield[tenor={tenor}]"))[2][stops]),
        )
        for tenor in tenors
    ]
    told = ", ".join(f"{name.replace('y', '-year')} {one.middle}" for name, one in peaks.items())
    title, how = f"Peaks by maturity: {told}", "Median change of each Treasury yield over time."
    drawn = charts.heat(
        words("curve", title, units("bp", is_signed=True), how), day_axis(facts), rows
    )
    return Drawing(id="curve", title=title, chart=drawn, page="pricing")


def _events(facts: Facts) -> list[Cell]:
    """Say who did what, in order; whoever did nothing has no line."""
    events = [
        _sale(facts), _dealers(facts), _funds(facts), _followers(facts), _fed(facts),
        _tokyo(facts), _washington(facts), _off(facts),
    ]  # fmt: skip
    return [one for one in events if one]


def _event(word: str, text: Markup) -> Markup:
    return say("<strong>{word}.</strong> {text}", word=word, text=text)


def _sale(facts: Facts) -> Cell:
    asked = prescriptions(facts.dataset)
    more = f" Beside it the scenario prescribes {spoken_list(asked)}." if asked else ""
    if is_nothing_sold(facts.dataset):
        return _event("The cause", say("{what}.", what=spoken_list(asked)))
    cash, took = facts.told("seller_proceeds_usd_bn"), facts.told("days_to_complete")
    frozen, n = frozen_count(facts.dataset), int(facts.alive.sum())
    late = unfinished_count(facts.dataset) - frozen
    end = f" It is still open at the end {facts.share(late / n)}." if late > 0 else ""
    end += f" Washington freezes what is left {facts.share(frozen / n)}." if frozen else ""
    text = say("The sellers receive {cash} over {took}.", cash=cash, took=took)
    return _event(
        "The sale", text + say("{end}{notice}{more}", end=end, notice=_notice(facts), more=more)
    )


def _notice(facts: Facts) -> str:
    shares = {float(one.get("announced_frac") or 0.0) for one in scenario(facts.dataset)["sellers"]}
    if len(shares) > 1:
        return " Sellers announce different shares of it."
    one = shares.pop()
    return f" {100 * one:g}% of it is announced." if one else " Nothing is announced."


def _dealers(facts: Facts) -> Cell:
    held = Told(
        _peak(facts, "absorbed_face[group=dealers]"),
        "highest:absorbed_face[group=dealers]",
        facts.side,
    )
    if held.is_nil:
        return ""
    return _event(
        "Dealers", say("They take the bonds first and hold {held} at the most.", held=held)
    )


def _funds(facts: Facts) -> Cell:
    sold = facts.told("forced_sales_usd_bn")
    if sold.is_nil:
        return ""
    text = "They must sell {often}, {sold} at the worst point, and buy back later."
    return _event("Levered funds", say(text, often=facts.often("funds_forced"), sold=sold))


def _followers(facts: Facts) -> Cell:
    sold = facts.told("followers_sales_usd_bn")
    if sold.is_nil:
        return ""
    several = facts.count("several_equilibria")
    run = (
        f" A self-fulfilling run was possible {facts.often('several_equilibria')}."
        if several
        else ""
    )
    return _event(
        "Followers", say("Others sell {sold} of their own accord.{run}", sold=sold, run=run)
    )


def _fed(facts: Facts) -> Cell:
    bought, share = facts.told("fed_purchases_usd_bn"), facts.told("fed_backstop_frac")
    if bought.is_nil or not _has_digit(bought):
        return "" if not facts.count("fed_bought") else _event(
            "The Federal Reserve", say("It buys {often} only.", often=facts.often("fed_bought"))
        )  # fmt: skip
    text = "It buys {often} and holds {bought} at the most, {share} of all that was sold."
    often = facts.often("fed_bought")
    return _event("The Federal Reserve", say(text, often=often, bought=bought, share=share))


def _tokyo(facts: Facts) -> Cell:
    sold, bought = facts.told("mof_intervention_usd_bn"), facts.told("boj_purchases_usd_bn")
    said = []
    if not sold.is_nil and _has_digit(sold):
        verb = "buys" if sold.estimate.p50 < 0.0 else "sells"
        often = facts.often("mof_intervened")
        said.append(
            say("The ministry {verb} {sold} {often}.", verb=verb, sold=sold.size, often=often)
        )
    if not bought.is_nil:
        often = facts.often("boj_bought")
        sum_of = say(", {sum}", sum=bought) if _has_digit(bought) else ""
        said.append(say("The Bank of Japan buys bonds {often}{sum}.", often=often, sum=sum_of))
    return _event("Tokyo", Markup(" ").join(said)) if said else ""


def _has_digit(number: Told) -> bool:
    """Whether a median reads as more than zero."""
    return any(one in "123456789" for one in number.middle)


def _washington(facts: Facts) -> Cell:
    chance, loss = facts.told("sanction_prob_frac"), bill(facts, "sanction_loss")
    if is_nothing_sold(facts.dataset) or chance.is_nil:
        return ""
    text = "The chance of a freeze or a tariff is {chance}; the sellers must expect to lose {loss}."
    return _event("Washington", say(text, chance=chance, loss=loss))


def _off(facts: Facts) -> Cell:
    switches = scenario(facts.dataset).get("reactions") or {}
    off = [
        row.label
        for row in mechanisms().values()
        if row.on_by_default and switches.get(row.name) is False
    ]
    return _event("Switched off", say("{off}.", off=spoken_list(off))) if off else ""


def _peaks(facts: Facts, series: str) -> Draws:
    return np.asarray(facts.path(series).max(axis=1))


def _peak(facts: Facts, series: str) -> Estimate:
    return facts.told(f"highest:{series}").estimate
