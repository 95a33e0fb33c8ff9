"""Answers people can use: a table for the terminal, pictures, and one self-contained page.

Everything here reads a `Comparison` or another plain answer; nothing here knows how it was computed. What is written is
a `Document`.
"""

from experiments.report.comparison import Comparison
from experiments.report.document import Document, write_document
from experiments.report.page import write_report
from experiments.report.table import headline_table

__all__ = ["Comparison", "Document", "headline_table", "write_document", "write_report"]
