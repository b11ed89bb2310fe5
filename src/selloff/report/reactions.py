"""How everybody else answered, in sentences made from numbers."""

from collections.abc import Mapping
from typing import Any, Final

import xarray as xr

from selloff.report.ending import is_answered
from selloff.report.estimate import from_metric
from selloff.report.question import is_nothing_sold, scenario, spoken_list
from selloff.vocab import mechanisms

Summary = Mapping[str, Any]


def switched_off(dataset: xr.Dataset) -> list[str]:
    """Name the mechanisms the scenario switched off."""
    switches = scenario(dataset).get("reactions") or {}
    usual = (row for row in mechanisms().values() if row.on_by_default)
    return [row.name for row in usual if switches.get(row.name) is False]


def off_words(dataset: xr.Dataset) -> str:
    """Say which mechanisms the scenario switched off."""
    words = [mechanisms()[name].label for name in switched_off(dataset)]
    return f"Switched off in this scenario: {spoken_list(words)}." if words else ""


def followers(dataset: xr.Dataset, summary: Summary) -> str:
    """Say how much others sold of their own accord."""
    sold = from_metric(summary, "followers_sales_usd_bn")
    if not sold.is_known or (sold.is_nil and "followers" in switched_off(dataset)):
        return ""
    count = _count(dataset, summary, "followers_sold")
    text = (
        f"Others sell of their own accord {count}; by the horizon it is {sold.text}."
        if not sold.is_nil
        else "Nobody else sells of their own accord."
    )
    if not (summary.get("reactions") or {}).get("several_equilibria"):
        return text
    several = _count(dataset, summary, "several_equilibria")
    return (
        f"{text} {several[:1].upper()}{several[1:]} what holders believed of each other left room "
        "for more than one outcome."
    )


def levered_funds(dataset: xr.Dataset, summary: Summary) -> str:
    """Say how much levered funds were forced to sell."""
    forced = from_metric(summary, "forced_sales_usd_bn")
    if not forced.is_known or (forced.is_nil and "levered_funds" in switched_off(dataset)):
        return ""
    if forced.is_nil:
        return "No levered fund is forced to sell more than a trifle."
    return (
        f"Levered funds are forced to sell {_count(dataset, summary, 'funds_forced')}; at the "
        f"worst point it is {forced.text} that they have not bought back."
    )


def federal_reserve(dataset: xr.Dataset, summary: Summary) -> str:
    """Say how much the Federal Reserve bought."""
    bought = from_metric(summary, "fed_purchases_usd_bn")
    share = from_metric(summary, "fed_backstop_frac")
    if not bought.is_known or (bought.is_nil and "fed_purchases" in switched_off(dataset)):
        return ""
    count = _count(dataset, summary, "fed_bought")
    if bought.is_nil:
        return f"It buys {count} only." if count != NOWHERE else "It does not buy."
    text = f"It buys {count}; at the most it holds {bought.text} of what is sold"
    if share.is_nil or not share.is_known:
        return f"{text}."
    return f"{text}. That is {share.text} of all that sellers, followers and levered funds sell."


def tokyo(dataset: xr.Dataset, summary: Summary) -> str:
    """Say what the Ministry of Finance and the Bank of Japan did."""
    sold = from_metric(summary, "mof_intervention_usd_bn")
    bought = from_metric(summary, "boj_purchases_usd_bn")
    said = []
    if sold.is_known and not sold.is_nil:
        below = " (below zero: dollars bought with yen)" if sold.p05 < 0.0 else ""
        said.append(
            f"Japan's Ministry of Finance acts by its rule "
            f"{_count(dataset, summary, 'mof_intervened')}; where it has gone farthest, it has "
            f"sold {sold.text} for yen{below}."
        )
    if bought.is_known and not bought.is_nil:
        said.append(
            f"The Bank of Japan buys {_count(dataset, summary, 'boj_bought')}; by the horizon it "
            f"is {bought.text} of Japanese government bonds."
        )
    return " ".join(said)


def retaliation(dataset: xr.Dataset, summary: Summary) -> str:
    """Say how likely retaliation is and what it costs the sellers."""
    chance = from_metric(summary, "sanction_prob_frac")
    loss = from_metric(summary, "seller_expected_sanction_loss_usd_bn")
    if is_nothing_sold(dataset) or not chance.is_known or (chance.is_nil and loss.is_nil):
        return ""
    return (
        f"The chance that the United States retaliates by the horizon is {chance.text}; the "
        f"sellers must expect to lose {loss.text} by it."
    )


def dollar(summary: Summary) -> str:
    """Say how far the broad dollar rose and fell."""
    high, low = (from_metric(summary, f"usd_broad_{one}_pct") for one in ("peak", "trough"))
    ends = [
        f"{side} is {one.text} {word} baseline"
        for side, one, word in (("highest", high, "above"), ("lowest", low.turned(), "below"))
        if one.is_known and not one.is_nil
    ]
    if not ends:
        return ""
    return f"The broad dollar at its {' and at its '.join(ends)}."


NOWHERE: Final = "in no draw"


def _count(dataset: xr.Dataset, summary: Summary, name: str) -> str:
    found = int((summary.get("reactions") or {}).get(name, 0))
    draws = int(is_answered(dataset).sum())
    if found == 0:
        return NOWHERE
    return "in every draw" if found >= draws else f"in {found:,} of {draws:,} draws"
