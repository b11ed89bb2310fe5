"""How everybody else answers a sale: one mechanism a file, all of one shape."""

from selloff.model.mechanisms._abstract import (
    AbstractForcedCurrency,
    AbstractForcedSale,
    AbstractMechanism,
    AbstractPressure,
    named,
)
from selloff.model.mechanisms._flows import Cleared, Flows, Report
from selloff.model.mechanisms._moment import Bystanders, Moment, Opening, Sellers

__all__ = [
    "AbstractForcedCurrency",
    "AbstractForcedSale",
    "AbstractMechanism",
    "AbstractPressure",
    "Bystanders",
    "Cleared",
    "Flows",
    "Moment",
    "Opening",
    "Report",
    "Sellers",
    "named",
]
