"""A vintage as one tidy table."""

import pandas as pd

from selloff.data.records import Vintage
from selloff.vocab.holders import holders


def balance_sheet(vintage: Vintage) -> pd.DataFrame:
    """Lay out every book as rows."""
    known = holders()
    cells = [figure for figure in vintage.figures if figure.name == "face"]
    totals = {figure.holder: figure for figure in vintage.figures if figure.name == "holder_total"}
    return pd.DataFrame(
        {
            "holder": [str(cell.holder) for cell in cells],
            "name": [known[str(cell.holder)].name for cell in cells],
            "sector": [known[str(cell.holder)].sector for cell in cells],
            "bucket": [str(cell.bucket) for cell in cells],
            "face": [cell.value for cell in cells],
            "standing": [cell.standing for cell in cells],
            "source": [f"{totals[cell.holder].source}; {cell.source}" for cell in cells],
        }
    )
