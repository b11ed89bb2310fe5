"""What a sale is worth to its seller, by motive: a measure times factors of two tables."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.evidence import parameters
from selloff.studies.measuring import Numbers
from selloff.studies.optimal.scoring import BILL
from selloff.studies.optimal.settings import DescentQuestion
from selloff.vocab import ASSET_CURRENCY

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
    return tuple(
        Motive(
            name=row["name"],
            label=row["label"],
            measure=row["measure"],
            per_unit=float(row["per_unit"]),
            factors=tuple(row["factors"].split()),
            reason=row["reason"],
        )
        for row in _table("motives.csv")
    )


def factors(question: DescentQuestion, **given: float | None) -> dict[str, float]:
    """Read what the motives multiply by, the user's numbers in place of the table's."""
    world = vintage(question.vintage or DEFAULT_VINTAGE)
    found = {row["name"]: float(row["value"]) for row in _table("motive_parameters.csv")}
    found |= {name: parameters()[row].p50 for name, row in _FROM_EVIDENCE.items()}
    found |= {"us_gdp": world.gdp_usd_bn["USD"]}
    return found | {name: value for name, value in given.items() if value is not None}


def motives_of(question: DescentQuestion) -> tuple[Motive, ...]:
    """Choose those that the seller can have: a dearer yen is of whoever buys yen first."""
    has_yen = ASSET_CURRENCY[question.into[0]] == "JPY"
    return tuple(each for each in motives() if has_yen or each.name != _YEN_ONLY)


def _table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
