"""The headline KPIs as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import isfinite

from experiments.report.comparison import Comparison
from experiments.report.line import UNSTEADY, Line, lines

WIDTH = 120
GAP = "  "
MARK = "*"
LABEL_LIMIT = 44
NAME_LIMIT = 30


def headline_table(comparison: Comparison, width: int = WIDTH) -> str:
    """Show designs as columns: mean and interval, below it the paired difference to the first design.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    width : int
        Columns of the terminal. Designs that do not fit side by side go into further blocks, each of which
        repeats the reference.

    Returns
    -------
    str
        Lines without trailing blanks, each at most `width` long, ended by a newline.
    """
    found = lines(comparison)
    if not found:
        return "No headline KPI is defined for these designs.\n"
    labels = _labels(found, two_rows=len(comparison.designs) > 1)
    label_width = min(max(map(len, labels)), LABEL_LIMIT)
    columns = {design: _column(found, design) for design in comparison.designs}
    text: list[str] = []
    for block in _blocks(comparison, columns, width - label_width):
        widths = [_width(columns[design]) for design in block]
        rule = "-" * (label_width + sum(len(GAP) + column for column in widths))
        if text:
            text.append("")
        heads = [_cut(design, column) for design, column in zip(block, widths, strict=True)]
        text += [_row("", label_width, heads, widths), rule]
        for i, label in enumerate(labels):
            cells = [columns[design][i] for design in block]
            if label or any(cells):
                text.append(_row(label, label_width, cells, widths))
        text.append(rule)
    text += _notes(comparison, found)
    return "\n".join(line[:width].rstrip() for line in text) + "\n"


def _labels(found: Sequence[Line], two_rows: bool) -> list[str]:
    """Give two labels for every line: words with unit, or the unit on the row of the difference."""
    if not two_rows:
        return [label for line in found for label in (line.label, "")]
    return [label for line in found for label in (line.title, f"  {line.scale.unit}".rstrip())]


def _column(found: Sequence[Line], design: str) -> list[str]:
    """Give two cells for every line: the estimate and the difference, which the reference does not have."""
    cells = []
    for line in found:
        estimate = line.scale.estimate(line.estimates[design])
        difference = line.differences.get(design)
        if difference is None:
            cells += [estimate, ""]
        else:
            mark = MARK if difference.excludes_zero else " "
            # Blanks stand where a mark may: estimate and difference end in the same column.
            cells += [f"{estimate}  ", f"{line.scale.difference(difference)} {mark}" if difference.n else ""]
    return cells


def _row(label: str, label_width: int, cells: Sequence[str], widths: Sequence[int]) -> str:
    aligned = [cell.rjust(width) for cell, width in zip(cells, widths, strict=True)]
    return GAP.join([_cut(label, label_width).ljust(label_width), *aligned])


def _width(cells: Sequence[str]) -> int:
    return max(*map(len, cells), 12)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 2)] + ".."


def _blocks(comparison: Comparison, columns: dict[str, list[str]], room: int) -> Iterator[list[str]]:
    """Yield groups of designs that fit side by side, each led by the reference."""
    lead = len(GAP) + _width(columns[comparison.reference])
    block, used = [comparison.reference], lead
    for design in comparison.designs[1:]:
        needed = len(GAP) + _width(columns[design])
        if len(block) > 1 and used + needed > room:
            yield block
            block, used = [comparison.reference], lead
        block.append(design)
        used += needed
    yield block


def _notes(comparison: Comparison, found: Sequence[Line]) -> list[str]:
    """Say what the numbers are and what a mark means."""
    unsteady = [f"{UNSTEADY} {_cut(text, 110)}" for text in drifting(found)]
    if not any(isfinite(estimate.low) for line in found for estimate in line.estimates.values()):
        return ["One replication: no intervals, so no difference can be told from chance.", *unsteady]
    notes = [
        f"Mean over replications ({100 * comparison.confidence:g} % interval); "
        "medians and ratios of totals are of all replications together."
    ]
    if len(comparison.designs) > 1:
        notes += [
            f"Signed: paired difference to {_cut(comparison.reference, NAME_LIMIT)} on the same customers; "
            f"{MARK} its interval excludes zero.",
            "Each interval stands for itself; with many KPIs some exclude zero by chance.",
        ]
    for line, short in partly_defined(comparison, found):
        notes.append(f"{line.headline.label} is not defined in every replication: {_cut(short, 60)}.")
    return notes + unsteady


def drifting(found: Sequence[Line]) -> list[str]:
    """Say of each headline that rests on a drifting number inside under which designs it does."""
    return [
        f"{line.headline.label}: no steady state in the window under {', '.join(line.unsteady)}; not to be quoted."
        for line in found
        if line.unsteady
    ]


def partly_defined(comparison: Comparison, found: Sequence[Line]) -> list[tuple[Line, str]]:
    """Give the headlines that some replications leave undefined, with "design n" for each such design.

    Parameters
    ----------
    comparison : Comparison
        The answer; without a number of replications in its provenance nothing is reported.
    found : sequence of Line
        The headlines shown.

    Returns
    -------
    list of (Line, str)
        In the order shown.
    """
    asked = comparison.provenance.get("replications")
    if not isinstance(asked, int):
        return []
    partly = []
    for line in found:
        short = [f"{design} {e.n} of {asked}" for design, e in line.estimates.items() if e.n < asked]
        if short:
            partly.append((line, ", ".join(short)))
    return partly
