"""Picture: how long customers wait, and what for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from math import ceil, isfinite
from typing import TYPE_CHECKING, Any

from experiments.report.comparison import Comparison, Estimate
from experiments.report.derived import derived
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.line import UNSTEADY
from experiments.report.palette import HAIRLINE, INK, PARTS, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WITHOUT = re.compile(r"flow\.opportunity\.(?P<stage>answer|proposal)\.without\.(?P<hours>\d+(\.\d+)?)h")
SPLIT = "flow.opportunity.split."
STAGES = {
    "answer": ("Still without an answer", "since the need (log scale)", "% of inquiries"),
    "proposal": ("Still without a proposal", "since it was asked for (log scale)", "% of those who asked for one"),
}
"""Title and axes; the clock of a proposal starts when the customer asks for it."""

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
    "Curves: share of all inquiries still without a substantive answer so long after the need, and of all who asked "
    "for a proposal still without one so long after asking; the band is the interval over replications. A curve that "
    "levels off shows those that never get one; it ends where cases cannot be followed so long in every replication. "
    "Bars: where the mean time went; lines: the intervals of the whole and, below, of the time worked on it. Off "
    "shift is waiting, or work begun, while the person or role in charge is not at work; the customer's own time is "
    "not ours. A dagger marks what has no steady state in the window under some design."
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
        # A mean over fewer replications is one of other replications, and would look like a jump.
        most = max((estimate.n for _, estimate in found), default=0)
        found = [(hours, estimate) for hours, estimate in found if estimate.n == most]
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
    title, since, of = STAGES[stage]
    ax.set_title(_marked(comparison, title, [kpi for _, kpi in points]))
    ax.set_xlabel(since)
    ax.set_ylabel(of)


def _bars(ax: Axes, comparison: Comparison, parts: Sequence[str]) -> None:
    ends: list[float] = []
    texts: list[str] = []
    for row, design in enumerate(comparison.designs):
        left = 0.0
        days = {name: comparison.estimate(design, SPLIT + name).mean / 24.0 for name in ("touch_h", *parts)}
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
        kpis = [SPLIT + name for name in parts if days[name] > 0.0]
        whole = derived(comparison, design, kpis, lambda *hours: sum(hours) / 24.0) if kpis else Estimate()
        touch = comparison.estimate(design, f"{SPLIT}touch_h")
        _interval(ax, row, whole)
        _interval(ax, row + 0.38, Estimate(touch.mean / 24.0, touch.low / 24.0, touch.high / 24.0, touch.n))
        ends.append(max([left, *(x for x in (whole.high,) if isfinite(x))]))
        texts.append(f"{left:.3g} d\n{100 * max(days['touch_h'], 0.0) / left:.2g} % touch" if left else "not defined")
    longest = max(ends)
    for row, (end, text) in enumerate(zip(ends, texts, strict=True)):
        ax.text(end + 0.02 * longest, row, text, va="center", fontsize=7.5)
    ax.set_yticks(range(len(comparison.designs)), [short(design) for design in comparison.designs])
    ax.set_ylim(len(comparison.designs) - 0.4, -0.6)
    ax.set_xlim(0, 1.28 * longest)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(_marked(comparison, "Where the time went", [SPLIT + name for name in parts]))
    ax.set_xlabel("mean days per inquiry")


def _interval(ax: Axes, y: float, found: Estimate) -> None:
    if isfinite(found.low):
        ax.plot([found.low, found.high], [y, y], "|-", color=INK, linewidth=1.1, markersize=5, zorder=4)


def _part_handles(ax: Axes, parts: Sequence[str]) -> tuple[list[Any], list[str]]:
    """Give the legend of the parts in the order they are stacked, each once."""
    drawn = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    labels = [PARTS[name].label for name in parts if PARTS[name].label in drawn]
    return [drawn[label] for label in labels], labels
