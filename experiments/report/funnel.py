"""Picture: what becomes of a thousand needs, and why those that are not won are lost, designs side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Comparison, Estimate
from experiments.report.derived import derived
from experiments.report.drawing import Drawing, draw, legend_name
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

NEEDS = "throughput.needs_per_week"
BEGUN = "throughput.opportunity.begins_per_week"
OUTCOME = re.compile(r"throughput\.opportunity\.end\.(?P<name>\w+)_share")
WON, OPEN = "won", "open"
PER = 1000.0
LABELS = {
    WON: "Won",
    "unanswered": "gave up unanswered",
    "unqualified": "not qualified",
    "no_decision": "no decision",
    "lost_to_incumbent": "lost to the incumbent",
    "lost_to_rival": "lost to a rival",
    "void": "account left",
    OPEN: "still open at the end",
}
"""Words for the outcomes, in the order in which they come about; one that has none is called by its name."""
CAPTION = (
    "Of 1,000 needs of prospects that arose in the window, by design: those that became opportunities, whatever "
    "their origin (the others never reached the company or met an account that was not free); those won; and "
    "opportunities that were lost, by reason, or are still open at the end. Bars: means over replications; lines: "
    "intervals. Mind that each panel has its own scale. Who is not yet through counts as open, so that a slow design "
    "looks less lost than it is."
)


@dataclass(frozen=True)
class _Bars:
    """One group of bars: a label, and a number per thousand needs for each design."""

    label: str
    estimates: list[Estimate]


def funnel(comparison: Comparison) -> Drawing | None:
    """Draw what becomes of a thousand needs.

    Parameters
    ----------
    comparison : Comparison
        The answer; reads ``throughput.needs_per_week``, ``throughput.opportunity.begins_per_week`` and
        ``throughput.opportunity.end.*_share``.

    Returns
    -------
    Drawing or None
        None if there are no needs, or nothing is known of what became of them.
    """
    begun = _Bars("Became opportunities", [_per_1000(comparison, design, BEGUN) for design in comparison.designs])
    won, lost = _ends(comparison, WON), [_ends(comparison, name) for name in _reasons(comparison)]
    lost = [bars for bars in lost if any(estimate.mean > 0.0 for estimate in bars.estimates)]
    if not _known(begun) or not lost:
        return None
    designs, few = len(comparison.designs), [bars for bars in (begun, won) if _known(bars)]

    def paint(figure: Figure) -> None:
        left, right = figure.add_gridspec(1, 2, width_ratios=(1.0, 1.7))
        for spot, bars in zip(left.subgridspec(len(few), 1), few, strict=True):
            _panel(figure.add_subplot(spot), comparison, bars.label, [bars])
        ax = figure.add_subplot(right)
        _panel(ax, comparison, "Lost, and why", lost)
        handles, labels = ax.get_legend_handles_labels()
        once = dict(zip(labels, handles, strict=True))
        figure.legend(once.values(), once.keys(), loc="outside upper left", ncols=3, markerscale=1.2)

    height = 1.2 + 0.2 * ceil(designs / 3) + len(lost) * (0.22 + 0.17 * designs)
    size_in = (10.5, max(3.4, height))
    return draw("funnel", "What becomes of 1,000 needs", CAPTION, comparison.footer, size_in, paint)


def _reasons(comparison: Comparison) -> list[str]:
    """Give the outcomes but the won, in the order in which they come about; what is still open last."""
    names = [match["name"] for kpi in comparison.kpis if (match := OUTCOME.fullmatch(kpi))]
    known = list(LABELS)
    place = {name: known.index(name) if name in known else len(known) for name in names}
    return sorted((name for name in names if name != WON), key=lambda name: (name == OPEN, place[name]))


def _known(bars: _Bars) -> bool:
    return any(isfinite(estimate.mean) for estimate in bars.estimates)


def _per_1000(comparison: Comparison, design: str, kpi: str) -> Estimate:
    return derived(comparison, design, [kpi, NEEDS], lambda some, needs: PER * some / needs)


def _ends(comparison: Comparison, name: str) -> _Bars:
    """Give what ended so of a thousand needs: of the opportunities that began, the share that did."""
    kpis = [f"throughput.opportunity.end.{name}_share", BEGUN, NEEDS]
    return _Bars(
        LABELS.get(name, name.replace("_", " ")),
        [
            derived(comparison, design, kpis, lambda share, begun, needs: PER * share * begun / needs)
            for design in comparison.designs
        ],
    )


def _panel(ax: Axes, comparison: Comparison, title: str, groups: Sequence[_Bars]) -> None:
    designs = len(comparison.designs)
    step = 0.8 / designs
    bounds = [x for bars in groups for e in bars.estimates for x in (e.mean, e.high) if isfinite(x)]
    longest = max([*bounds, 1e-9])
    for place, bars in enumerate(groups):
        for i, estimate in enumerate(bars.estimates):
            _bar(ax, place + (i - (designs - 1) / 2) * step, step, i, estimate, longest, comparison.designs[i])
    ax.set_yticks(range(len(groups)), [bars.label for bars in groups] if len(groups) > 1 else [""])
    ax.tick_params(axis="y", length=0)
    ax.set_ylim(len(groups) - 0.45, -0.55)
    ax.set_xlim(0, 1.32 * longest)
    ax.spines["left"].set_color(INK)
    ax.locator_params(axis="x", nbins=4)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(title)
    ax.set_xlabel("of 1,000 needs")
    ax.tick_params(axis="x", labelsize=7.5)


def _bar(ax: Axes, y: float, step: float, index: int, found: Estimate, longest: float, design: str) -> None:
    style, label = look(index), legend_name(design)
    if not isfinite(found.mean):
        ax.text(0.01 * longest, y, "not defined", va="center", fontsize=6.5, color=MUTED)
        ax.plot([], [], style.marker, color=style.color, label=label)
        return
    ax.barh(y, found.mean, height=0.82 * step, color=style.color, alpha=0.35, edgecolor=style.color, linewidth=0.8)
    if isfinite(found.low):
        ax.plot([found.low, found.high], [y, y], color=style.color, linewidth=1.4, solid_capstyle="butt", zorder=3)
    ax.plot([found.mean], [y], style.marker, color=style.color, markersize=4.5, zorder=4, label=label)
    end = max(x for x in (found.mean, found.high) if isfinite(x))
    ax.text(end + 0.02 * longest, y, f"{found.mean:.3g}", va="center", fontsize=6.5)
