"""What a section of the page is made of."""

from dataclasses import dataclass

import xarray as xr
from markupsafe import Markup

from selloff.report.charts import Chart
from selloff.report.ending import is_answered
from selloff.report.prescribed import is_quiet
from selloff.report.tables import Table


@dataclass(frozen=True, kw_only=True)
class Block:
    """Charts or a table, with words above and a source below."""

    heading: str = ""
    words: str = ""
    charts: tuple[Chart, ...] = ()
    is_small: bool = False
    picture: Markup | None = None
    table: Table | None = None
    fold: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """One section of the page: sentences made from numbers, then blocks."""

    id: str
    heading: str
    link: str
    sentences: tuple[str, ...]
    blocks: tuple[Block, ...]

    @property
    def charts(self) -> list[Chart]:
        """All its charts in the order of the page."""
        return [chart for block in self.blocks for chart in block.charts]


def has_moved(dataset: xr.Dataset, *names: str) -> bool:
    """Say whether there is anything to tell."""
    held = all(name in dataset for name in names)
    return held and bool(is_answered(dataset).any()) and not is_quiet(dataset)
