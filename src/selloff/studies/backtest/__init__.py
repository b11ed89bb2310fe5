"""Episodes of the past, played again and scored."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.backtest.aggregates import aggregate
    from selloff.studies.backtest.mechanisms import score_mechanisms
    from selloff.studies.backtest.scores import weighted_quantiles
    from selloff.studies.backtest.scoring import run_backtest, score_alone

__all__ = [
    "aggregate",
    "run_backtest",
    "score_alone",
    "score_mechanisms",
    "weighted_quantiles",
]

_FILES = {
    "aggregate": "aggregates",
    "weighted_quantiles": "scores",
    "score_mechanisms": "mechanisms",
    "run_backtest": "scoring",
    "score_alone": "scoring",
}
__getattr__ = studies.open_late(__name__, _FILES)
