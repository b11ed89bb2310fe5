"""Deterrence: from which amount on a sale costs its seller more than it gains, by motive."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.data import DEFAULT_VINTAGE, vintage
from selloff.evidence import parameters
from selloff.pipeline import Pool
from selloff.studies.measuring import Measurer, Numbers, Progress
from selloff.studies.optimal.plans import WayDown, scenario_of
from selloff.studies.optimal.scoring import BILL
from selloff.studies.optimal.search import named_plans
from selloff.studies.optimal.settings import DescentQuestion
from selloff.vocab import ASSET_CURRENCY

PARTS: Final = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
"""Parts of the amount that are tried [fraction]."""
PACES: Final = {"at once": 0.0, "over a year": 1.0, "over ten years": 10.0}
AMOUNT: Final = "amount_usd_bn"
_FROM_EVIDENCE: Final = {"freeze_chance": "retaliation_base", "freeze_loss": "freeze_loss"}
_YEN_ONLY: Final = "yen_defence"


@dataclass(frozen=True)
class Motive:
    """A reason to sell, and what it is worth: a measure times factors."""

    name: str
    label: str
    measure: str
    """A metric of a run, or the amount itself."""
    per_unit: float
    factors: tuple[str, ...]
    reason: str

    def gain(self, numbers: Numbers, amount: float, values: Mapping[str, float]) -> Any:
        """Value the motive, one a draw [USD bn]."""
        measured = amount if self.measure == AMOUNT else numbers[self.measure]
        worth = measured * self.per_unit * np.prod([values[each] for each in self.factors])
        return np.broadcast_to(worth, numbers[BILL].shape)


@dataclass(frozen=True)
class Deterrence:
    """One motive at one pace: gains and bills by amount, and where they cross."""

    motive: str
    label: str
    pace: str
    amounts_usd_bn: tuple[float, ...]
    gain_usd_bn: tuple[float, ...]
    bill_usd_bn: tuple[float, ...]
    pays_frac: tuple[float, ...]
    """Part of simulations in which the gain is above the bill, by amount."""

    @property
    def limit_usd_bn(self) -> float | None:
        """Amount beyond which the bill is above the gain; none if it is not within the amounts."""
        net = np.array(self.gain_usd_bn) - np.array(self.bill_usd_bn)
        losing = np.nonzero(net < 0.0)[0]
        if not losing.size:
            return None
        k = int(losing[0])
        if not k:
            return 0.0
        low, high = self.amounts_usd_bn[k - 1], self.amounts_usd_bn[k]
        return float(low + (high - low) * net[k - 1] / (net[k - 1] - net[k]))

    @property
    def sentence(self) -> str:
        """Say where it stops to pay."""
        whole = self.amounts_usd_bn[-1]
        if self.limit_usd_bn is None:
            return f"{self.label}: {self.pace}, it pays up to all {whole:,.0f} USD bn"
        if not self.limit_usd_bn:
            return (
                f"{self.label}: {self.pace}, it does not pay from {self.amounts_usd_bn[0]:,.0f} up"
            )
        return f"{self.label}: {self.pace}, it pays up to {self.limit_usd_bn:,.0f} USD bn"


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


def deter(
    question: DescentQuestion,
    *,
    draws: int = 100,
    seed: int = 0,
    folder: Path | None = None,
    pool: Pool | None = None,
    progress: Progress | None = None,
    **given: float | None,
) -> list[Deterrence]:
    """Hold gains against bills by amount, pace and motive."""
    values = factors(question, **given)
    amounts = [part * question.amount_usd_bn for part in PARTS]
    asked = [
        (pace, amount, _plan(years, question))
        for pace, years in PACES.items()
        for amount in amounts
    ]
    measurer = Measurer(draws=draws, seed=seed, folder=folder, pool=pool, progress=progress)
    scenarios = [scenario_of(plan, _of(question, amount)) for _, amount, plan in asked]
    answers = measurer.ask(scenarios)
    found = []
    for motive in motives():
        if motive.name == _YEN_ONLY and ASSET_CURRENCY[question.into[0]] != "JPY":
            continue
        for pace in PACES:
            mine = [
                (amount, numbers)
                for (at, amount, _), numbers in zip(asked, answers, strict=True)
                if at == pace
            ]
            found.append(_held(motive, pace, mine, values))
    return found


def _held(
    motive: Motive,
    pace: str,
    answers: Sequence[tuple[float, Numbers]],
    values: Mapping[str, float],
) -> Deterrence:
    gains = [motive.gain(numbers, amount, values) for amount, numbers in answers]
    bills: list[NDArray[np.float64]] = [numbers[BILL] for _, numbers in answers]
    pairs = list(zip(gains, bills, strict=True))
    return Deterrence(
        motive=motive.name,
        label=motive.label,
        pace=pace,
        amounts_usd_bn=tuple(amount for amount, _ in answers),
        gain_usd_bn=tuple(float(gain.mean()) for gain in gains),
        bill_usd_bn=tuple(float(bill.mean()) for bill in bills),
        pays_frac=tuple(float((gain > bill).mean()) for gain, bill in pairs),
    )


def _plan(years: float, question: DescentQuestion) -> WayDown:
    dump = named_plans(question)["dump"]
    return replace(dump, years=max(years, dump.years))


def _of(question: DescentQuestion, amount: float) -> DescentQuestion:
    is_all = question.is_whole and amount >= question.amount_usd_bn
    return replace(question, amount_usd_bn=amount, is_whole=is_all, max_turnover=None)


def _table(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
