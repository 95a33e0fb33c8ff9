"""Picture: how long customers wait, and what for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from experiments.report.comparison import Comparison
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.line import UNSTEADY
from experiments.report.palette import HAIRLINE, PARTS, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WITHOUT = re.compile(r"flow\.opportunity\.(?P<stage>answer|proposal)\.without\.(?P<hours>\d+(\.\d+)?)h")
SPLIT = "flow.opportunity.split."
STAGES = {"answer": "Still without an answer", "proposal": "Still without a proposal"}

TICKS = (
    (1 / 60, "1 min"),
    (1 / 6, "10 min"),
    (1.0, "1 h"),
    (6.0, "6 h"),
    (24.0, "1 d"),
    (168.0, "1 wk"),
    (672.0, "4 wk"),
    (3360.0, "20 wk"),
    (17472.0, "2 y"),
)
"""Hours and their names, far enough apart on a log axis."""
MARKED = 12
"""At most so many points of a curve carry its marker."""

CAPTION = (
    "Curves: share of all inquiries that, so long after the need, still had no substantive answer or no "
    "proposal; the band is the interval over replications. A curve that levels off shows those that never "
    "get one. Bars: where the mean time went. Off shift is waiting, or work begun, while the person or role "
    "in charge is not at work; the customer's own time is not ours. A dagger marks what has no steady state in the "
    "window under some design."
)


def curve(comparison: Comparison, stage: str) -> list[tuple[float, str]]:
    """Give the hours at which a stage is known, ascending and above zero, and their KPIs."""
    matches = ((WITHOUT.fullmatch(kpi), kpi) for kpi in comparison.kpis)
    points = [(float(m["hours"]), kpi) for m, kpi in matches if m is not None and m["stage"] == stage]
    return sorted(
        (hours, kpi)
        for hours, kpi in points
        if hours > 0.0 and any(isfinite(comparison.estimate(d, kpi).mean) for d in comparison.designs)
    )


def lead_time(comparison: Comparison) -> Drawing | None:
    """Draw lead-time curves by design and, beside them, the split of the time.

    Parameters
    ----------
    comparison : Comparison
        The answer; reads ``flow.opportunity.answer.without.<hours>h``, the same of ``proposal``, and
        ``flow.opportunity.split.*_h``.

    Returns
    -------
    Drawing or None
        None if there is neither a curve nor a split to draw.
    """
    curves = {stage: points for stage in STAGES if len(points := curve(comparison, stage)) > 1}
    parts = [
        name
        for name in PARTS
        if any(comparison.estimate(design, SPLIT + name).mean > 0.0 for design in comparison.designs)
    ]
    panels = len(curves) + bool(parts)
    if not panels:
        return None

    def paint(figure: Figure) -> None:
        axes = figure.subplots(1, panels, squeeze=False)[0]
        for ax, (stage, points) in zip(axes, curves.items(), strict=False):
            _curves(ax, comparison, stage, points)
        if parts:
            _bars(axes[-1], comparison, parts)
        if curves:
            handles, labels = axes[0].get_legend_handles_labels()
            beside = 2 if panels > 2 else 1
            figure.legend(handles, labels, loc="outside upper left", ncols=beside, handlelength=4)
        if parts:
            handles, labels = _part_handles(axes[-1], parts)
            figure.legend(handles, labels, loc="outside upper right", ncols=3 if panels > 2 else 2, fontsize=8)

    rows = len(comparison.designs)
    height = max(3.9, 2.2 + 0.44 * rows)
    return draw(
        "lead_time",
        "How long customers wait, and what for",
        CAPTION,
        comparison.footer,
        (4.1 * panels + 0.4, height),
        paint,
    )


def _marked(comparison: Comparison, title: str, kpis: Sequence[str]) -> str:
    """Give the title, with a mark if any of these lead times has no steady state under any design."""
    return f"{title} {UNSTEADY}" if any(comparison.unsteady(kpi) for kpi in kpis) else title


def _curves(ax: Axes, comparison: Comparison, stage: str, points: Sequence[tuple[float, str]]) -> None:
    for index, design in enumerate(comparison.designs):
        style = look(index)
        found = [(hours, comparison.estimate(design, kpi)) for hours, kpi in points]
        found = [(hours, estimate) for hours, estimate in found if isfinite(estimate.mean)]
        if not found:
            continue
        x = [hours for hours, _ in found]
        ax.fill_between(
            x,
            [100 * estimate.low for _, estimate in found],
            [100 * estimate.high for _, estimate in found],
            color=style.color,
            alpha=0.16,
            linewidth=0,
        )
        ax.plot(
            x,
            [100 * estimate.mean for _, estimate in found],
            color=style.color,
            linestyle=style.dash,
            marker=style.marker,
            markersize=4,
            markevery=ceil(len(found) / MARKED),
            linewidth=1.5,
            label=legend_name(design),
        )
    low, high = points[0][0], points[-1][0]
    ax.set_xscale("log")
    ax.set_xlim(low / 1.15, high * 1.15)
    ax.set_ylim(0, 102)
    ticks = [(hours, label) for hours, label in TICKS if low <= hours <= high]
    ax.set_xticks([hours for hours, _ in ticks], [label for _, label in ticks])
    ax.minorticks_off()
    ax.grid(color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(_marked(comparison, STAGES[stage], [kpi for _, kpi in points]))
    ax.set_xlabel("since the need (log scale)")
    ax.set_ylabel("% of inquiries")


def _bars(ax: Axes, comparison: Comparison, parts: Sequence[str]) -> None:
    totals, touched = [], []
    for row, design in enumerate(comparison.designs):
        left = 0.0
        days = {name: comparison.estimate(design, SPLIT + name).mean / 24.0 for name in parts}
        for name in parts:
            if days[name] > 0.0:
                part = PARTS[name]
                ax.barh(
                    row,
                    days[name],
                    left=left,
                    height=0.62,
                    color=part.fill,
                    hatch=part.hatch,
                    edgecolor="#4a4a4a",
                    linewidth=0.6,
                    label=part.label,
                )
                left += days[name]
        totals.append(left)
        touched.append(days.get("touch_h", 0.0))
    longest = max(totals)
    for row, total in enumerate(totals):
        text = f"{total:.3g} d\n{100 * touched[row] / total:.2g} % touch" if total else "not defined"
        ax.text(total + 0.02 * longest, row, text, va="center", fontsize=7.5)
    ax.set_yticks(range(len(comparison.designs)), [short(design) for design in comparison.designs])
    ax.set_ylim(len(comparison.designs) - 0.4, -0.6)
    ax.set_xlim(0, 1.28 * longest)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(_marked(comparison, "Where the time went", [SPLIT + name for name in parts]))
    ax.set_xlabel("mean days per inquiry")


def _part_handles(ax: Axes, parts: Sequence[str]) -> tuple[list[Any], list[str]]:
    """Give the legend of the parts in the order they are stacked, each once."""
    drawn = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    labels = [PARTS[name].label for name in parts if PARTS[name].label in drawn]
    return [drawn[label] for label in labels], labels
