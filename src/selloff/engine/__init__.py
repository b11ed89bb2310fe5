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
from selloff.engine.shocks import (
    Luck,
    Paths,
    draw_budget_normals,
    draw_normals,
    draw_paths,
    draw_rows,
    open_luck,
)
from selloff.engine.simulate import (
    Ends,
    Standing,
    Trajectory,
    arrive,
    depart,
    joined,
    proceed,
    simulate,
    trace,
)
from selloff.engine.state import Outcome
from selloff.engine.ticks import stretches
from selloff.engine.transmission import (
    Responses,
    Setting,
    Transmitted,
    cut_to,
    transmit,
    with_room,
)

__all__ = [
    "IDENTITIES",
    "Books",
    "Calendar",
    "Clock",
    "Draws",
    "Ends",
    "Inputs",
    "Luck",
    "Market",
    "Outcome",
    "Outside",
    "Paths",
    "PriceMap",
    "Record",
    "Responses",
    "Sale",
    "Setting",
    "Standing",
    "Switches",
    "Trajectory",
    "Transmitted",
    "arrive",
    "by_quarter",
    "by_step",
    "by_year",
    "cut_to",
    "depart",
    "draw_budget_normals",
    "draw_normals",
    "draw_paths",
    "draw_rows",
    "joined",
    "open_luck",
    "proceed",
    "simulate",
    "stretches",
    "trace",
    "transmit",
    "with_room",
]
