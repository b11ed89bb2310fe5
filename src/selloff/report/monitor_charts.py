"""Charts of the monitor: regimes by month, the flow of three months, what a fall was made of."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from selloff import charts
from selloff.charts import Layer, Mark, Ruler, Step, Unit, Words
from selloff.report.section import Drawing

SOURCE: Final = "Selloff, from TIC, the Fed and Japan's Ministry of Finance"
_BN: Final = Unit(name="USD bn", before="$", after="bn", signed=True)
_PERCENT: Final = Unit(name="percent", after="%")
_REGIMES: Final = {"none": ("No sale", 3), "quiet": ("Quiet sale", 2), "fast": ("Fast sale", 4)}
_MONTHS: Final = 12


def regimes(label: str, past: Mapping[str, Any]) -> Drawing:
    """Draw the chance of each regime by month."""
    now = past["chance"]["quiet"][-1] + past["chance"]["fast"][-1]
    title = f"{label}: the chance of a sale is {now:.0%} now"
    words = _words("regimes", title, "Chance of each regime by month, interventions taken out")
    parts = [
        Layer(name=name, values=tuple(100.0 * each for each in past["chance"][regime]), tone=tone)
        for regime, (name, tone) in _REGIMES.items()
    ]
    chart = charts.relay(
        words, _axis(past["chance_months"]), parts, total="All", domain=(0.0, 100.0)
    )
    return Drawing(id="regimes", title=title, chart=chart)


def flow(label: str, past: Mapping[str, Any]) -> Drawing:
    """Draw the flow of three months with its 50% and 90% bands."""
    low, _, middle, _, high = (row[-1] for row in past["three_months_usd_bn"])
    title = f"{label}: {money(middle)} in three months, {money(low)} to {money(high)}"
    words = _words(
        "flow", title, "Bought less sold over three months, interventions added back", unit=_BN
    )
    axis = _axis(past["months"])
    series = [("Three months", past["three_months_usd_bn"])]
    largest = max(past["intervention_usd_bn"])
    at = past["intervention_usd_bn"].index(largest)
    sold = Mark(
        x=axis.values[at],
        y=past["three_months_usd_bn"][2][at],
        label=f"Ministry sells ${largest:.0f}bn",
    )
    chart = charts.fan(words, axis, series, marks=[sold] if largest else [])
    return Drawing(id="flow", title=title, chart=chart)


def fall(row: Mapping[str, Any]) -> Drawing | None:
    """Draw a change of the position as bills, notes and bonds, price and the rest."""
    split = row["published_three_months"]
    if split["bills_usd_bn"] is None:
        return None
    title = (
        f"{money(split['change_usd_bn'])} in {span_of(split)}: "
        f"{money(split['bills_usd_bn'])} were bills"
    )
    steps = [
        _exact("Bills", split["bills_usd_bn"]),
        _exact("Notes and bonds", split["notes_and_bonds_usd_bn"]),
        _exact("Price and the rest", split["price_and_rest_usd_bn"]),
    ]
    words = _words("fall", title, "Change of the position by what it was, USD bn", unit=_BN)
    chart = charts.waterfall(words, steps, _exact("Change", split["change_usd_bn"]))
    return Drawing(id="fall", title=title, chart=chart)


def explained(row: Mapping[str, Any]) -> Drawing | None:
    """Draw how much of what was sold interventions took."""
    split, share = row["published_three_months"], row["explained_by_intervention_frac"]
    if share is None or not split["interventions_usd_bn"]:
        return None
    sold = split["net_usd_bn"]
    between = f"{share['p05']:.0%} to {share['p95']:.0%}"
    title = f"Interventions took {share['p50']:.0%} of what was sold ({between})"
    took = {name: sold * share[name] for name in ("p05", "p50", "p95")}
    rest = {name: sold - took[name] for name in took}
    steps = [_ranged("Interventions", took), _ranged("All other sales", rest)]
    words = _words("explained", title, "Net sales of the same months, USD bn", unit=_BN)
    chart = charts.waterfall(words, steps, _exact("Sold", sold))
    return Drawing(id="explained", title=title, chart=chart)


def money(value: float) -> str:
    """Write a change in dollars with its sign."""
    text = signed(value)
    return f"{text[0]}${text[1:]}bn"


def signed(value: float, places: int = 0) -> str:
    """Write a number with its sign."""
    return f"{value:+.{places}f}".replace("-", "−")


def span_of(split: Mapping[str, Any]) -> str:
    """Name the months of a split, as May to July 2026."""
    first, last = (date.fromisoformat(f"{split[end]}-01") for end in ("first", "last"))
    year = f" {first:%Y}" if first.year != last.year else ""
    return f"{first:%B}{year} to {last:%B %Y}"


def _words(name: str, title: str, subtitle: str, *, unit: Unit = _PERCENT) -> Words:
    return Words(id=name, title=title, subtitle=subtitle, source=SOURCE, unit=unit)


def _axis(months: Sequence[str]) -> Ruler:
    places = tuple(int(each[:4]) + int(each[5:]) / _MONTHS for each in months)
    return Ruler(kind="years", title="End of month", values=places, words=tuple(months))


def _exact(name: str, value: float) -> Step:
    return Step(name=name, p05=value, p50=value, p95=value)


def _ranged(name: str, values: Mapping[str, float]) -> Step:
    low, high = sorted((values["p05"], values["p95"]))
    return Step(name=name, p05=low, p50=values["p50"], p95=high)
