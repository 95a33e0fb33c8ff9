"""The headline KPIs as plain text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from experiments.report.comparison import Comparison
from experiments.report.line import Line, lines

WIDTH = 120
GAP = "  "
MARK = "*"


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
    label_width = min(max(len(line.label) for line in found), 44)
    columns = {design: _column(found, design) for design in comparison.designs}
    room = max(16, width - label_width - 2 * len(GAP) - _width(columns[comparison.reference]))

    text: list[str] = []
    for block in _blocks(comparison, columns, room):
        widths = {design: min(_width(columns[design]), room) for design in block}
        if text:
            text.append("")
        rule = "-" * (label_width + sum(len(GAP) + w for w in widths.values()))
        head = [_cut(design, widths[design]).rjust(widths[design]) for design in block]
        text += [GAP.join([" " * label_width, *head]), rule[:width]]
        for row, line in enumerate(found):
            first, second = (
                [columns[design][2 * row + 1 + part].rjust(widths[design]) for design in block]
                for part in (0, 1)
            )
            text.append(GAP.join([_cut(line.label, label_width).ljust(label_width), *first]))
            if any(cell.strip() for cell in second):
                text.append(GAP.join([" " * label_width, *second]))
        text.append(rule[:width])
    text += _notes(comparison, found)
    return "\n".join(line[:width].rstrip() for line in text) + "\n"


def _column(found: Sequence[Line], design: str) -> list[str]:
    """Give the head and, for every line, the estimate and the difference."""
    cells = [design]
    for line in found:
        cells.append(line.scale.estimate(line.estimates[design]) + "  ")
        difference = line.differences.get(design)
        if difference is None or difference.n == 0:
            cells.append("")
        else:
            cells.append(f"{line.scale.difference(difference)} {MARK if line.verdict(design) else ' '}")
    return cells


def _width(cells: Sequence[str]) -> int:
    return max(max(len(cell) for cell in cells[1:]), min(len(cells[0]), 30))


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 2)] + ".."


def _blocks(comparison: Comparison, columns: dict[str, list[str]], room: int) -> Iterator[list[str]]:
    """Yield groups of designs that fit side by side, each led by the reference."""
    block, used = [comparison.reference], 0
    for design in comparison.designs[1:]:
        needed = len(GAP) + _width(columns[design])
        if len(block) > 1 and used + needed > room + len(GAP):
            yield block
            block, used = [comparison.reference], 0
        block.append(design)
        used += needed
    yield block


def _notes(comparison: Comparison, found: Sequence[Line]) -> list[str]:
    percent = f"{100 * comparison.confidence:g} %"
    notes = [f"Mean over replications ({percent} interval)."]
    if len(comparison.designs) > 1:
        notes += [
            f"Signed: paired difference to {_cut(comparison.reference, 40)} on the same customers; "
            f"{MARK} its interval excludes zero.",
            "Each interval stands for itself: of twenty differences that are none, one is marked by chance."
            if comparison.confidence == 0.95
            else "Each interval stands for itself; there is no adjustment for their number.",
        ]
    asked = comparison.provenance.get("replications")
    if isinstance(asked, int):
        for line in found:
            short = [
                f"{_cut(design, 24)} {estimate.n}"
                for design, estimate in line.estimates.items()
                if 0 < estimate.n < asked
            ]
            if short:
                notes.append(f"{line.headline.label}: defined in fewer than {asked} replications: " + ", ".join(short))
    return notes
