"""One question at every point of a grid of its fields."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.sweep.grid import Sweep, sweep
    from selloff.studies.sweep.overs import Over, read_overs

__all__ = ["Over", "Sweep", "read_overs", "sweep"]

_FILES = {
    "Over": "overs",
    "Sweep": "grid",
    "read_overs": "overs",
    "sweep": "grid",
}
__getattr__ = studies.open_late(__name__, _FILES)
