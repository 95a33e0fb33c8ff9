"""One item of a reporting guideline with what is said to it, as a section of a page and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from experiments.report.document import Cell, Row, Section, Table
from experiments.report.drawing import Drawing


@dataclass(frozen=True)
class Item:
    """What is said to one item of a guideline.

    Attributes
    ----------
    number, title : str
        As the guideline has them.
    paragraphs, points : sequence of str
        Text, then a list.
    tables : sequence of Table
        After that.
    drawings : sequence of Drawing
        Pictures, on a page only.
    diagrams : sequence of (str, str)
        Caption and Mermaid source of each; in Markdown only, as a page without scripts cannot draw them. What they
        show is in a table too.
    """

    number: str
    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    tables: Sequence[Table] = ()
    drawings: Sequence[Drawing] = ()
    diagrams: Sequence[tuple[str, str]] = ()

    @property
    def head(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}"

    def section(self, guideline: str) -> Section:
        """Give it as a section of a report."""
        return Section(f"{guideline} {self.head}", self.paragraphs, self.points, self.drawings, self.tables)

    def markdown(self) -> str:
        """Give it as Markdown."""
        parts = [f"{'#' * (2 + self.number.count('.'))} {_text(self.head)}", *map(_text, self.paragraphs)]
        if self.points:
            parts.append("\n".join(f"- {_text(point)}" for point in self.points))
        for caption, source in self.diagrams:
            parts += [f"*{_text(caption)}*", f"```mermaid\n{source}\n```"]
        parts += [_table(table) for table in self.tables]
        return "\n\n".join(parts) + "\n"


def tabled(caption: str, columns: Sequence[str], rows: Iterable[Sequence[str]], folded: bool = False) -> Table:
    """Give a table of plain text, the first cell of each row being its label."""
    return Table(
        columns, [Row(label, [Cell(text) for text in texts]) for label, *texts in rows], caption, folded=folded
    )


def sheet(title: str, about: Sequence[str], items: Sequence[Item], parts: Mapping[str, str]) -> str:
    """Give a whole sheet as Markdown.

    Parameters
    ----------
    title : str
        Of the sheet.
    about : sequence of str
        What it is, first.
    items : sequence of Item
        In the order of the guideline.
    parts : mapping
        Titles, by number, of parts of the guideline that are no items themselves.
    """
    told, part = ["\n\n".join([f"# {_text(title)}", *map(_text, about)]) + "\n"], ""
    for item in items:
        first = item.number.partition(".")[0]
        if first in parts and first != part:
            told.append(f"## {first} {parts[first]}\n")
        part = first
        told.append(item.markdown())
    return "\n".join(told)


def _table(table: Table) -> str:
    head = f"| {' | '.join(map(_cell, table.columns))} |\n|{'---|' * len(table.columns)}"
    rows = [f"| {' | '.join(map(_cell, [row.label, *(cell.text for cell in row.cells)]))} |" for row in table.rows]
    return "\n".join([f"*{_text(table.caption)}*\n", head, *rows])


def _cell(text: str) -> str:
    return _text(text).replace("|", "\\|")


def _text(text: str) -> str:
    """Give a text on one line, in which nothing is a tag."""
    return " ".join(text.split()).replace("<", "&lt;")
