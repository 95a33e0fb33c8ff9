"""A grid of two swept numbers: where its cells lie, whatever the steps between the values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite, nan
from typing import TYPE_CHECKING

from experiments.report.amount import amount_of
from experiments.report.drawing import short

if TYPE_CHECKING:
    from matplotlib.axes import Axes

LEAST_CELL = 0.5
"""A grid is drawn to scale while its narrowest cell has at least this share of the mean width."""
LETTER_IN = 0.075
"""Width of a letter of a tick, inches; generous."""


@dataclass(frozen=True)
class Axis:
    """One swept number.

    Attributes
    ----------
    name, unit : str
        What is swept.
    values : sequence of float
        At least one, ascending.

    Raises
    ------
    ValueError
        If there is no value, or they are not finite and ascending.
    """

    name: str
    unit: str
    values: Sequence[float]

    def __post_init__(self) -> None:
        """Refuse what no grid has."""
        values = list(self.values)
        if not values or not all(isfinite(value) for value in values):
            raise ValueError(f"values of {self.name!r} must be finite numbers, at least one, got {values}")
        if any(later <= earlier for earlier, later in pairwise(values)):
            raise ValueError(f"values of {self.name!r} must ascend, got {values}")

    @property
    def to_scale(self) -> bool:
        """Whether cells are as wide as the steps between the values, and not all alike."""
        widths = _widths(_edges(self.values))
        return min(widths) >= LEAST_CELL * sum(widths) / len(widths)

    @property
    def centers(self) -> list[float]:
        """Where the values are drawn."""
        return [float(value) for value in self.values] if self.to_scale else [float(k) for k in range(len(self.values))]

    @property
    def edges(self) -> list[float]:
        """Where the cells begin and end, one more than there are values."""
        return _edges(self.centers)

    def place(self, value: float) -> float:
        """Give where any value is drawn; nan if that is outside the cells."""
        values, centers, edges = self.values, self.centers, self.edges
        if len(values) == 1:
            place = centers[0] + (value - values[0])
        else:
            last = len(values) - 2
            k = next((k for k in range(last) if value < values[k + 1]), last)
            share = (value - values[k]) / (values[k + 1] - values[k])
            place = centers[k] + share * (centers[k + 1] - centers[k])
        return float(place) if edges[0] <= place <= edges[-1] else nan


def _edges(centers: Sequence[float]) -> list[float]:
    if len(centers) == 1:
        return [centers[0] - 0.5, centers[0] + 0.5]
    between = [0.5 * (a + b) for a, b in pairwise(centers)]
    return [centers[0] - (between[0] - centers[0]), *between, centers[-1] + (centers[-1] - between[-1])]


def _widths(edges: Sequence[float]) -> list[float]:
    return [b - a for a, b in pairwise(edges)]


def check_table(name: str, table: Sequence[Sequence[object]], x: Axis, y: Axis) -> None:
    """Refuse a table that does not fit the axes.

    Parameters
    ----------
    name : str
        What the message calls it.
    table : sequence of sequence
        Must have shape (len(y.values), len(x.values)).
    x, y : Axis
        Columns and rows.

    Raises
    ------
    ValueError
        If it has another shape.
    """
    wanted = (len(y.values), len(x.values))
    lengths = sorted({len(row) for row in table})
    if len(table) != wanted[0] or lengths != [wanted[1]]:
        raise ValueError(
            f"{name} must have {wanted[0]} rows ({y.name}) of {wanted[1]} values ({x.name}), "
            f"got {len(table)} rows of {lengths}"
        )


def cell_in(count: int) -> float:
    """Give the width of a cell, inches: large for few cells, enough for a number in each of many."""
    return max(0.5, min(0.95, 5.2 / count))


def map_size_in(x: Axis, y: Axis) -> tuple[float, float]:
    """Give width and height of all cells together, inches."""
    columns, rows = len(x.values), len(y.values)
    return max(2.2, cell_in(columns) * columns), max(2.0, 0.8 * cell_in(rows) * rows)


def narrowest_in(axis: Axis, length_in: float) -> float:
    """Give the width of the narrowest cell, inches."""
    widths = _widths(axis.edges)
    return min(widths) / sum(widths) * length_in


def letters_pt(x: Axis, y: Axis, letters: int, lines: int = 1) -> float:
    """Give the size, in points and at most 8, at which so many letters and lines fit into the narrowest cell."""
    across_in, up_in = map_size_in(x, y)
    by_width = narrowest_in(x, across_in) / (0.68 * (letters + 1))
    by_height = narrowest_in(y, up_in) / (1.25 * lines)
    return min(8.0, 72.0 * by_width, 72.0 * by_height)


def frame(ax: Axes, x: Axis, y: Axis) -> None:
    """Set up axes for the cells of a grid: limits, ticks at the values, names.

    Parameters
    ----------
    ax : Axes
        To be painted on.
    x, y : Axis
        What is swept.
    """
    width_in, height_in = map_size_in(x, y)
    ax.set_xlim(x.edges[0], x.edges[-1])
    ax.set_ylim(y.edges[0], y.edges[-1])
    ax.set_xticks(*_ticks(x, width_in, 0.0))
    ax.set_yticks(*_ticks(y, height_in, 0.18))
    ax.set_xlabel(_name(x))
    ax.set_ylabel(_name(y))
    ax.tick_params(length=2, labelsize=8)
    for side in ("top", "right", "left", "bottom"):
        ax.spines[side].set_visible(True)


def _name(axis: Axis) -> str:
    unit = amount_of(axis.unit, axis.values).unit
    label = f"{short(axis.name, 40)}, {short(unit, 24)}" if unit else short(axis.name, 40)
    return label if axis.to_scale else f"{label} (steps not to scale)"


def _ticks(axis: Axis, length_in: float, letter_height_in: float) -> tuple[list[float], list[str]]:
    """Give places and names of ticks, as many as fit; along the vertical their height counts and not their width."""
    amount = amount_of(axis.unit, axis.values)
    centers, names = axis.centers, [amount.tick(value) for value in axis.values]
    needed_in = letter_height_in or LETTER_IN * (1 + max(len(name) for name in names))
    step = max(1, ceil(needed_in / narrowest_in(axis, length_in)))
    return centers[::step], names[::step]
