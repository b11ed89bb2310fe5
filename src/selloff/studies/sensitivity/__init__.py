"""Which unknown matters: variance-based indices, local slopes, and what a study would be worth."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.sensitivity.answer import Sensitivity
    from selloff.studies.sensitivity.study import DRAWS, METRICS, find_sensitivity

__all__ = ["DRAWS", "METRICS", "Sensitivity", "find_sensitivity"]

_FILES = {
    "DRAWS": "study",
    "METRICS": "study",
    "Sensitivity": "answer",
    "find_sensitivity": "study",
}
__getattr__ = studies.open_late(__name__, _FILES)
