"""Numbers of a scenario in place of the bank's."""

from functools import lru_cache

import numpy as np

from selloff.bridge.size import growth_since
from selloff.data import Vintage
from selloff.evidence import Bank, Parameter, fix, parameters
from selloff.scenario import Rules
from selloff.vocab import dollar_year, measure


@lru_cache(maxsize=8)
def replaced(bank: Bank, rules: Rules, world: Vintage) -> Bank:
    """Put the scenario's own numbers in place of the bank's; the same bank for the same numbers."""
    given = rules.model_dump(exclude_none=True)
    asked = (row for row in parameters().values() if row.rule in given)
    return fix(bank, {row.name: _own(row, given[row.rule], world) for row in asked})


def _own(row: Parameter, given: float, world: Vintage) -> float:
    """A scenario's number in the unit of the table; distances in percent become logs."""
    value = given * (measure(row.rule.rpartition("_")[2]) / measure(row.unit))
    year = dollar_year(row.unit)
    is_log = row.unit == "log"
    return float(np.log1p(value)) if is_log else value / growth_since(year, world)
