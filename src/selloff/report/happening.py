"""What is happening now: the monitor's word on Japan, as the fact-check asked it."""

import json
from dataclasses import dataclass

import xarray as xr

from selloff.report.monitor import flag_of, lead, reserves_question


@dataclass(frozen=True)
class Happening:
    """What the page shows of the monitor."""

    as_of: str
    flag: tuple[str, str]
    """The flag as a word, and what the style sheet calls it."""
    lead: str
    question: str


def happening(dataset: xr.Dataset) -> Happening | None:
    """Read what the monitor said when the fact-check of a result was made."""
    found = json.loads(str(dataset.attrs.get("factcheck") or "{}"))
    said = found.get("monitor") if isinstance(found, dict) else None
    if not said:
        return None
    row = said["summary"]
    question = reserves_question(said["open_question"], said.get("answered_question"))
    return Happening(row["as_of"], flag_of(row), lead(row), question)
