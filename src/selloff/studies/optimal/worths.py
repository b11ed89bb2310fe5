"""What a sale is worth to its seller, by motive: a measure times factors of two tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np

from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.evidence import load_bank
from selloff.studies.measuring import Numbers
from selloff.studies.optimal.scoring import BILL
from selloff.studies.optimal.settings import DescentQuestion
from selloff.vocab import ASSET_CURRENCY, read_as, rows_of

AVOIDED: Final = "exposure_avoided_usd_bn_years"
_FROM_EVIDENCE: Final = {"freeze_chance": "retaliation_base", "freeze_loss": "freeze_loss"}
_YEN_ONLY: Final = "yen_defence"


@dataclass(frozen=True)
class Motive:
    """A reason to sell, and what it is worth: a measure times factors."""

    name: str
    label: str
    measure: str
    """A metric of a run, or the exposure to a freeze that the sale ends."""
    per_unit: float
    factors: tuple[str, ...]
    reason: str

    def gain(
        self, numbers: Numbers, amount: float, years: float, values: Mapping[str, float]
    ) -> Any:
        """Value the motive, one a draw [USD bn]."""
        is_avoided = self.measure == AVOIDED
        measured = avoided(amount, years, values) if is_avoided else numbers[self.measure]
        worth = measured * self.per_unit * np.prod([values[each] for each in self.factors])
        return np.broadcast_to(worth, numbers[BILL].shape)


def avoided(amount: float, years: float, values: Mapping[str, float]) -> float:
    """Exposure that an even sale ends: each bond is open to a freeze until it is sold."""
    return amount * (values["years_ahead"] - years / 2.0)


@cache
def motives() -> tuple[Motive, ...]:
    """Read the table of motives."""
    return read_as(Motive, rows_of("studies.optimal", "motives"))


def factors(question: DescentQuestion, **given: float | None) -> dict[str, float]:
    """Read what the motives multiply by, the user's numbers in place of the table's."""
    world = vintage(question.vintage or DEFAULT_VINTAGE)
    rows = rows_of("studies.optimal", "motive_parameters")
    found = {row["name"]: float(row["value"]) for row in rows}
    # Gains are told on average: the mean of a skewed chance lies far above its median.
    drawn = load_bank().draws
    found |= {name: float(drawn[row].mean()) for name, row in _FROM_EVIDENCE.items()}
    found |= {"us_gdp": world.gdp_usd_bn["USD"]}
    return found | {name: value for name, value in given.items() if value is not None}


def motives_of(question: DescentQuestion) -> tuple[Motive, ...]:
    """Choose those that the seller can have: a dearer yen is of whoever buys yen first."""
    has_yen = ASSET_CURRENCY[question.into[0]] == "JPY"
    return tuple(each for each in motives() if has_yen or each.name != _YEN_ONLY)
