"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.answer import Gist, sentences
from selloff.report.card import card
from selloff.report.draw import units
from selloff.report.gist import answer_lines
from selloff.report.monitor import monitor_page, reserves_question
from selloff.report.page import render, write_report
from selloff.report.plain import FIRST_VIEW, model_pages, tell
from selloff.report.plotly import figure, figures
from selloff.report.prescribed import asked
from selloff.report.scorecard import backtest_card
from selloff.report.section import Table
from selloff.report.study import StudyParts, study_page

__all__ = [
    "FIRST_VIEW",
    "Gist",
    "StudyParts",
    "Table",
    "answer_lines",
    "asked",
    "backtest_card",
    "card",
    "figure",
    "figures",
    "model_pages",
    "monitor_page",
    "render",
    "reserves_question",
    "sentences",
    "study_page",
    "tell",
    "units",
    "write_report",
]
