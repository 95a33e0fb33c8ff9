"""Picture: which role limits a design at every point of two dimensions, and what one more person there is worth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any

from experiments.report.amount import Amount, amount_of
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.grid import Axis, check_table, frame, letters_pt, map_size_in
from experiments.report.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TINTS = ("#f6c9a3", "#a9cce8", "#9fd8c4", "#e8c3d9", "#f4dc94", "#cfe8f7", "#d3d3d3")
"""Pale enough for black letters on them, one per role; letters tell them apart in gray.

They are the colors of `palette.OKABE_ITO` mixed with white, so that no role is taken for a design.
"""
CAPTION = (
    "Each cell is one point of the grid. The letter and the fill name the role where one more person brings most, the "
    "number is what that person brings after their own cost, and thick lines are borders between roles. A cell "
    "without letter is one where no role's one more person is told from zero; a crossed-out cell has no result. The "
    "number is for one person: it says nothing about a second one, or about moving a person from one role to another. "
    "Two roles whose worth is about equal may change places by chance."
)


@dataclass(frozen=True)
class ConstraintMap:
    """The limiting role over two swept numbers.

    Attributes
    ----------
    x, y : Axis
        What is swept.
    roles : sequence of str
        All that may limit, in the order that fixes letter and fill; at most 26.
    limiting : sequence of sequence of (str or None), shape (len(y.values), len(x.values))
        The role; empty where nothing is told from zero, None where there is no result. The first row is at the bottom.
    worth : sequence of sequence of float, same shape
        What one more person there brings.
    design : str
        Of which design.
    measure, unit : str
        Of what.
    base : tuple of float or None
        Where the base firm is, on x and on y.

    Raises
    ------
    ValueError
        If a table does not fit the axes, or a cell names a role that is not among `roles`.
    """

    x: Axis
    y: Axis
    roles: Sequence[str]
    limiting: Sequence[Sequence[str | None]]
    worth: Sequence[Sequence[float]]
    design: str
    measure: str = "contribution less paid opex"
    unit: str = "USD a year"
    base: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        check_table("limiting", self.limiting, self.x, self.y)
        check_table("worth", self.worth, self.x, self.y)
        if len(self.roles) > len(LETTERS) or len(set(self.roles)) != len(self.roles) or "" in self.roles:
            raise ValueError(f"roles must be up to {len(LETTERS)} different names, got {list(self.roles)}")
        for row in self.limiting:
            for role in row:
                if role and role not in self.roles:
                    raise ValueError(f"limiting must name one of {list(self.roles)}, got {role!r}")


def letters_of(found: ConstraintMap) -> dict[str, str]:
    """Give the letter of every role that limits somewhere, in order of roles."""
    seen = {role for row in found.limiting for role in row if role}
    return {role: letter for role, letter in zip(found.roles, LETTERS, strict=False) if role in seen}


def cell_text(found: ConstraintMap, row: int, column: int, amount: Amount) -> str:
    """Give what is written in a cell: letter and worth, or nothing."""
    role = found.limiting[row][column]
    if not role:
        return ""
    worth = found.worth[row][column]
    letter = LETTERS[list(found.roles).index(role)]
    return f"{letter}\n{amount.signed(worth)}" if isfinite(worth) else letter


def borders(found: ConstraintMap) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """Give the lines between neighboring cells that say different things, as ((x, x), (y, y)) in drawn places."""
    x, y, cells = found.x.edges, found.y.edges, found.limiting
    lines = []
    for i, row in enumerate(cells):
        for j, role in enumerate(row):
            if j + 1 < len(row) and row[j + 1] != role:
                lines.append(((x[j + 1], x[j + 1]), (y[i], y[i + 1])))
            if i + 1 < len(cells) and cells[i + 1][j] != role:
                lines.append(((x[j], x[j + 1]), (y[i + 1], y[i + 1])))
    return lines


def constraint_map(found: ConstraintMap, footer: str, name: str = "constraint_map") -> Drawing | None:
    """Draw which role limits where.

    Parameters
    ----------
    found : ConstraintMap
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no cell has a result.
    """
    if all(role is None for row in found.limiting for role in row):
        return None
    told = [
        worth
        for roles, worths in zip(found.limiting, found.worth, strict=True)
        for role, worth in zip(roles, worths, strict=True)
        if role and isfinite(worth)
    ]
    amount = amount_of(found.unit, told, difference=True, digits=2)
    width_in, height_in = map_size_in(found.x, found.y)

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        _cells(ax, found, amount)
        inside = False
        if found.base is not None:
            place = (found.x.place(found.base[0]), found.y.place(found.base[1]))
            inside = all(isfinite(at) for at in place)
            # A ring, so that what is written in the cell can be read.
            ax.plot(*([at] if inside else [] for at in place), "o", markersize=24, markerfacecolor="none",
                    markeredgecolor=INK, markeredgewidth=1.6, zorder=6)  # fmt: skip
        frame(ax, found.x, found.y)
        ax.set_title(short(f"One more person: {amount.label(found.measure)}", 72), fontsize=9)
        figure.legend(handles=_legend(found, inside), loc="outside upper left", ncols=2, fontsize=8)

    rows = len(letters_of(found)) + 2
    return draw(
        name,
        f"Which role limits {short(found.design)}",
        CAPTION,
        footer,
        (max(5.8, width_in + 1.2), height_in + 1.5 + 0.11 * rows),
        paint,
    )


def _cells(ax: Axes, found: ConstraintMap, amount: Amount) -> None:
    from matplotlib.patches import Rectangle

    x, y = found.x.edges, found.y.edges
    texts = [[cell_text(found, i, j, amount) for j in range(len(row))] for i, row in enumerate(found.limiting)]
    longest = max(len(line) for row in texts for text in row for line in text.split("\n"))
    size = letters_pt(found.x, found.y, longest, 2)
    fills = {role: TINTS[k % len(TINTS)] for k, role in enumerate(found.roles)}
    for i, row in enumerate(found.limiting):
        for j, role in enumerate(row):
            ax.add_patch(
                Rectangle(
                    (x[j], y[i]),
                    x[j + 1] - x[j],
                    y[i + 1] - y[i],
                    facecolor=fills[role] if role else "white",
                    edgecolor="#d8d8d8",
                    hatch="xx" if role is None else "",
                    linewidth=0.5,
                )
            )
            ax.text(0.5 * (x[j] + x[j + 1]), 0.5 * (y[i] + y[i + 1]), texts[i][j], ha="center",
                    va="center", fontsize=size, linespacing=1.1, zorder=5)  # fmt: skip
    for across, along in borders(found):
        ax.plot(across, along, color=MUTED, linewidth=1.8, solid_capstyle="projecting", zorder=3)


def _legend(found: ConstraintMap, inside: bool) -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    edge: dict[str, Any] = {"edgecolor": MUTED, "linewidth": 0.5}
    handles: list[Any] = [
        Patch(facecolor=TINTS[found.roles.index(role) % len(TINTS)], label=f"{letter}  {legend_name(role)}", **edge)
        for role, letter in letters_of(found).items()
    ]
    if any(role == "" for row in found.limiting for role in row):
        handles.append(Patch(facecolor="white", label="nothing told from zero", **edge))
    if any(role is None for row in found.limiting for role in row):
        handles.append(Patch(facecolor="white", hatch="xx", label="no result", **edge))
    if found.base is not None:
        words = "base firm" if inside else "base firm: outside the map"
        handles.append(Line2D([], [], marker="o", markersize=9, markerfacecolor="none", markeredgecolor=INK,
                              linestyle="none", label=words))  # fmt: skip
    return handles
