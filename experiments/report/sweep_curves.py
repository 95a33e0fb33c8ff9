"""Picture: measures against one swept factor, a line for each design."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite, nan
from typing import TYPE_CHECKING, Any

from experiments.report.amount import amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.palette import HAIRLINE, MUTED, look
from experiments.report.whisker import check_estimate, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLUMNS = 3
LOG_FROM = 30.0
"""Positive values that span so many times themselves are drawn on a log scale."""
CAPTION = (
    "Points: means at the values that were run; lines between them only guide the eye. Bands and bars: intervals of "
    "each mean by itself; designs met the same customers, so that bands that overlap may still differ. The factor "
    "alone moves, all else stays as it is; beyond the values run nothing is said. A gap is a value without result."
)


@dataclass(frozen=True)
class SweepLine:
    """One design, or one level of another factor.

    Attributes
    ----------
    name : str
        As shown.
    points : sequence of Estimate
        One per value of the factor.
    """

    name: str
    points: Sequence[Estimate]


@dataclass(frozen=True)
class SweepPanel:
    """One measure.

    Attributes
    ----------
    measure, unit : str
        What is measured.
    lines : sequence of SweepLine
        In the order that fixes color, the same in all panels.
    """

    measure: str
    unit: str
    lines: Sequence[SweepLine]


@dataclass(frozen=True)
class Sweep:
    """Measures against one factor.

    Attributes
    ----------
    factor, unit : str
        What is swept.
    values : sequence of float, or of str
        Ascending numbers, or different names.
    panels : sequence of SweepPanel
        In the order shown.
    base : float
        The value that the base firm has; nan if none is to be marked.

    Raises
    ------
    ValueError
        If values do not ascend or come twice, panels have different lines, a line has another number of points, or
        bounds are in the wrong order.
    """

    factor: str
    unit: str
    values: Sequence[float] | Sequence[str]
    panels: Sequence[SweepPanel]
    base: float = nan

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        values: list[Any] = list(self.values)
        if any(isinstance(value, str) for value in values):
            if len(set(values)) != len(values) or not all(isinstance(value, str) for value in values):
                raise ValueError(f"values of {self.factor!r} must be different names, got {values}")
        elif any(not b > a for a, b in pairwise(values)):
            raise ValueError(f"values of {self.factor!r} must ascend, got {values}")
        if len({tuple(line.name for line in panel.lines) for panel in self.panels}) > 1:
            names = [[line.name for line in panel.lines] for panel in self.panels]
            raise ValueError(f"panels must have the same lines, since they share colors, got {names}")
        for panel in self.panels:
            for line in panel.lines:
                if len(line.points) != len(values):
                    raise ValueError(
                        f"{panel.measure} of {line.name!r} must have {len(values)} points, got {len(line.points)}"
                    )
                for value, point in zip(values, line.points, strict=True):
                    check_estimate(f"{panel.measure} of {line.name!r} at {value}", point)

    @property
    def of_names(self) -> bool:
        """Whether the factor has names for values."""
        return any(isinstance(value, str) for value in self.values)

    @property
    def on_log_scale(self) -> bool:
        """Whether the factor is drawn on a log scale."""
        numbers = [value for value in self.values if not isinstance(value, str)]
        return len(numbers) > 2 and numbers[0] > 0.0 and numbers[-1] / numbers[0] >= LOG_FROM


def drawn(sweep: Sweep) -> list[SweepPanel]:
    """Give the panels that have anything to show."""
    return [p for p in sweep.panels if any(isfinite(point.mean) for line in p.lines for point in line.points)]


def sweep_curves(sweep: Sweep, footer: str, name: str = "sweep_curves") -> Drawing | None:
    """Draw measures against one factor, one panel each.

    Parameters
    ----------
    sweep : Sweep
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no panel has a mean.
    """
    panels = drawn(sweep)
    if not panels:
        return None
    columns = min(COLUMNS, len(panels))
    rows = ceil(len(panels) / columns)
    lines = max(len(panel.lines) for panel in panels)

    def paint(figure: Figure) -> None:
        axes = figure.subplots(rows, columns, squeeze=False)
        for place, ax in enumerate(axes.flat):
            if place >= len(panels):
                ax.set_axis_off()
            elif sweep.of_names:
                _dots(ax, sweep, panels[place], names=place % columns == 0)
            else:
                _curves(ax, sweep, panels[place], named=place + columns >= len(panels))
        handles, labels = axes.flat[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", ncols=min(3, columns + 1), handlelength=4, fontsize=8)

    legend = 0.25 * ceil((lines + 1) / min(3, columns + 1))
    height = 0.9 + len(sweep.values) * max(0.3, 0.16 * lines) if sweep.of_names else 2.9 if rows > 1 else 3.4
    width = (3.4 * columns + 1.4) if columns > 1 else 6.6
    return draw(
        name, f"What {short(sweep.factor)} changes", CAPTION, footer, (width, rows * height + legend + 0.5), paint
    )


def _curves(ax: Axes, sweep: Sweep, panel: SweepPanel, named: bool) -> None:
    x = [float(value) for value in sweep.values]
    for index, line in enumerate(panel.lines):
        style = look(index)
        ax.fill_between(x, [p.low for p in line.points], [p.high for p in line.points], color=style.color, alpha=0.14,
                        linewidth=0, zorder=2)  # fmt: skip
        ax.plot(x, [p.mean for p in line.points], color=style.color, linestyle=style.dash, marker=style.marker,
                markersize=5, linewidth=1.5, zorder=3, label=legend_name(line.name))  # fmt: skip
        for k, point in enumerate(line.points):
            # A band needs two neighbors; a point alone has its interval as a line.
            if not any(isfinite(line.points[n].low) for n in (k - 1, k + 1) if 0 <= n < len(x)):
                whisker(ax, point, x[k], upright=True, color=style.color)
    if isfinite(sweep.base):
        ax.axvline(sweep.base, color=MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1, label="base firm")
    factor = amount_of(sweep.unit, x)
    if sweep.on_log_scale:
        ax.set_xscale("log")
        ax.set_xticks(*_log_ticks(x, factor.tick))
        ax.minorticks_off()
    else:
        ax.locator_params(axis="x", nbins=6)
        ax.xaxis.set_major_formatter(factor.tick)
    amount = amount_of(panel.unit, [v for line in panel.lines for point in line.points for v in known(point)])
    ax.margins(x=0.04, y=0.1)
    ax.yaxis.set_major_formatter(amount.tick)
    ax.locator_params(axis="y", nbins=6)
    ax.grid(color=HAIRLINE, linewidth=0.6)
    ax.set_title(short(panel.measure, 40), fontsize=9)
    ax.set_ylabel(amount.unit, fontsize=8)
    scale = " (log scale)" if sweep.on_log_scale else ""
    ax.set_xlabel(factor.label(short(sweep.factor, 34)) + scale if named else "", fontsize=8)
    ax.tick_params(labelsize=8)
    ax.set_axisbelow(True)


def _log_ticks(x: Sequence[float], written: Callable[[float], str]) -> tuple[list[float], list[str]]:
    """Give the values run as ticks, those left out that would lie within an eighth of the axis of the one before."""
    chosen = [x[0]]
    for value in x[1:]:
        if value / chosen[-1] >= (x[-1] / x[0]) ** 0.125:
            chosen.append(value)
    return chosen, [written(value) for value in chosen]


def _dots(ax: Axes, sweep: Sweep, panel: SweepPanel, names: bool) -> None:
    count = len(panel.lines)
    for index, line in enumerate(panel.lines):
        style = look(index)
        rows = [row + 0.7 * ((index + 0.5) / count - 0.5) for row in range(len(sweep.values))]
        for row, point in zip(rows, line.points, strict=True):
            whisker(ax, point, row, color=style.color, width=1.8)
        ax.plot([p.mean for p in line.points], rows, color=style.color, marker=style.marker, markersize=5.5,
                linestyle="none", zorder=5, label=legend_name(line.name))  # fmt: skip
    amount = amount_of(panel.unit, [v for line in panel.lines for point in line.points for v in known(point)])
    ax.set_yticks(range(len(sweep.values)), [short(str(value)) for value in sweep.values] if names else [])
    ax.set_ylim(len(sweep.values) - 0.4, -0.6)
    for row in range(len(sweep.values) - 1):
        ax.axhline(row + 0.5, color=HAIRLINE, linewidth=0.6, zorder=0)
    ax.margins(x=0.1)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.locator_params(axis="x", nbins=5)
    ax.xaxis.set_major_formatter(amount.tick)
    ax.set_title(short(panel.measure, 40), fontsize=9)
    ax.set_xlabel(amount.unit, fontsize=8)
    if names:
        ax.set_ylabel(short(sweep.factor, 30), fontsize=8)
    ax.tick_params(labelsize=8)
