"""Levers of policy: who pulled one, how often, how far, and what it did to the 10-year."""

from typing import Final

from selloff.report.facts import Facts
from selloff.report.section import Cell, Table
from selloff.report.split import parts

LEVERS: Final = (
    ("The Federal Reserve buys Treasuries", "fed_purchases_usd_bn", "fed_bought"),
    ("Policy rates answer", "lowest:delta_policy_rate[economy=USA]", ""),
    ("The Bank of Japan buys its bonds", "boj_purchases_usd_bn", "boj_bought"),
    ("Japan's ministry sells dollars", "mof_intervention_usd_bn", "mof_intervened"),
    ("Managed currencies buy dollars", "end:leaning_purchases", ""),
    ("The United States freezes or sets a tariff", "sanction_prob_frac", ""),
)
"""Lever, the number that says how far, and the count of simulations in which it is pulled."""


def levers(facts: Facts) -> Table | None:
    """List the levers that were pulled, and in how many simulations."""
    rows: list[tuple[Cell, ...]] = []
    for words, formula, count in LEVERS:
        number = facts.told(formula)
        if not number.is_nil:
            rows.append((f"{words}, {facts.often(count)}" if count else words, number))
    policy = parts(facts, "us_10y_peak_bp").get("Policy")
    if policy is not None and not policy.is_nil:
        rows.append(("All policy together: 10-year at its peak", policy.brief))
    if not rows:
        return None
    return Table(head=("Lever", "How far: median (5–95%)"), rows=tuple(rows))
