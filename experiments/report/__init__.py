"""Answers people can use: a table for the terminal, pictures, and one self-contained page.

Everything here reads a `Comparison`, which is plain data; nothing here knows how it was computed.
"""

from experiments.report.comparison import Comparison
from experiments.report.page import write_report
from experiments.report.table import headline_table

__all__ = ["Comparison", "headline_table", "write_report"]
