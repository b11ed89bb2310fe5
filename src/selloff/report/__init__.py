"""The telling: figures, tables and one HTML page made from a result dataset."""

from selloff.report.charts import compare_figures, figures
from selloff.report.page import render, write_report
from selloff.report.sentences import sentences

__all__ = ["compare_figures", "figures", "render", "sentences", "write_report"]
