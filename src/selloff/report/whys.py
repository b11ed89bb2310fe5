"""Numbers that look odd: why they are so, and how far to trust them."""

from functools import cache

from selloff.report.facts import Facts, farthest
from selloff.report.question import scenario
from selloff.report.section import Why
from selloff.report.told import say
from selloff.vocab import metrics
from selloff.vocab.rows import rows_of


@cache
def _rows() -> tuple[dict[str, str], ...]:
    return tuple(rows_of("report", "whys"))


def whys(facts: Facts, section: str) -> tuple[Why, ...]:
    """Explain the odd numbers of a section."""
    return tuple(
        _why(facts, one) for one in _rows() if one["section"] == section and _is_so(facts, one)
    )


def _is_so(facts: Facts, one: dict[str, str]) -> bool:
    if not facts.is_sale and "seller" in one["metric"]:
        return False
    if one["metric"] == "days_to_complete" and not _is_at_once(facts):
        return False
    if not _is_farther_side(facts, one):
        return False
    if one["with"] and not facts.told(one["with"]).estimate.p50 > 0.0:
        return False
    number = facts.told(one["metric"])
    if number.is_nil or not number.has_digit:
        return False
    middle = number.estimate.p50 if one["side"] == "above" else -number.estimate.p50
    return middle > float(one["least"] or 0.0)


def _is_farther_side(facts: Facts, one: dict[str, str]) -> bool:
    """Whether a highest or lowest point lies on the side to which its series goes farther."""
    name = one["metric"]
    how, _, series = (metrics()[name].formula if name in metrics() else name).partition(":")
    if how not in ("highest", "lowest"):
        return True
    far = farthest(facts, series).estimate.p50
    return far > 0.0 if one["side"] == "above" else far < 0.0


def _is_at_once(facts: Facts) -> bool:
    """Whether a seller asked for no pace."""
    paces = (one.get("pace") or {} for one in scenario(facts.dataset).get("sellers") or ())
    return any(one.get("kind", "block") == "block" for one in paces)


def _why(facts: Facts, one: dict[str, str]) -> Why:
    claim = say("{claim} {number}", claim=one["claim"], number=facts.told(one["metric"]))
    return Why(claim=claim, why=one["why"], trust=one["trust"], page=one["page"])
