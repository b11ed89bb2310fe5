"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.page import render, write_report
from selloff.report.plotly import figures

__all__ = ["figures", "render", "write_report"]
