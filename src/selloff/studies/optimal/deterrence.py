"""Deterrence: from which amount on a sale costs its seller more than it gains, by motive."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from selloff.pipeline import Pool
from selloff.studies.measuring import Measurer, Numbers, Progress
from selloff.studies.optimal.plans import WayDown, scenario_of
from selloff.studies.optimal.scoring import BILL
from selloff.studies.optimal.search import named_plans
from selloff.studies.optimal.settings import DescentQuestion
from selloff.studies.optimal.stops import crossing, crossings
from selloff.studies.optimal.telling import two_digits
from selloff.studies.optimal.worths import Motive, factors, motives_of

PARTS: Final = (0.05, 0.1, 0.2, 0.4, 0.7, 1.0)
"""Parts of the amount that are tried [fraction]."""
PACES: Final = {"at once": 0.0, "over a year": 1.0, "over ten years": 10.0}


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
    limit_range_usd_bn: tuple[float | None, float | None] = (None, None)
    """From 5 to 95 percent of the limits that draws taken again give; none beyond the amounts."""

    @property
    def limit_usd_bn(self) -> float | None:
        """Amount beyond which the bill is above the gain; none if it is not within the amounts."""
        net = np.array(self.gain_usd_bn) - np.array(self.bill_usd_bn)
        return crossing(net, self.amounts_usd_bn)

    @property
    def pays_up_to(self) -> str:
        """Give the limit in a word; below the smallest amount nobody looked."""
        return self._word(self.limit_usd_bn)

    @property
    def limit_range(self) -> str:
        """Give the range that so many draws leave of the limit, in words."""
        low, high = map(self._word, self.limit_range_usd_bn)
        return low if low == high else f"{low} to {high}"

    def _word(self, limit: float | None) -> str:
        if limit is None:
            return "all of it"
        return two_digits(limit) if limit else f"under {two_digits(self.amounts_usd_bn[0])}"

    @property
    def sentence(self) -> str:
        """Say where it stops to pay; below the smallest amount nobody looked."""
        lead, limit = f"{self.label}: {self.pace}, it", self.limit_usd_bn
        least, most = (two_digits(self.amounts_usd_bn[at]) for at in (0, -1))
        if limit is None:
            return f"{lead} pays on average up to all {most} USD bn"
        if not limit:
            return f"{lead} does not pay on average from {least} USD bn up"
        return f"{lead} pays on average up to {two_digits(limit)} USD bn"

    def summary(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return asdict(self) | {"limit_usd_bn": self.limit_usd_bn, "sentence": self.sentence}


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
        (pace, amount, scenario_of(_plan(years, question), _of(question, amount)))
        for pace, years in PACES.items()
        for amount in amounts
    ]
    measurer = Measurer(draws=draws, seed=seed, folder=folder, pool=pool, progress=progress)
    answers = measurer.ask([scenario for *_, scenario in asked])
    by_pace: dict[str, list[tuple[float, Numbers]]] = {pace: [] for pace in PACES}
    for (pace, amount, _), numbers in zip(asked, answers, strict=True):
        by_pace[pace].append((amount, numbers))
    return [
        _held(motive, pace, found, values)
        for motive in motives_of(question)
        for pace, found in by_pace.items()
    ]


def _held(
    motive: Motive,
    pace: str,
    answers: Sequence[tuple[float, Numbers]],
    values: Mapping[str, float],
) -> Deterrence:
    years = PACES[pace]
    gains = [motive.gain(numbers, amount, years, values) for amount, numbers in answers]
    bills: list[NDArray[np.float64]] = [numbers[BILL] for _, numbers in answers]
    pairs = list(zip(gains, bills, strict=True))
    amounts = tuple(amount for amount, _ in answers)
    return Deterrence(
        motive=motive.name,
        label=motive.label,
        pace=pace,
        amounts_usd_bn=amounts,
        gain_usd_bn=tuple(float(gain.mean()) for gain in gains),
        bill_usd_bn=tuple(float(bill.mean()) for bill in bills),
        pays_frac=tuple(float((gain > bill).mean()) for gain, bill in pairs),
        limit_range_usd_bn=crossings(np.stack(gains) - np.stack(bills), amounts),
    )


def _plan(years: float, question: DescentQuestion) -> WayDown:
    dump = named_plans(question)["dump"]
    return replace(dump, years=max(years, dump.years))


def _of(question: DescentQuestion, amount: float) -> DescentQuestion:
    is_all = question.is_whole and amount >= question.amount_usd_bn
    return replace(question, amount_usd_bn=amount, is_whole=is_all, max_turnover=None)
