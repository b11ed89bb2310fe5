"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.page import render, write_report
from selloff.report.plain import tell
from selloff.report.plotly import figures
from selloff.report.sentences import sentences

__all__ = ["figures", "render", "sentences", "tell", "write_report"]
