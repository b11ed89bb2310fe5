"""Every parameter: its distribution, its source and the results it moves."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Final

from selloff.evidence.meta import load_meta
from selloff.vocab.rows import read_as, rows_of

POSTERIOR: Final = "posterior"
"""Distribution of a row that the meta-analysis fills in."""
REACTION: Final = "reaction: "
"""How the mechanisms of everybody else's answers begin."""
ECONOMY: Final = "economy: "
"""How the mechanisms of the world economy begin."""


@dataclass(frozen=True)
class Parameter:
    """One row of the parameter table."""

    name: str
    symbol: str
    unit: str
    distribution: str
    """`constant`, `uniform`, `loguniform` (p05 and p95 are then the end points), `normal`,
    `lognormal` or `logitnormal`."""
    p05: float
    p50: float
    p95: float
    standing: str
    """`verified`, `secondary`, `synthesis`, `estimated`, `computed` or `assumption`."""
    mechanism: str
    source: str
    reason: str
    moves: tuple[str, ...]
    drawn_with: str = ""
    """Another parameter this one is drawn with, or nothing."""
    correlation: float = 0.0
    """Of the two normal scores [fraction]."""
    becomes: tuple[str, ...] = ()
    """Fields of parameter objects it fills, such as `fed.pace[0]` or `haven.squeeze[JPY]`."""
    turned: str = ""
    """What else its unit turns into: a half-life into a `rate` or what is `kept` after a year;
    `x name` multiplies by another parameter."""
    rule: str = ""
    """The number of a scenario's rules that replaces it."""

    def as_row(self) -> dict[str, object]:
        """Lay the parameter out for a table."""
        row = asdict(self) | {"moves": " ".join(self.moves)}
        return {name: row[name] for name in row if name not in ("becomes", "turned", "rule")}


@cache
def parameters() -> dict[str, Parameter]:
    """Read the parameter table."""
    rows = rows_of("evidence", "parameters")
    given = (row | _from_studies(row) if row["distribution"] == POSTERIOR else row for row in rows)
    found = {row.name: row for row in read_as(Parameter, given)}
    for row in found.values():
        if not row.p05 <= row.p50 <= row.p95:
            raise ValueError(f"parameters.csv: {row.name}: needs p05 <= p50 <= p95")
    return found


def fixed(name: str) -> float:
    """Read a parameter that is the same in every draw, in the unit of its row."""
    return parameters()[name].p50


def _from_studies(row: dict[str, str]) -> dict[str, str]:
    """Fill in what the meta-analysis found, in three digits."""
    meta = load_meta()
    low, mid, high = (f"{x:.3g}" for x in meta.quantities[row["name"]])
    found = {"distribution": "lognormal", "p05": low, "p50": mid, "p95": high}
    found["source"] = row["source"].format(**meta.certificate)
    if row["drawn_with"]:
        found["correlation"] = f"{meta.correlations[row['name']]:.2f}"
    return found
