"""The best way down: what costs a seller least for each aversion to risk, and what deters it."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.optimal.answer import BestDescent
    from selloff.studies.optimal.deterrence import Deterrence, deter
    from selloff.studies.optimal.frontier import Frontier, find_frontier
    from selloff.studies.optimal.pathwise import SlopeCheck, bill_of, check_slopes, slopes_of
    from selloff.studies.optimal.settings import (
        AVERSIONS,
        DescentQuestion,
        Limit,
        Wish,
        check_question,
    )
    from selloff.studies.optimal.telling import two_digits
    from selloff.studies.optimal.worths import motives

__all__ = [
    "AVERSIONS",
    "BestDescent",
    "DescentQuestion",
    "Deterrence",
    "Frontier",
    "Limit",
    "SlopeCheck",
    "Wish",
    "bill_of",
    "check_question",
    "check_slopes",
    "deter",
    "find_frontier",
    "motives",
    "slopes_of",
    "two_digits",
]

_FILES = {
    "BestDescent": "answer",
    **dict.fromkeys(("Deterrence", "deter"), "deterrence"),
    **dict.fromkeys(("Frontier", "find_frontier"), "frontier"),
    **dict.fromkeys(("SlopeCheck", "bill_of", "check_slopes", "slopes_of"), "pathwise"),
    **dict.fromkeys(
        ("AVERSIONS", "Limit", "DescentQuestion", "Wish", "check_question"), "settings"
    ),
    "motives": "worths",
    "two_digits": "telling",
}
__getattr__ = studies.open_late(__name__, _FILES)
