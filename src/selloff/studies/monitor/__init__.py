"""Is the unwind happening in the background? A nowcast from public data, with its power."""

from typing import TYPE_CHECKING

from selloff import studies

if TYPE_CHECKING:
    from selloff.studies.monitor.beside import signs
    from selloff.studies.monitor.flags import Flag, flag
    from selloff.studies.monitor.forward import HORIZON, Ahead, ahead, weighted
    from selloff.studies.monitor.nowcasting import Nowcast, nowcast, usual
    from selloff.studies.monitor.power import delays
    from selloff.studies.monitor.release import ages, last_release, upcoming
    from selloff.studies.monitor.replays import events, replay
    from selloff.studies.monitor.summary import months_table, summarise
    from selloff.studies.monitor.telling import answered_question, history, open_question
    from selloff.studies.monitor.watched import holder, holders

__all__ = [
    "HORIZON",
    "Ahead",
    "Flag",
    "Nowcast",
    "ages",
    "ahead",
    "answered_question",
    "delays",
    "events",
    "flag",
    "history",
    "holder",
    "holders",
    "last_release",
    "months_table",
    "nowcast",
    "open_question",
    "replay",
    "signs",
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
    "ages": "release",
    "ahead": "forward",
    "answered_question": "telling",
    "delays": "power",
    "events": "replays",
    "flag": "flags",
    "history": "telling",
    "holder": "watched",
    "holders": "watched",
    "last_release": "release",
    "months_table": "summary",
    "nowcast": "nowcasting",
    "open_question": "telling",
    "replay": "replays",
    "signs": "beside",
    "summarise": "summary",
    "upcoming": "release",
    "usual": "nowcasting",
    "weighted": "forward",
}
__getattr__ = studies.open_late(__name__, _FILES)
