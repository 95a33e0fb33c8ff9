"""Picture: how far candidates are behind the one that was selected, and what was spent on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, nan
from typing import TYPE_CHECKING

from experiments.report.amount import amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK, MUTED

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST_ROWS = 40
"""More would be too small to read; all are in the table."""
CAPTION = (
    "Left: how far each candidate is behind the selected one, on the replications that both have; bars are bounds that "
    "hold for all candidates at once. Filled: may still be the best; hollow: out, perhaps behind another than the "
    "selected one, which its bar does not show. The dotted line is the least "
    "difference that matters, where one was named. Right: replications spent on each."
)


@dataclass(frozen=True)
class Rival:
    """A candidate as it is drawn.

    Attributes
    ----------
    name : str
        Of the design or point.
    behind : Estimate
        By how much it is behind the selected one; not defined for the selected one.
    replications : int
        It had.
    alive : bool
        Whether it may still be the best.
    """

    name: str
    behind: Estimate
    replications: int
    alive: bool


def behind(rivals: Sequence[Rival], unit: str, footer: str, delta: float = nan, name: str = "behind") -> Drawing | None:
    """Draw candidates from the best down.

    Parameters
    ----------
    rivals : sequence of Rival
        The selected one first; at most forty are shown.
    unit : str
        Of the measure.
    footer : str
        Origin of the numbers.
    delta : float
        The least difference that matters; nan if none was named.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None with fewer than two candidates.
    """
    if len(rivals) < 2:
        return None
    shown = rivals[:MOST_ROWS]

    def paint(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(3.0, 1.0), sharey=True)
        _differences(left, shown, unit, delta)
        right.barh(range(len(shown)), [one.replications for one in shown], height=0.6, color="#b5b5b5")
        right.set_xlabel("replications", fontsize=8)
        for ax in (left, right):
            ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
            ax.set_axisbelow(True)
            ax.tick_params(labelsize=8)

    height = max(2.0, 1.1 + 0.26 * len(shown))
    return draw(name, "How far the others are behind", CAPTION, footer, (8.4, height), paint)


def _differences(ax: Axes, shown: Sequence[Rival], unit: str, delta: float) -> None:
    known = [x for one in shown for x in (one.behind.mean, one.behind.low, one.behind.high)]
    amount = amount_of("" if unit == "1" else short(unit, 40), [*known, delta], difference=True)
    ax.axvline(0.0, color=MUTED, linestyle=(0, (6, 2)), linewidth=1.0)
    if isfinite(delta):
        ax.axvline(delta, color=INK, linestyle=(0, (1, 1.4)), linewidth=1.0)
    for row, one in enumerate(shown):
        found = one.behind if isfinite(one.behind.mean) else Estimate(0.0)
        if isfinite(found.low) and isfinite(found.high):
            ax.plot([found.low, found.high], [row, row], color=INK, linewidth=1.4, solid_capstyle="butt")
        face = INK if one.alive else "white"
        ax.plot([found.mean], [row], "o", color=INK, markerfacecolor=face, markersize=5.5, zorder=3)
    ax.set_yticks(range(len(shown)), [short(one.name, 44) for one in shown])
    ax.set_ylim(len(shown) - 0.4, -0.6)
    ax.xaxis.set_major_formatter(amount.tick)
    ax.locator_params(axis="x", nbins=7)
    ax.set_xlabel(amount.label("behind the selected one"), fontsize=8)
