"""Picture: how means settle and intervals narrow as replications are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
MOST_PANELS = 12
"""More would be too small to read; all are in the table."""
CAPTION = (
    "Line: mean of the replications so far; band: its 95 % interval, which narrows with the root of their number, by "
    "luck sooner or later. Dotted: how narrow it is to be around the last mean. Dashed upright: the number of "
    "replications from which on it was narrow enough and stayed so; where there is none, it was not."
)


@dataclass(frozen=True)
class Course:
    """One interval over the number of replications.

    Attributes
    ----------
    name, unit : str
        What it is of, in a line or two, and the unit.
    means, half_widths : ndarray of float64, shape (replications,)
        Of the first 1, 2, ... replications.
    target : float
        The half-width that is wanted; nan if there is none.
    reached_at : int or None
        Number of replications at which it was.

    Raises
    ------
    ValueError
        If means and half-widths differ in number.
    """

    name: str
    unit: str
    means: NDArray[np.float64]
    half_widths: NDArray[np.float64]
    target: float
    reached_at: int | None = None

    def __post_init__(self) -> None:
        """Refuse what does not line up."""
        if self.means.shape != self.half_widths.shape:
            raise ValueError(f"means and half_widths must be as many, got {self.means.shape}, {self.half_widths.shape}")


def narrowing(courses: Sequence[Course], footer: str, name: str = "narrowing") -> Drawing | None:
    """Draw intervals over the number of replications, a panel each.

    Parameters
    ----------
    courses : sequence of Course
        The first twelve with two replications or more are shown.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if there is nothing to show.
    """
    shown = [course for course in courses if len(course.means) > 1][:MOST_PANELS]
    if not shown:
        return None
    columns = min(COLUMNS, len(shown))
    rows = ceil(len(shown) / columns)

    def paint(figure: Figure) -> None:
        axes = figure.subplots(rows, columns, squeeze=False).ravel()
        for ax, course in zip(axes, shown, strict=False):
            _panel(ax, course)
        for ax in axes[len(shown) :]:
            ax.set_visible(False)

    return draw(name, "How the intervals narrow", CAPTION, footer, (3.6 * columns + 0.3, 2.5 * rows + 0.4), paint)


def _panel(ax: Axes, course: Course) -> None:
    style, n = look(0), np.arange(1, len(course.means) + 1)
    bounded = np.isfinite(course.half_widths)
    low, high = course.means - course.half_widths, course.means + course.half_widths
    ax.fill_between(n[bounded], low[bounded], high[bounded], color=style.color, alpha=0.16, linewidth=0)
    ax.plot(n, course.means, color=style.color, linewidth=1.4)
    last = float(course.means[-1])
    if isfinite(course.target):
        for sign in (-1.0, 1.0):
            ax.axhline(last + sign * course.target, color=INK, linestyle=(0, (1, 1.4)), linewidth=1.0)
    if course.reached_at is not None:
        ax.axvline(course.reached_at, color=MUTED, linestyle=(0, (6, 2)), linewidth=1.0)
    # The first intervals are so wide that nothing else could be seen.
    later = bounded & (n >= max(2, len(n) // 6))
    edges = [*low[later], *high[later], last - course.target, last + course.target]
    edges = [float(edge) for edge in edges if isfinite(edge)]
    if edges and max(edges) > min(edges):
        pad = 0.06 * (max(edges) - min(edges))
        ax.set_ylim(min(edges) - pad, max(edges) + pad)
    ax.set_xlim(1, len(n))
    ax.grid(color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title("\n".join(short(part, 44) for part in course.name.splitlines()), fontsize=8)
    ax.set_xlabel("replications", fontsize=8)
    ax.set_ylabel("" if course.unit == "1" else short(course.unit, 30), fontsize=8)
    ax.tick_params(labelsize=7.5)
