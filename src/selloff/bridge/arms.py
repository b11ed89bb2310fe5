"""The arms of an attribution: mechanisms switched on one group after another."""

import numpy as np
from numpy.typing import NDArray

from selloff.bridge.bystanders import switches
from selloff.bridge.rows import Rows
from selloff.data import Vintage
from selloff.engine import Switches
from selloff.scenario import PART_OF, Reactions
from selloff.vocab import PARTS

Array = NDArray[np.float64]


def nested_arms(
    chosen: Reactions, who: Rows, world: Vintage, *, programme: Array
) -> dict[str, Switches]:
    """Switch mechanisms on part after part, in the stated order."""
    at_work = {name for name, is_on in chosen.model_dump().items() if is_on}
    found, on = {}, set[str]()
    for part in PARTS:
        added = {name for name in at_work if PART_OF.get(name) == part}
        if not added and part != PARTS[0]:
            continue
        on |= added
        kept = chosen.model_copy(update={name: name in on for name in PART_OF})
        found[part] = switches(kept, who, world, programme=programme)
    return found
