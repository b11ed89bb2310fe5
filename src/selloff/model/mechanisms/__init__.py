"""How everybody else answers a sale: one mechanism a file, all of one shape."""

from selloff.model.mechanisms._abstract import (
    AbstractForcedCurrency,
    AbstractForcedSale,
    AbstractMechanism,
    AbstractPressure,
    Bystanders,
    Cleared,
    Flows,
    Moment,
    Opening,
    Report,
    Sellers,
    named,
)

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
