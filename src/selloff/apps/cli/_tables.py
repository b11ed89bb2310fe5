"""A run in a few lines."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from selloff.apps.cli._console import (
    READABLE,
    number,
    plain_table,
    say,
    say_table,
    say_wrapped,
)
from selloff.apps.cli._sparkline import ten_year_line
from selloff.vocab import metrics_at

if TYPE_CHECKING:
    import xarray as xr

    from selloff.report.estimate import Estimate

Summary = Mapping[str, Any]

_SPLIT: Final = "us_10y_peak_bp"
_SHOWN_BUYERS: Final = 5
_USUAL: Final = ("completed", "completed_late", "nothing_to_sell")
"""Outcomes that need no word."""


def show_answers(
    answers: Sequence[tuple["xr.Dataset", Summary]], *, everything: bool = False
) -> None:
    """Print the answer of one run, or of several side by side; or all there is to it."""
    summaries = [summary for _, summary in answers]
    for ds, summary in answers:
        _show_sentences(ds, summary)
    _show_metrics(answers, "" if everything else "terminal")
    for summary in summaries:
        lead = "" if len(summaries) == 1 else f"{summary['scenario']}: "
        for line in _remainder(summary) if everything else _warned(summary):
            say_wrapped(line, first=lead, rest="  ")
    if not everything:
        say("--all prints every number, who bought, the parts of the answer and the checks.")


def _show_sentences(ds: "xr.Dataset", summary: Summary) -> None:
    from selloff.report import sentences

    books = date.fromisoformat(f"{summary['vintage']}-01")
    say_wrapped(f"{summary['scenario']}: {ds.attrs['title']}")
    say_wrapped(
        f"Balance sheets of {books:%B %Y}; {summary['draws']:,} simulations of "
        f"{summary['parameter_rows']:,} sets of parameters, seed {summary['seed']}"
    )
    say()
    for sentence in sentences(ds, summary):
        say_wrapped(sentence)
    say(ten_year_line(ds), "")


def _show_metrics(answers: Sequence[tuple["xr.Dataset", Summary]], shown: str) -> None:
    """Print medians and ranges; a short table leaves out what nothing happens to."""
    from selloff.report.estimate import from_metric

    heads = [str(summary["scenario"]) for _, summary in answers]
    years = [float(summary["horizon_years"]) for _, summary in answers]
    rows = []
    for name, metric in metrics_at(*years, shown=shown).items():
        found = [from_metric(summary, name) for _, summary in answers]
        known = [each for each in found if each.is_known]
        if known and not (shown and all(each.is_nil for each in known)):
            cells = [_cell(each, ds) for each, (ds, _) in zip(found, answers, strict=True)]
            rows.append([metric.title(*years), *cells])
    if not rows:
        return
    heads = ["Against the baseline", *(heads if len(heads) > 1 else ["Median (5-95%)"])]
    widths = [max(map(len, column)) + 2 for column in zip(heads, *rows, strict=True)]
    table = plain_table(heads, text_width=READABLE - sum(widths[1:]))
    for row in rows:
        table.add_row(*row)
    say_table(table)
    say()


def _cell(found: "Estimate", ds: "xr.Dataset") -> str:
    from selloff.report.estimate import in_time

    if not found.is_known:
        return "-"
    number = in_time(found) if found.unit == "business days" else found
    own = str(ds.attrs.get("seller_currency", "LC"))
    return f"{number.middle} ({number.ends})".replace("LC bn", f"{own} bn")


def _warned(summary: Summary) -> list[str]:
    """Say how simulations ended where some ended in another way than by the end of the sale."""
    if set(summary["outcomes"]) <= set(_USUAL):
        return []
    return [f"Outcomes: {_counts(summary['outcomes'])}"]


def _remainder(summary: Summary) -> list[str]:
    buyers = summary["metrics"].get("absorbed_by") or {}
    top = sorted(buyers.items(), key=lambda item: -item[1])[:_SHOWN_BUYERS]
    bought = ", ".join(f"{holder} {amount:,.0f}" for holder, amount in top if amount > 0)
    left_out = [each["name"] for each in (summary.get("economy") or {}).get("left_out", [])]
    residual = summary["identities"]["max_abs_residual_usd_bn"]
    return [
        *([f"Largest buyers, USD bn: {bought}"] if bought else []),
        *filter(None, [_split_words(summary)]),
        *map(_world_words, summary["worlds"].values()),
        f"Outcomes: {_counts(summary['outcomes'])}",
        f"Dealers' books: {_counts(summary['capacity'])}",
        *([f"Emerging economies without the data: {', '.join(left_out)}"] if left_out else []),
        f"Identities: largest residual {residual:.1e} USD bn",
    ]


def _counts(counted: Mapping[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in counted.items())


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
