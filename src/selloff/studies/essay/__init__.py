"""The claims of the founding essay, put to the model."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.essay.study import factcheck

__all__ = ["factcheck"]

_FILES = {"factcheck": "study"}
__getattr__ = studies.open_late(__name__, _FILES)
