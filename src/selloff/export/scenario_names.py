"""Names of the Federal Reserve's supervisory scenarios, and what of a result stands under each."""

from dataclasses import dataclass
from functools import cache
from typing import Final

from selloff.vocab import read_as, rows_of

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
    where: tuple[str, ...]
    """Labels that pick one series of the variable, `axis=label` each."""
    statistic: str
    """How steps become a quarter."""
    change: str
    """Unit of the deviation."""
    is_inverse: bool = False
    """Quoted as the inverse of the dataset's variable."""
    baseline: str
    """Variable that holds the opening level; empty where a result has none."""
    baseline_where: tuple[str, ...]
    remark: str
    """What a user must know, or why it is left out."""

    @property
    def is_modelled(self) -> bool:
        """Whether Selloff has it [flag]."""
        return bool(self.variable)


@cache
def scenario_names() -> tuple[ScenarioName, ...]:
    """Read the table of names."""
    return read_as(ScenarioName, rows_of("export", "scenario_names"))


def labels(where: tuple[str, ...]) -> dict[str, str]:
    """Read `axis=label` pairs as `sel` takes them."""
    return dict(pair.split("=") for pair in where)
