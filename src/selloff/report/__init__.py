"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.answer import Gist, sentences
from selloff.report.card import card
from selloff.report.gist import answer_lines
from selloff.report.monitor import monitor_page, reserves_question
from selloff.report.page import render, write_report
from selloff.report.plain import model_pages, tell
from selloff.report.plotly import figures
from selloff.report.prescribed import asked

__all__ = [
    "Gist",
    "answer_lines",
    "asked",
    "card",
    "figures",
    "model_pages",
    "monitor_page",
    "render",
    "reserves_question",
    "sentences",
    "tell",
    "write_report",
]
