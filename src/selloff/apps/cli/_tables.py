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
from selloff.vocab import MOMENTS, metrics_at, percents

if TYPE_CHECKING:
    import xarray as xr

    from selloff.report.estimate import Estimate

Summary = Mapping[str, Any]

_SPLIT: Final = "us_10y_peak_bp"
_SHOWN_BUYERS: Final = 5
_MARK: Final = "*"
"""Stands after a number beyond its record."""
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


def show_streamed(ds: "xr.Dataset", summary: Summary, *, everything: bool) -> None:
    """Print the numbers of a streamed run, and what it cannot say."""
    say_wrapped(f"{summary['scenario']}: {ds.attrs['title']}")
    _show_basis(summary)
    say()
    _show_metrics([(ds, summary)], "" if everything else "terminal")
    for line in _remainder(summary) if everything else _warned(summary):
        say_wrapped(line, rest="  ")
    about = summary["streamed"]
    say_wrapped(
        "Streamed: the numbers above are of every draw; quantiles of paths are off by at most "
        f"{100.0 * about['fans_rank_error_at_most']:.2f}% of the draws in rank. "
        f"It does not hold {'; '.join(about['does_not_hold'])}."
    )


def _show_sentences(ds: "xr.Dataset", summary: Summary) -> None:
    from selloff.report import answer_lines, asked

    say_wrapped(f"{summary['scenario']}: {ds.attrs['title']}")
    question = asked(ds)
    if question:
        say_wrapped(f"{question}.")
    _show_basis(summary)
    say()
    for sentence in answer_lines(ds, summary):
        say_wrapped(sentence)
    say(ten_year_line(ds), "")


def _show_basis(summary: Summary) -> None:
    books = date.fromisoformat(f"{summary['vintage']}-01")
    say_wrapped(
        f"Balance sheets of {books:%B %Y}; {summary['draws']:,} simulations of "
        f"{summary['parameter_rows']:,} sets of parameters, seed {summary['seed']}; 90% of them "
        "lie in the brackets."
    )


def _show_metrics(answers: Sequence[tuple["xr.Dataset", Summary]], shown: str) -> None:
    """Print medians and ranges; a short table leaves out what nothing happens to."""
    from selloff.report.estimate import from_metric

    heads = [str(summary["scenario"]) for _, summary in answers]
    years = [float(summary["horizon_years"]) for _, summary in answers]
    rows: list[list[str]] = []
    records: list[str] = []
    for name, metric in metrics_at(*years, shown=shown).items():
        found = [from_metric(summary, name) for _, summary in answers]
        known = [each for each in found if each.is_known]
        if _is_told_twice(metric.unit, answers):
            continue
        if known and not (shown and all(each.is_nil for each in known)):
            beyond = [(summary["metrics"][name] or {}).get("beyond") for _, summary in answers]
            cells = [
                _cell(each, ds) + _MARK * (mark is not None)
                for each, (ds, _), mark in zip(found, answers, beyond, strict=True)
            ]
            rows.append([metric.title(*years), *cells])
            texts = dict.fromkeys(mark["text"] for mark in beyond if mark)
            records += [f"{_MARK} {metric.title(*years)}: {'; '.join(texts)}"] if texts else []
    if not rows:
        return
    heads = ["Against the baseline", *(heads if len(heads) > 1 else ["Median (5-95%)"])]
    widths = [max(map(len, column)) + 2 for column in zip(heads, *rows, strict=True)]
    table = plain_table(heads, text_width=READABLE - sum(widths[1:]))
    for row in rows:
        table.add_row(*row)
    say_table(table)
    for line in records:
        say_wrapped(line, rest="  ")
    say()


def _cell(found: "Estimate", ds: "xr.Dataset") -> str:
    from selloff.report.estimate import in_time
    from selloff.report.gist import OWN, own_currency, own_money

    if not found.is_known:
        return "-"
    number = in_time(found) if found.unit == "business days" else found
    if found.unit == OWN:
        number = own_money(found, own_currency(ds))
    return f"{number.middle} ({number.ends})"


def _is_told_twice(unit: str, answers: Sequence[tuple["xr.Dataset", Summary]]) -> bool:
    """Whether a row in the seller's own currency only says again what stands in dollars."""
    from selloff.report.gist import OWN, own_currency

    return unit == OWN and all(own_currency(ds) == "USD" for ds, _ in answers)


def _warned(summary: Summary) -> list[str]:
    """Say how simulations ended where some ended in another way than by the end of the sale."""
    if set(summary["outcomes"]) <= set(_USUAL):
        return []
    return _endings(summary)[:1]


def _endings(summary: Summary) -> list[str]:
    """Say how simulations ended, and what dealers had room for, in the words of the report."""
    from selloff.report.trust import endings

    return list(endings(summary))


def _remainder(summary: Summary) -> list[str]:
    left_out = [each["name"] for each in (summary.get("economy") or {}).get("left_out", [])]
    residual = summary["identities"]["max_abs_residual_usd_bn"]
    return [
        *buyer_lines(summary["buyers"]),
        *filter(None, [_split_words(summary)]),
        *map(_world_words, summary["worlds"].values()),
        *_endings(summary),
        *([f"Emerging economies without the data: {', '.join(left_out)}"] if left_out else []),
        f"Identities: largest residual {residual:.1e} USD bn",
    ]


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
    share = percents((world["share_frac"],))[0]
    return f"{world['label']} in {share} of simulations: {rise}"


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
