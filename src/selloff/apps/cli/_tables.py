"""A run in a few lines."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from selloff.apps.cli._console import number, plain_table, say, say_table
from selloff.vocab import MOMENTS, metrics_at

if TYPE_CHECKING:
    from rich.table import Table

_SPLIT: Final = "us_10y_peak_bp"
_SHOWN_BUYERS: Final = 5
_MARK: Final = "*"
"""Stands after a number beyond its record."""
_WHOLE: Final = ("bp", "business days", "fraction")
"""Units of which no decimals are shown."""


def show_summaries(summaries: Sequence[Mapping[str, Any]]) -> None:
    """Print the answer of one run, or of several side by side: median and 5 to 95 percent."""
    first = summaries[0]
    names = " against ".join(str(each["scenario"]) for each in summaries)
    draws, rows = f"{first['draws']:,} draws", f"{first['parameter_rows']:,} sets of parameters"
    say(f"{names}: books of {first['vintage']}, {draws} of {rows}, seed {first['seed']}", "")
    say_table(_metric_table(summaries))
    _say_records(summaries)
    say()
    for each in summaries:
        _show_remainder(each, "" if len(summaries) == 1 else f"{each['scenario']}: ")


def _metric_table(summaries: Sequence[Mapping[str, Any]]) -> "Table":
    heads = ["Against the baseline"]
    for each in summaries:
        heads += ["Median" if len(summaries) == 1 else str(each["scenario"]), "5-95%"]
    table = plain_table([*heads, "Unit"])
    years = _years(summaries)
    for name, metric in metrics_at(*years, shown="terminal").items():
        stats = [each["metrics"].get(name) for each in summaries]
        if all(each is None for each in stats):
            continue
        places = 0 if metric.unit in _WHOLE else 1
        cells = [text for each in stats for text in _cells(each, places)]
        table.add_row(metric.title(*years), *cells, metric.unit)
    return table


def _say_records(summaries: Sequence[Mapping[str, Any]]) -> None:
    """Say below the table what its marks mean."""
    for name, metric in metrics_at(*_years(summaries), shown="terminal").items():
        found = [(each["metrics"].get(name) or {}).get("beyond") for each in summaries]
        texts = dict.fromkeys(each["text"] for each in found if each)
        if texts:
            say(f"{_MARK} {metric.title(*_years(summaries))}: {'; '.join(texts)}")


def _years(summaries: Sequence[Mapping[str, Any]]) -> list[float]:
    return [float(each["horizon_years"]) for each in summaries]


def _cells(stat: Mapping[str, Any] | None, places: int) -> tuple[str, str]:
    if stat is None:
        return "-", "-"
    reached = (stat.get("beyond") or {}).get("reached", ())
    low, mid, high = (
        number(stat[each], places) + _MARK * (each in reached) for each in ("p05", "p50", "p95")
    )
    return mid, "-" if low == high == "-" else f"{low} to {high}"


def _show_remainder(summary: Mapping[str, Any], lead: str) -> None:
    for line in buyer_lines(summary["buyers"]):
        say(f"{lead}{line}")
    split = _split_words(summary)
    if split:
        say(f"{lead}{split}")
    for world in summary["worlds"].values():
        say(f"{lead}{_world_words(world)}")
    outcomes = ", ".join(f"{name} {count:,}" for name, count in summary["outcomes"].items())
    say(f"{lead}Outcomes: {outcomes}")
    capacity = ", ".join(f"{name} {count:,}" for name, count in summary["capacity"].items())
    say(f"{lead}Dealers' books: {capacity}")
    left_out = [each["name"] for each in (summary.get("economy") or {}).get("left_out", [])]
    if left_out:
        say(f"{lead}Emerging economies without the data: {', '.join(left_out)}")
    residual = summary["identities"]["max_abs_residual_usd_bn"]
    say(f"{lead}Identities: largest residual {residual:.1e} USD bn")


def buyer_lines(buyers: Mapping[str, Any]) -> list[str]:
    """Say who held most of the sale at each moment, and when each held most."""
    on = buyers.get("most_on_day", {})
    lines = []
    for moment, words in MOMENTS.items():
        top = list(buyers.get(moment, {}).items())[:_SHOWN_BUYERS]
        told = [
            f"{group} {held:,.0f}" + (f" (day {on[group]:,.0f})" if moment == "most" else "")
            for group, held in top
        ]
        lines += [f"Largest buyers, USD bn, {words}: {', '.join(told)}"] if told else []
    return lines


def _world_words(world: Mapping[str, Any]) -> str:
    """One world in a line: how often, and what the 10-year does in it."""
    peak, year = (world["metrics"].get(name) for name in (_SPLIT, "us_10y_after_1y_bp"))
    later = f", {number(year['p50'], 0)} bp after a year" if year else ""
    rise = f"10-year {number(peak['p50'], 0)} bp at its peak{later}"
    return f"{world['label']} in {100.0 * world['share_frac']:.0f}% of draws: {rise}"


def _split_words(summary: Mapping[str, Any]) -> str:
    """The parts of the 10-year's peak in one line; empty without an attribution."""
    held = summary.get("attribution") or {}
    split = (held.get("metrics") or {}).get(_SPLIT)
    if split is None:
        return ""
    words = []
    for at, part in enumerate(held["order"]):
        step = split["parts"][part]["p50"]
        size = number(step, 0)
        sign = "+" if at and size not in ("-", "0") and step > 0 else ""
        words.append(f"{part.replace('_', ' ') if at else 'the sale'} {sign}{size}")
    few = f" in the first {held['draws']:,} draws" if held["draws"] < summary["draws"] else ""
    return f"Of the 10-year's peak{few}: {', '.join(words)} {split['unit']}"
