"""The answer: dataset schema, files, identities and metrics; labelled arrays only."""

from selloff.results.buyers import holdings
from selloff.results.counting import (
    Counts,
    Matrix,
    Spread,
    as_fans,
    edges_of,
    matrix,
    spread,
    tally,
)
from selloff.results.economy import debt_rises
from selloff.results.fans import LEVELS, fans
from selloff.results.files import as_json, as_netcdf, is_streamed, load, load_any, save
from selloff.results.identities import (
    TOLERANCE_USD_BN,
    check_identities,
    check_streamed,
    ledger_residuals,
    max_residual,
    residuals_by_unit,
)
from selloff.results.keeping import keep_draws, make_store
from selloff.results.levels import (
    baseline_of,
    change_of,
    level_of,
    quarter_ends,
    quarter_steps,
)
from selloff.results.metrics import (
    horizon,
    largest_rise,
    metric_draws,
    read_path,
    read_series,
    reckon,
    variables_of,
    variables_of_metrics,
)
from selloff.results.per_draw import ByDraw, OfKind, by_draw, in_brief, variables_in_brief
from selloff.results.quantiles import quantiles
from selloff.results.schema import check_schema, is_priced
from selloff.results.summary import attribution, brief, difference, headlines, summarise
from selloff.results.worlds import WORLDS, worlds

__all__ = [
    "LEVELS",
    "TOLERANCE_USD_BN",
    "WORLDS",
    "ByDraw",
    "Counts",
    "Matrix",
    "OfKind",
    "Spread",
    "as_fans",
    "as_json",
    "as_netcdf",
    "attribution",
    "baseline_of",
    "brief",
    "by_draw",
    "change_of",
    "check_identities",
    "check_schema",
    "check_streamed",
    "debt_rises",
    "difference",
    "edges_of",
    "fans",
    "headlines",
    "holdings",
    "horizon",
    "in_brief",
    "is_priced",
    "is_streamed",
    "keep_draws",
    "largest_rise",
    "ledger_residuals",
    "level_of",
    "load",
    "load_any",
    "make_store",
    "matrix",
    "max_residual",
    "metric_draws",
    "quantiles",
    "quarter_ends",
    "quarter_steps",
    "read_path",
    "read_series",
    "reckon",
    "residuals_by_unit",
    "save",
    "spread",
    "summarise",
    "tally",
    "variables_in_brief",
    "variables_of",
    "variables_of_metrics",
    "worlds",
]
