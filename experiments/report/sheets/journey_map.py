"""Picture: how journeys hang together, and what begins them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Arrow = tuple[str, str]
"""What begins a journey, and the journey."""

CAPTION = (
    "Boxes are journeys, each the work that a need asks for; what stands without a box are needs. An arrow says that "
    "a case of one begins a case of the other. Read from left to right; a dashed arrow leads back."
)
COLUMN_IN, ROW_IN, WIDEST = 2.1, 0.34, 22
LETTER_IN, PAD_IN = 0.068, 0.09
"""Width of a letter, and what a box has besides."""


def journey_map(arrows: Sequence[Arrow], journeys: Sequence[str], footer: str) -> Drawing:
    """Draw what begins which journey.

    Parameters
    ----------
    arrows : sequence of (str, str)
        As `experiments.report.sheets.journeys.arrows` gives them.
    journeys : sequence of str
        Names that get a box.
    footer : str
        Origin of the picture.
    """
    columns = columns_of(arrows, journeys)
    last = len(columns) - 1
    # Each in a row of its own, so that arrows hardly ever pass behind others.
    places = {name: (float(column), float(last - i)) for i, (name, column) in enumerate(columns.items())}
    across = 1 + max(columns.values())

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        ax.set_axis_off()
        ax.set_xlim(-0.5, across - 0.5)
        ax.set_ylim(-0.6, last + 0.6)
        for begin, end in arrows:
            _arrow(ax, begin, end, places)
        for name, (x, y) in places.items():
            box = {"boxstyle": "round,pad=0.3", "facecolor": "white", "edgecolor": INK if name in journeys else "none"}
            ax.text(x, y, _label(name), ha="center", va="center", color=INK, bbox=box)

    size = (0.2 + COLUMN_IN * across, 0.6 + ROW_IN * (last + 1))
    return draw("journey_map", "How journeys hang together", CAPTION, footer, size, paint)


def columns_of(arrows: Sequence[Arrow], journeys: Sequence[str]) -> dict[str, int]:
    """Give each name a column: right of all that begins it, as far as that goes without a circle.

    Parameters
    ----------
    arrows : sequence of (str, str)
        What begins what.
    journeys : sequence of str
        Those that nothing begins are in the first column too.

    Returns
    -------
    dict
        By name, each after all that begins it.
    """
    columns: dict[str, int] = {}

    def place(name: str, above: tuple[str, ...]) -> None:
        before = [begin for begin, end in arrows if end == name and begin not in (*above, name)]
        for one in before:
            if one not in columns:
                place(one, (*above, name))
        columns[name] = 1 + max((columns[one] for one in before if one in columns), default=-1)

    for name in dict.fromkeys([*journeys, *(begin for begin, _ in arrows)]):
        if name not in columns:
            place(name, ())
    return columns


def _arrow(ax: Axes, begin: str, end: str, places: Mapping[str, tuple[float, float]]) -> None:
    (x, y), (to_x, to_y) = places[begin], places[end]
    forward = 1.0 if to_x > x else -1.0
    start, stop = (x + forward * _half(begin), y), (to_x - forward * _half(end), to_y)
    style = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 0.9, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", stop, start, arrowprops={**style, "linestyle": "-" if forward > 0 else "--"}, zorder=0)


def _label(name: str) -> str:
    return short(name.removeprefix("journey "), WIDEST)


def _half(name: str) -> float:
    """Give half the width of a box, in columns."""
    return (0.5 * LETTER_IN * len(_label(name)) + PAD_IN) / COLUMN_IN
