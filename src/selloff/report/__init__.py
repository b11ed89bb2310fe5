"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.page import render, write_report
from selloff.report.plain import model_pages, tell
from selloff.report.plotly import figures
from selloff.report.sentences import sentences

__all__ = ["figures", "model_pages", "render", "sentences", "tell", "write_report"]
