"""Picture: where in two dimensions a design is worth more than the reference, and where that can not be told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING, Any, Literal

from experiments.report.amount import Amount, amount_of
from experiments.report.diverging import diverging, ink_on
from experiments.report.drawing import Drawing, draw, short
from experiments.report.grid import Axis, check_table, frame, letters_pt, map_size_in
from experiments.report.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Table = Sequence[Sequence[float]]
"""One row per value of the vertical axis, from the bottom; nan where there is no result."""
Sign = Literal["+", "-", "?", ""]
"""More, less, not told from zero, no result."""

LEAST_PT = 6.0
"""Cells carry their numbers if these can be written so large, else only their signs."""
UNTOLD_HATCH = "////"
CAPTION = (
    "Each cell is one point of the grid: teal where the first design brings more than the reference, brown where it "
    "brings less, with the number or its sign; hatched where the paired interval includes zero; crossed out where "
    "there is no result. The thick line is break-even, where the difference is zero; the dashed lines are where the "
    "bounds of the interval are zero, so that break-even lies somewhere between them. Lines are drawn straight from "
    "cell to cell: nothing was run in between. Intervals hold cell by cell and not for all of them at once; the map "
    "holds for the assumptions it was run with."
)


@dataclass(frozen=True)
class FrontierMap:
    """A difference between two designs over two swept numbers.

    Attributes
    ----------
    x, y : Axis
        What is swept.
    difference, low, high : sequence of sequence of float, shape (len(y.values), len(x.values))
        Of the design less the reference, and the bounds of its paired interval.
    design, reference : str
        Names.
    measure, unit : str
        Of what.
    base : tuple of float or None
        Where the base firm is, on x and on y.

    Raises
    ------
    ValueError
        If a table does not fit the axes, or bounds are in the wrong order.
    """

    x: Axis
    y: Axis
    difference: Table
    low: Table
    high: Table
    design: str
    reference: str
    measure: str = "contribution less paid opex"
    unit: str = "USD a year"
    base: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        for name in ("difference", "low", "high"):
            check_table(name, getattr(self, name), self.x, self.y)
        for lows, highs, y in zip(self.low, self.high, self.y.values, strict=True):
            for low, high, x in zip(lows, highs, self.x.values, strict=True):
                if low > high:
                    at = f"{self.x.name} {x:g} and {self.y.name} {y:g}"
                    raise ValueError(f"low must not exceed high, got {low:g} and {high:g} at {at}")


def sign_of(difference: float, low: float, high: float) -> Sign:
    """Say what a cell tells.

    Parameters
    ----------
    difference, low, high : float
        A difference and its bounds.

    Returns
    -------
    {"+", "-", "?", ""}
        Without bounds nothing is told from zero.
    """
    if not isfinite(difference):
        return ""
    if low > 0.0:
        return "+"
    return "-" if high < 0.0 else "?"


def signs_of(found: FrontierMap) -> list[list[Sign]]:
    """Say what each cell tells, in the shape of the tables."""
    tables = zip(found.difference, found.low, found.high, strict=True)
    return [[sign_of(*cell) for cell in zip(*rows, strict=True)] for rows in tables]


def cell_texts(found: FrontierMap, amount: Amount) -> list[list[str]]:
    """Give what is written in the cells that are told from zero: their numbers if all fit, else their signs."""
    signs = signs_of(found)
    numbers = [
        [amount.signed(value) if sign in ("+", "-") else "" for value, sign in zip(*rows, strict=True)]
        for rows in zip(found.difference, signs, strict=True)
    ]
    longest = max(len(text) for row in numbers for text in row)
    if letters_pt(found.x, found.y, longest) >= LEAST_PT:
        return numbers
    return [[sign if sign in ("+", "-") else "" for sign in row] for row in signs]


def frontier_map(found: FrontierMap, footer: str, name: str = "frontier_map") -> Drawing | None:
    """Draw where a design breaks even with the reference.

    Parameters
    ----------
    found : FrontierMap
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
    defined = [value for row in found.difference for value in row if isfinite(value)]
    if not defined:
        return None
    amount = amount_of(found.unit, defined, difference=True, digits=2)
    width_in, height_in = map_size_in(found.x, found.y)

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        colors = _cells(ax, found, amount, max(abs(value) for value in defined) or 1.0)
        _lines(ax, found)
        _base(ax, found)
        frame(ax, found.x, found.y)
        bar = figure.colorbar(colors, ax=ax, format=amount.tick, fraction=0.08, pad=0.03)
        bar.outline.set_linewidth(0.5)
        bar.ax.tick_params(labelsize=8)
        bar.set_label(amount.unit, fontsize=8)
        title = f"{short(found.measure, 50)}:\n{short(found.design)} less {short(found.reference)}"
        ax.set_title(title, fontsize=9)
        handles, labels = ax.get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=2, fontsize=8, handlelength=2.6)

    return draw(
        name,
        f"Where {short(found.design)} breaks even with {short(found.reference)}",
        CAPTION,
        footer,
        (max(5.4, width_in + 2.6), height_in + 2.1),
        paint,
    )


def _cells(ax: Axes, found: FrontierMap, amount: Amount, limit: float) -> Any:
    from matplotlib.cm import ScalarMappable
    from matplotlib.colors import Normalize
    from matplotlib.patches import Rectangle

    colors: Any = ScalarMappable(Normalize(-limit, limit), diverging())
    x, y = found.x.edges, found.y.edges
    texts = cell_texts(found, amount)
    size = letters_pt(found.x, found.y, max(len(text) for row in texts for text in row))
    names = {"?": "not told from zero", "": "no result"}
    base_cell = _cell_of_base(found)
    for i, signs in enumerate(signs_of(found)):
        for j, sign in enumerate(signs):
            fill = colors.to_rgba(found.difference[i][j]) if sign else (1.0, 1.0, 1.0, 1.0)
            ax.add_patch(
                Rectangle(
                    (x[j], y[i]),
                    x[j + 1] - x[j],
                    y[i + 1] - y[i],
                    facecolor=fill,
                    edgecolor="white" if sign in ("+", "-") else "#9a9a9a",
                    hatch={"?": UNTOLD_HATCH, "": "xx"}.get(sign, ""),
                    linewidth=0.5,
                    label=names.pop(sign, None),
                )
            )
            # The dot of the base firm goes above the number.
            share = 0.22 if (i, j) == base_cell else 0.5
            ax.text(
                0.5 * (x[j] + x[j + 1]),
                y[i] + share * (y[i + 1] - y[i]),
                texts[i][j],
                ha="center",
                va="center",
                fontsize=size,
                color=ink_on(fill[:3]),
                zorder=5,
                # Lines that pass do not strike the number out.
                bbox={"facecolor": fill, "edgecolor": "none", "pad": 0.8} if texts[i][j] else None,
            )
    return colors


def _lines(ax: Axes, found: FrontierMap) -> None:
    import numpy as np
    from matplotlib.patheffects import withStroke

    halo: list[Any] = [withStroke(linewidth=3.6, foreground="white")]
    styles: list[tuple[Table, float, Any, str]] = [
        (found.low, 1.2, (0, (4, 1.6)), "bounds of the interval are zero"),
        (found.high, 1.2, (0, (4, 1.6)), ""),
        (found.difference, 2.2, "-", "break-even"),
    ]
    for table, width, dash, words in styles:
        field = np.ma.masked_invalid(np.asarray(table, dtype=float))
        if min(field.shape) < 2 or field.count() < 3 or not field.min() < 0.0 < field.max():
            continue
        lines = ax.contour(found.x.centers, found.y.centers, field, levels=[0.0], colors=INK, linewidths=width,
                           linestyles=[dash], zorder=4)  # fmt: skip
        lines.set_path_effects(halo)
        if words:
            ax.plot([], [], color=INK, linewidth=width, linestyle=dash, label=words)


def _cell_of_base(found: FrontierMap) -> tuple[int, int] | None:
    """Give row and column of the cell in which the base firm is."""
    if found.base is None:
        return None
    at = []
    for axis, value in ((found.y, found.base[1]), (found.x, found.base[0])):
        place = axis.place(value)
        at.append(next((k for k, edge in enumerate(axis.edges[1:]) if place <= edge), -1))
    return at[0], at[1]


def _base(ax: Axes, found: FrontierMap) -> None:
    if found.base is None:
        return
    place = (found.x.place(found.base[0]), found.y.place(found.base[1]))
    if all(isfinite(at) for at in place):
        ax.plot(*([at] for at in place), "o", markersize=8, color=INK, markeredgecolor="white", markeredgewidth=1.4,
                zorder=6, linestyle="none", label="base firm")  # fmt: skip
    else:
        ax.plot([], [], "o", color=MUTED, markerfacecolor="white", linestyle="none", label="base firm: outside the map")
