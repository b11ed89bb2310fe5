"""The monitor on one page: who sells Treasuries quietly, as far as public data can tell."""

from collections.abc import Mapping
from typing import Any, Final

from markupsafe import Markup

from selloff import charts
from selloff.report import monitor_charts as drawings
from selloff.report import monitor_tables as tables
from selloff.report.frame import environment, packaged
from selloff.report.monitor_charts import money, span_of
from selloff.report.question import month_name
from selloff.report.section import Drawing
from selloff.vocab import percents

_LOUD: Final = {
    "none": "supported",
    "watch": "contested",
    "amber": "unsupported",
    "red": "inconsistent",
    "unknown": "not-asked",
}
"""What the style sheet calls a flag."""


def monitor_page(found: Mapping[str, Any]) -> str:
    """Write the page of a monitor's answer: `holders`, `history`, what is open, `delays`."""
    rows, main = found["holders"], found["holders"][0]
    shown = [each for each in _drawn(main, found["history"]) if each is not None]
    script = charts.script()
    return (
        environment()
        .get_template("monitor.html")
        .render(
            title=f"Is {main['label']} selling Treasuries quietly?",
            as_of=found["as_of"],
            main=main,
            flag=flag_of(main),
            lead=lead(main),
            question=reserves_question(found["open_question"], found["answered_question"]),
            figures=shown,
            tables=(
                *([tables.holders(rows)] if len(rows) > 1 else []),
                tables.moved(main),
                tables.ages(main),
                tables.signs(found["signs"]),
                tables.power(main, found["delays"]),
            ),
            due=[(name, day) for name, day in main["next_releases"].items()],
            data=found["data"],
            style=Markup(charts.stylesheet() + packaged("template/page.css")),
            script=Markup(script),
            script_hashes=Markup(charts.csp_hash(script)),
            drawn=Markup(charts.charts_json(each.chart for each in shown)),
        )
    )


def flag_of(row: Mapping[str, Any]) -> tuple[str, str]:
    """Give the flag as a word, and what the style sheet calls it."""
    return row["flag"], _LOUD[row["flag"]]


def lead(row: Mapping[str, Any]) -> str:
    """Say in a few sentences how likely a sale is and what the last fall was."""
    chance, flow = row["chance"]["adjusted"], row["three_months"]["adjusted"]
    split, share = row["published_three_months"], row["explained_by_intervention_frac"]
    _, quiet, fast = percents([chance[name]["p50"] for name in ("none", "quiet", "fast")])
    words = (
        f"{row['label']}: a quiet sale has a chance of {quiet}, a fast one of {fast}. "
        f"Less interventions, the last three months brought {money(flow['p50'])} "
        f"({money(flow['p05'])} to {money(flow['p95'])}). "
        f"In {span_of(split)} the position changed by {money(split['change_usd_bn'])}"
    )
    if split["bills_usd_bn"] is not None:
        words += (
            f": bills {money(split['bills_usd_bn'])}, notes and bonds "
            f"{money(split['notes_and_bonds_usd_bn'])}, price and the rest "
            f"{money(split['price_and_rest_usd_bn'])}"
        )
    if share is not None and split["interventions_usd_bn"]:
        words += f". Interventions explain {share['p50']:.0%} of what was sold"
    return f"{words}."


def reserves_question(
    open_one: Mapping[str, Any] | None, answered: Mapping[str, Any] | None
) -> str:
    """Say what is still open of a fall of reserves and which number will close it, or what did."""
    if answered:
        return _answered(answered)
    if open_one is None:
        return ""
    month = month_name(open_one["month"])
    return (
        f"Open: in {month} reserves fell by ${open_one['fall_usd_bn']:.0f}bn beyond "
        "price, and the month's total of interventions is not among the data. A total near "
        f"¥{open_one['whole_jpy_tn']:.0f}tn would explain all of it. Below "
        f"¥{open_one['explained_above_jpy_tn']:.1f}tn a sale is amber, below "
        f"¥{open_one['alarm_below_jpy_tn']:.1f}tn it is the first true alarm."
    )


def _answered(found: Mapping[str, Any]) -> str:
    month = month_name(found["month"])
    sold, left = found["intervention_usd_bn"], -found["left_usd_bn"]
    verdict = "that explains it" if found["is_explained"] else f"${left:.0f}bn stay unexplained"
    awaited = [f"TIC of {each}, due {due}" for each, due in found["tic_due"].items()]
    if not found["days_are_out"]:
        awaited.append("the days and the direction of the operations, which follow by quarter")
    waits = f" Still to come: {'; '.join(awaited)}." if awaited else ""
    return (
        f"Answered: in {month} securities in reserves fell by ${found['fall_usd_bn']:.0f}bn "
        f"beyond price and deposits changed by {money(found['deposits_usd_bn'])}; interventions "
        f"took ${sold:.0f}bn, and {verdict}.{waits}"
    )


def _drawn(row: Mapping[str, Any], past: Mapping[str, Any]) -> tuple[Drawing | None, ...]:
    label = row["label"]
    return (
        drawings.regimes(label, past),
        drawings.flow(label, past),
        drawings.fall(row),
        drawings.explained(row),
    )
