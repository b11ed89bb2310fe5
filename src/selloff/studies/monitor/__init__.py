"""Is the unwind happening in the background? A nowcast from public data, with its power."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.monitor.flags import Flag, flag
    from selloff.studies.monitor.flows import holder, holders
    from selloff.studies.monitor.forward import HORIZON, Ahead, ahead, weighted
    from selloff.studies.monitor.nowcasting import Nowcast, nowcast, usual
    from selloff.studies.monitor.power import delays
    from selloff.studies.monitor.release import last_release, upcoming
    from selloff.studies.monitor.replays import events, replay
    from selloff.studies.monitor.summary import months_table, summarise

__all__ = [
    "HORIZON",
    "Ahead",
    "Flag",
    "Nowcast",
    "ahead",
    "delays",
    "events",
    "flag",
    "holder",
    "holders",
    "last_release",
    "months_table",
    "nowcast",
    "replay",
    "summarise",
    "upcoming",
    "usual",
    "weighted",
]

_FILES = {
    "HORIZON": "forward",
    "Ahead": "forward",
    "Flag": "flags",
    "Nowcast": "nowcasting",
    "ahead": "forward",
    "delays": "power",
    "events": "replays",
    "flag": "flags",
    "holder": "flows",
    "holders": "flows",
    "last_release": "release",
    "months_table": "summary",
    "nowcast": "nowcasting",
    "replay": "replays",
    "summarise": "summary",
    "upcoming": "release",
    "usual": "nowcasting",
    "weighted": "forward",
}
__getattr__ = studies.open_late(__name__, _FILES)
