"""Is the unwind happening in the background? A nowcast from public data, with its power."""

from selloff.studies.monitor.ahead import HORIZON, Ahead, ahead, weighted
from selloff.studies.monitor.flags import Flag, flag
from selloff.studies.monitor.flows import holder, holders
from selloff.studies.monitor.nowcast import Nowcast, nowcast, usual
from selloff.studies.monitor.power import delays
from selloff.studies.monitor.release import last_release, tic_known, upcoming
from selloff.studies.monitor.replay import events, replay
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
    "tic_known",
    "upcoming",
    "usual",
    "weighted",
]
