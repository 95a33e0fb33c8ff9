"""Picture: one dot plot per headline KPI, with intervals, the reference design as a line."""

from __future__ import annotations

from math import ceil, isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Comparison
from experiments.report.drawing import Drawing, draw, short
from experiments.report.line import Line, lines
from experiments.report.palette import HAIRLINE, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
LEAST_SPAN = 0.02
"""An axis shows at least this share of its largest value, so that next to nothing does not look like much."""
CAPTION = (
    "Dot: mean over replications; bar: its interval; pale ticks: the replications. The dashed line is the "
    "reference. A filled dot says that the paired difference to the reference excludes zero, a hollow one "
    "that it does not: designs met the same customers, so intervals that overlap may still differ. The arrow "
    "points where better lies."
)
ARROWS = {"higher": "better →", "lower": "← better", "": "no better side"}


def scorecard(comparison: Comparison) -> Drawing | None:
    """Draw the headline KPIs as dot plots.

    Parameters
    ----------
    comparison : Comparison
        The answer.

    Returns
    -------
    Drawing or None
        None if no headline KPI has a value.
    """
    found = [line for line in lines(comparison) if any(isfinite(e.mean) for e in line.estimates.values())]
    if not found:
        return None
    columns = min(COLUMNS, len(found))
    rows = ceil(len(found) / columns)

    def paint(figure: Figure) -> None:
        axes = figure.subplots(rows, columns, squeeze=False)
        for place, ax in enumerate(axes.flat):
            if place < len(found):
                _panel(ax, comparison, found[place], names=place % columns == 0)
            else:
                ax.set_axis_off()

    height = rows * (0.95 + 0.26 * len(comparison.designs)) + 0.4
    return draw(
        "scorecard",
        "Scorecard",
        CAPTION,
        comparison.footer,
        (3.2 * columns + 1.6, height),
        paint,
    )


def _panel(ax: Axes, comparison: Comparison, line: Line, names: bool) -> None:
    factor = line.scale.factor
    reference = line.estimates[comparison.reference].mean * factor
    if isfinite(reference):
        ax.axvline(reference, color=MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    for row, (design, estimate) in enumerate(line.estimates.items()):
        style = look(row)
        if not isfinite(estimate.mean):
            ax.text(0.5, row, "not defined", transform=ax.get_yaxis_transform(), ha="center", va="center",
                    fontsize=7.5, color=MUTED)  # fmt: skip
            continue
        values = [value * factor for value in comparison.values(design, line.headline.kpi)]
        ax.plot(values, [row + 0.27] * len(values), "|", color=style.color, alpha=0.45, markersize=4, zorder=2)
        if isfinite(estimate.low):
            ax.plot(
                [estimate.low * factor, estimate.high * factor],
                [row, row],
                color=style.color,
                linewidth=1.8,
                solid_capstyle="butt",
                zorder=3,
            )
        filled = row == 0 or bool(line.verdict(design))
        ax.plot(
            [estimate.mean * factor],
            [row],
            marker=style.marker,
            markersize=6.5,
            color=style.color,
            markerfacecolor=style.color if filled else "white",
            markeredgewidth=1.3,
            linestyle="none",
            zorder=4,
        )
    ax.set_ylim(len(line.estimates) - 0.4, -0.6)
    ax.set_yticks(range(len(line.estimates)), [short(d) for d in line.estimates] if names else [])
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.margins(x=0.12)
    low, high = ax.get_xlim()
    missing = LEAST_SPAN * max(abs(low), abs(high)) - (high - low)
    if missing > 0.0:
        ax.set_xlim(low - missing / 2, high + missing / 2)
    ax.locator_params(axis="x", nbins=4)
    ax.xaxis.set_major_formatter(lambda value, _position: f"{value:,.10g}")
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(line.title, fontsize=9)
    ax.set_xlabel(
        "    ".join(text for text in (line.scale.unit, ARROWS[line.headline.better]) if text),
        fontsize=7.5,
        color=MUTED,
    )
    ax.tick_params(axis="x", labelsize=7.5)
