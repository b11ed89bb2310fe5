"""The best way down: what costs a seller least for each aversion to risk, and what deters it."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.optimal.deterrence import Deterrence, deter, motives
    from selloff.studies.optimal.frontier import Frontier, find_frontier
    from selloff.studies.optimal.pathwise import SlopeCheck, check_slopes
    from selloff.studies.optimal.saving import lay_out, plain_answer, write_answer
    from selloff.studies.optimal.settings import (
        AVERSIONS,
        DescentQuestion,
        Limit,
        Wish,
        check_question,
    )

__all__ = [
    "AVERSIONS",
    "DescentQuestion",
    "Deterrence",
    "Frontier",
    "Limit",
    "SlopeCheck",
    "Wish",
    "check_question",
    "check_slopes",
    "deter",
    "find_frontier",
    "lay_out",
    "motives",
    "plain_answer",
    "write_answer",
]

_FILES = {
    **dict.fromkeys(("Deterrence", "deter", "motives"), "deterrence"),
    **dict.fromkeys(("Frontier", "find_frontier"), "frontier"),
    **dict.fromkeys(("SlopeCheck", "check_slopes"), "pathwise"),
    **dict.fromkeys(("lay_out", "plain_answer", "write_answer"), "saving"),
    **dict.fromkeys(
        ("AVERSIONS", "Limit", "DescentQuestion", "Wish", "check_question"), "settings"
    ),
}
__getattr__ = studies.open_late(__name__, _FILES)
