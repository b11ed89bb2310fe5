"""What happens to the world when a large holder unwinds its U.S. Treasuries.

import selloff as so
r = so.run("japan-dump")
r.plot()
so.compare("japan-dump", "japan-slow")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from selloff.apps.backtesting import Backtest, backtest
    from selloff.apps.session import Comparison, Run, compare, run
    from selloff.data import balance_sheet, vintage, vintages
    from selloff.results import check_identities, ledger_residuals, load
    from selloff.scenario import Scenario, preset_names

__version__ = "0.4.0"

_ROOMS = {
    "Backtest": "apps.backtesting",
    "Comparison": "apps.session",
    "Run": "apps.session",
    "Scenario": "scenario",
    "backtest": "apps.backtesting",
    "balance_sheet": "data",
    "check_identities": "results",
    "compare": "apps.session",
    "ledger_residuals": "results",
    "load": "results",
    "preset_names": "scenario",
    "run": "apps.session",
    "vintage": "data",
    "vintages": "data",
}

__all__ = [
    "Backtest",
    "Comparison",
    "Run",
    "Scenario",
    "__version__",
    "backtest",
    "balance_sheet",
    "check_identities",
    "compare",
    "ledger_residuals",
    "load",
    "preset_names",
    "run",
    "vintage",
    "vintages",
]


def __getattr__(name: str) -> Any:
    """Open a room only when something in it is asked for: importing Selloff loads no JAX."""
    if name not in _ROOMS:
        raise AttributeError(f"module 'selloff' has no attribute '{name}'")
    return getattr(import_module(f"selloff.{_ROOMS[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
