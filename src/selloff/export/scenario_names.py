"""Names of the Federal Reserve's supervisory scenarios, and what of a result stands under each."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

DOMESTIC: Final = "domestic"
INTERNATIONAL: Final = "international"
OWN: Final = "own"
"""Variables that the supervisory scenarios do not have."""


@dataclass(frozen=True, kw_only=True)
class ScenarioName:
    """One column of a scenario table."""

    table: str
    name: str
    """As the header of the published CSV file has it."""
    unit: str
    """Of the level."""
    variable: str
    """Of the dataset; empty where Selloff does not model it."""
    where: dict[str, str]
    """Labels that pick one series of the variable."""
    statistic: str
    """How steps become a quarter."""
    change: str
    """Unit of the deviation."""
    is_inverse: bool
    """Quoted as the inverse of the dataset's variable."""
    baseline: str
    """Variable that holds the opening level; empty where a result has none."""
    baseline_where: dict[str, str]
    remark: str
    """What a user must know, or why it is left out."""

    @property
    def is_modelled(self) -> bool:
        """Whether Selloff has it [flag]."""
        return bool(self.variable)


@cache
def scenario_names() -> tuple[ScenarioName, ...]:
    """Read the table of names."""
    text = files("selloff.export").joinpath("scenario_names.csv").read_text(encoding="utf-8")
    return tuple(_read(row) for row in csv.DictReader(text.splitlines()))


def _read(row: dict[str, str]) -> ScenarioName:
    return ScenarioName(
        table=row["table"],
        name=row["name"],
        unit=row["unit"],
        variable=row["variable"],
        where=_labels(row["where"]),
        statistic=row["statistic"],
        change=row["change"],
        is_inverse=row["is_inverse"] == "yes",
        baseline=row["baseline"],
        baseline_where=_labels(row["baseline_where"]),
        remark=row["remark"],
    )


def _labels(text: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in text.split())
