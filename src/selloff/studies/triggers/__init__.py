"""What could set a large sale off, and how likely each path is."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.triggers.inputs import triggers
    from selloff.studies.triggers.odds import trigger_paths
    from selloff.studies.triggers.trees import grow_trees, yen_state

__all__ = ["grow_trees", "trigger_paths", "triggers", "yen_state"]

_FILES = {
    "triggers": "inputs",
    "trigger_paths": "odds",
    "grow_trees": "trees",
    "yen_state": "trees",
}
__getattr__ = studies.open_late(__name__, _FILES)
