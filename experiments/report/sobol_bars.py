"""Picture: which factors the variance of a measure comes from, by Sobol indices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK
from experiments.report.whisker import check_estimate, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 15
FIRST_FILL, TOTAL_FILL = "#8a8a8a", "#e2e2e2"
CAPTION = (
    "For each factor the share of the measure's variance that goes away, on average, when the factor becomes known "
    "(first order, dark), and that stays when all but this factor are known (total, pale); lines are intervals. What "
    "total has over first order comes from working together with other factors. First-order indices of independent "
    "factors sum to at most 1, total ones may sum to more; estimates scatter, also below 0 and above 1. They depend "
    "on the ranges: a factor with a narrow range looks unimportant. Neither sign nor direction is shown."
)


@dataclass(frozen=True)
class SobolIndex:
    """Sobol indices of one factor.

    Attributes
    ----------
    factor : str
        Name.
    first, total : Estimate
        First-order and total index, as shares of the variance.

    Raises
    ------
    ValueError
        If bounds are in the wrong order.
    """

    factor: str
    first: Estimate
    total: Estimate

    def __post_init__(self) -> None:
        """Refuse bounds in the wrong order."""
        check_estimate(f"first of {self.factor!r}", self.first)
        check_estimate(f"total of {self.factor!r}", self.total)


def ranked(indices: Sequence[SobolIndex], most: int = MOST) -> list[SobolIndex]:
    """Give the factors shown, largest total first, those without a total last by their first order."""
    found = [one for one in indices if isfinite(one.total.mean) or isfinite(one.first.mean)]
    found.sort(key=lambda one: (not isfinite(one.total.mean), -_or_zero(one.total), -_or_zero(one.first)))
    return found[:most]


def _or_zero(found: Estimate) -> float:
    return found.mean if isfinite(found.mean) else 0.0


def sobol_bars(
    indices: Sequence[SobolIndex], measure: str, footer: str, most: int = MOST, name: str = "sobol_bars"
) -> Drawing | None:
    """Draw Sobol indices as bars.

    Parameters
    ----------
    indices : sequence of SobolIndex
        In any order.
    measure : str
        Whose variance is divided up.
    footer : str
        Origin of the numbers.
    most : int
        Factors at most.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no index is defined.

    References
    ----------
    Saltelli, A. et al., "Variance based sensitivity analysis of model output", Computer Physics Communications
    181(2), 2010, 259-270, doi:10.1016/j.cpc.2009.09.018.
    """
    rows = ranked(indices, most)
    if not rows:
        return None

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        for row, one in enumerate(rows):
            for found, shift, fill in ((one.first, -0.19, FIRST_FILL), (one.total, 0.19, TOTAL_FILL)):
                if isfinite(found.mean):
                    ax.barh(row + shift, found.mean, height=0.36, color=fill, edgecolor=INK, linewidth=0.6, zorder=2)
                    whisker(ax, found, row + shift, width=1.2, cap=4)
        for label, fill in (("first order", FIRST_FILL), ("total", TOTAL_FILL)):
            ax.barh(0, 0, color=fill, edgecolor=INK, linewidth=0.6, label=label)
        _dress_bars(ax, rows, len(indices) - len(rows))
        figure.legend(*ax.get_legend_handles_labels(), loc="outside upper right", ncols=2, fontsize=8)
        ax.set_title(short(measure, 60))

    return draw(
        name,
        f"Which factors decide {short(measure, 40)}",
        CAPTION,
        footer,
        (7.6, 1.7 + 0.38 * len(rows)),
        paint,
    )


def _dress_bars(ax: Axes, rows: Sequence[SobolIndex], left_out: int) -> None:
    shown = [x for one in rows for found in (one.first, one.total) for x in known(found)]
    ax.axvline(0.0, color=INK, linewidth=0.8, zorder=3)
    ax.set_xlim(min(0.0, 1.06 * min(shown)), 1.06 * max(0.1, *shown))
    ax.set_yticks(range(len(rows)), [short(one.factor, 34) for one in rows])
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel(
        "share of the variance" + (f"\n({left_out} more factors are smaller or not defined)" if left_out else "")
    )
