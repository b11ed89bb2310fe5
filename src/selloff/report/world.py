"""The sections on the world economy, in the order of the page."""

import xarray as xr

from selloff.report.emerging import emerging
from selloff.report.japan import japan
from selloff.report.markets import markets
from selloff.report.reserves import reserves
from selloff.report.section import Section
from selloff.report.united_states import united_states


def world(dataset: xr.Dataset) -> list[Section]:
    """Tell what became of the world economy."""
    drawn = (
        markets(dataset),
        united_states(dataset),
        japan(dataset),
        emerging(dataset),
        reserves(dataset),
    )
    return [section for section in drawn if section is not None]
