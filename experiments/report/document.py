"""A report as plain data, and how it is written: one self-contained page, and the pictures beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from experiments.report.drawing import Drawing

PAGE = "report.html"
FIGURES = "figures"


@dataclass(frozen=True)
class Statement:
    """One thing said in the summary.

    Attributes
    ----------
    text : str
        A sentence or two in plain words.
    sure : str
        How sure it is, and by which rule.
    """

    text: str
    sure: str


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    Attributes
    ----------
    text : str
        What it says.
    remark : str
        Below it, smaller.
    verdict : str
        Below that, in bold; "better" and "worse" have a color as well.
    """

    text: str
    remark: str = ""
    verdict: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes
    ----------
    label : str
        What the row is about.
    cells : sequence of Cell
        One per column after the first.
    remark : str
        What the numbers in it mean.
    """

    label: str
    cells: Sequence[Cell]
    remark: str = ""


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    columns : sequence of str
        Heads; the first is above the labels of the rows.
    rows : sequence of Row
        From top to bottom.
    caption : str
        What it shows.
    groups : sequence of (str, int)
        Heads above those of the columns, each with how many columns it spans; the first column has none above it.
        Empty for a single row of heads.
    notes : sequence of str
        Sentences below it.
    folded : bool
        Shown only when asked for, and not in print: for what is long.

    Raises
    ------
    ValueError
        If a row has not a cell for every column, or the groups do not span all columns but the first.
    """

    columns: Sequence[str]
    rows: Sequence[Row]
    caption: str
    groups: Sequence[tuple[str, int]] = ()
    notes: Sequence[str] = ()
    folded: bool = False

    def __post_init__(self) -> None:
        """Refuse a table that would not line up."""
        width = len(self.columns) - 1
        for row in self.rows:
            if len(row.cells) != width:
                raise ValueError(
                    f"table {self.caption!r}, row {row.label!r} must have {width} cells, got {len(row.cells)}"
                )
        spanned = sum(span for _, span in self.groups)
        if self.groups and spanned != width:
            raise ValueError(f"table {self.caption!r}: groups must span {width} columns, got {spanned}")


@dataclass(frozen=True)
class Section:
    """A part of a report under a heading.

    Attributes
    ----------
    title : str
        The heading.
    paragraphs : sequence of str
        Text, first in the section.
    points : sequence of str
        A list after the text.
    drawings : sequence of Drawing
        Pictures after that, with their captions.
    tables : sequence of Table
        Last.
    """

    title: str
    paragraphs: Sequence[str] = ()
    points: Sequence[str] = ()
    drawings: Sequence[Drawing] = ()
    tables: Sequence[Table] = ()


@dataclass(frozen=True)
class Document:
    """A report.

    Attributes
    ----------
    title : str
        Its name.
    question : str
        What was asked, in a sentence or two.
    summary : sequence of Statement
        With title, question and cautions the first page; keep it to one.
    sections : sequence of Section
        What follows.
    provenance : mapping
        What is needed to repeat it; shown whole.
    footer : str
        The origin of the numbers in one line, on the first page and at the end.
    cautions : sequence of str
        What may not be concluded, on the first page.
    sheets : sequence of Section
        Appended, each on a printed page of its own: what a reviewer asks for.

    Raises
    ------
    ValueError
        If two pictures have one name, or a name is no identifier.
    """

    title: str
    question: str
    summary: Sequence[Statement]
    sections: Sequence[Section]
    provenance: Mapping[str, Any] = field(default_factory=dict)
    footer: str = ""
    cautions: Sequence[str] = ()
    sheets: Sequence[Section] = ()

    def __post_init__(self) -> None:
        """Refuse pictures that would overwrite one another."""
        names = [drawing.name for drawing in self.drawings]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"names of pictures must differ, got {twice} more than once")
        bad = [name for name in names if not name.isidentifier()]
        if bad:
            raise ValueError(f"names of pictures must be identifiers, got {bad}")

    @property
    def drawings(self) -> list[Drawing]:
        """All pictures, in the order shown."""
        return [drawing for section in (*self.sections, *self.sheets) for drawing in section.drawings]


def write_document(document: Document, folder: Path) -> list[Path]:
    """Write a report and the pictures beside it.

    Parameters
    ----------
    document : Document
        The report.
    folder : Path
        Existing folder; receives ``report.html``, ``figures/*.svg`` and ``figures/*.png``.

    Returns
    -------
    list of Path
        The files, the page first.

    Raises
    ------
    FileExistsError
        If one of the files is there already; an answer is never overwritten.
    """
    from experiments.report.rendering import render

    text, page = render(document), folder / PAGE
    with page.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    paths = [page]
    for drawing in document.drawings:
        (folder / FIGURES).mkdir(exist_ok=True)
        for ending, content in (("svg", drawing.svg), ("png", drawing.png)):
            path = folder / FIGURES / f"{drawing.name}.{ending}"
            with path.open("xb") as file:
                file.write(content)
            paths.append(path)
    return paths
