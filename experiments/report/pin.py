"""Numbered pins for points that lie close: each near its point, none on another; and the key to the numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, inf, pi, sin
from typing import TYPE_CHECKING, Any

from experiments.report.drawing import short
from experiments.report.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SIZE_PT = 13.5
"""Width of a pin with two digits, points."""
RINGS = (0.0, 1.1, 1.8, 2.6, 3.5, 4.5, 5.5)
"""Distances tried, in pins."""
DIRECTIONS = 16


def offsets(
    places: Sequence[tuple[float, float]], room: tuple[float, float] = (inf, inf), size: float = SIZE_PT
) -> list[tuple[float, float]]:
    """Move pins off one another, the first ones least.

    Parameters
    ----------
    places : sequence of tuple of float
        Where the points lie, points of length from the lower left corner of the room.
    room : tuple of float
        Width and height within which pins must stay; a point outside keeps its pin.
    size : float
        Width of a pin.

    Returns
    -------
    list of tuple of float
        By how much each pin is moved; none lies on an earlier one as long as there is room within five pins of its
        point.
    """
    taken: list[tuple[float, float]] = []
    moved = []
    for x, y in places:
        tries = [(ring * size * cos(angle), ring * size * sin(angle)) for ring in RINGS for angle in _angles(ring)]
        free = (
            (dx, dy)
            for dx, dy in tries
            if all(hypot(x + dx - a, y + dy - b) >= size for a, b in taken)
            and ((dx, dy) == (0.0, 0.0) or (0.0 <= x + dx <= room[0] and 0.0 <= y + dy <= room[1]))
        )
        offset = next(free, (0.0, 0.0))
        taken.append((x + offset[0], y + offset[1]))
        moved.append(offset)
    return moved


def _angles(ring: float) -> list[float]:
    return [pi / 4 + 2 * pi * k / DIRECTIONS for k in range(DIRECTIONS if ring else 1)]


def pin(
    ax: Axes, at: tuple[float, float], text: str, offset: tuple[float, float], fill: str = INK, ink: str = "#ffffff"
) -> None:
    """Draw one pin.

    Parameters
    ----------
    ax : Axes
        To be painted on.
    at : tuple of float
        The point, in the axes' units.
    text : str
        One or two letters.
    offset : tuple of float
        From the point to the pin, points; a line leads back if it is not none.
    fill, ink : str
        Colors.
    """
    ax.annotate(
        text,
        at,
        xytext=offset,
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=6.5 if len(text) == 1 else 5.5,
        color=ink,
        fontweight="bold",
        bbox={"boxstyle": "circle,pad=0.2", "facecolor": fill, "edgecolor": INK, "linewidth": 0.9},
        arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
        if offset != (0.0, 0.0)
        else None,
        zorder=6,
    )


def key(figure: Figure, names: Sequence[str], loc: Any, columns: int = 1, more: str = "") -> None:
    """Write the key to the numbers beside the axes.

    Parameters
    ----------
    figure : Figure
        To be painted on.
    names : sequence of str
        In the order of the numbers, from 1.
    loc : str
        Place, as matplotlib names it for legends.
    columns : int
        Of the key.
    more : str
        A last line without number.
    """
    from matplotlib.lines import Line2D

    lines = [f"{number}  {short(name, 34)}" for number, name in enumerate(names, start=1)] + [more] * bool(more)
    handles = [Line2D([], [], linestyle="none", label=line) for line in lines]
    figure.legend(handles=handles, loc=loc, ncols=columns, fontsize=8, handlelength=0, handletextpad=0)
