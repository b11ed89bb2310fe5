"""Time and chance: the order of a step, the scan over steps, the batch over draws."""

from selloff.engine.calendar import Calendar, by_quarter, by_step, by_year
from selloff.engine.closing import IDENTITIES
from selloff.engine.inputs import (
    Books,
    Clock,
    Draws,
    Inputs,
    Market,
    Outside,
    PriceMap,
    Sale,
    Switches,
)
from selloff.engine.record import Record
from selloff.engine.shocks import Paths, draw_budget_normals, draw_normals, draw_paths
from selloff.engine.simulate import Trajectory, simulate, trace
from selloff.engine.state import Outcome
from selloff.engine.transmission import Responses, Setting, Transmitted, transmit

__all__ = [
    "IDENTITIES",
    "Books",
    "Calendar",
    "Clock",
    "Draws",
    "Inputs",
    "Market",
    "Outcome",
    "Outside",
    "Paths",
    "PriceMap",
    "Record",
    "Responses",
    "Sale",
    "Setting",
    "Switches",
    "Trajectory",
    "Transmitted",
    "by_quarter",
    "by_step",
    "by_year",
    "draw_budget_normals",
    "draw_normals",
    "draw_paths",
    "simulate",
    "trace",
    "transmit",
]
