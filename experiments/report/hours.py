"""Picture: where the hours go, one stacked bar per role and design."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Comparison, Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.full_time import HOURS_OF_A_HEAD, FullTime, full_time
from experiments.report.headline import selling_role
from experiments.report.kind import Kind, place_of
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Published:
    """A published share of the hours salespeople work.

    Attributes
    ----------
    kind : str
        Kind of activity it is about.
    low, high : float
        Range; equal for a single figure.
    source : str
        Where it is from.
    """

    kind: str
    low: float
    high: float
    source: str


WITH_CUSTOMERS = Published(
    "with customers",
    0.22,
    0.41,
    "22 %: Pace Productivity 2018; 38 % of 1,502 salespeople in manufacturing and distribution: Industrial Performance "
    "Group 2006; 41 %: CSO Insights 2011",
)
"""Selling, as salespeople count it: held against all work with the customer present, over hours worked."""
OF_ONE_KIND = (
    Published("prospecting", 0.08, 0.10, "8 to 10 %: Industrial Performance Group 2006"),
    Published("transaction", 0.12, 0.12, "order processing 12 %: Pace Productivity 2018"),
    Published("administration", 0.23, 0.23, "administration 23 %: Pace Productivity 2018"),
)
WHOLE_JOB = ("persuasion", *(published.kind for published in OF_ONE_KIND))
LEAST = 0.01
"""The published shares are of salespeople who do all of it: held against roles with at least this share of each."""
BROAD = "selling.broad_of_worked"

COLUMN_FROM = 28
"""With more bars than so many there are two columns of panels."""
WIDE_ENOUGH = 0.045
"""A part this wide, as a share of its panel, has sign and percent in it; its sign alone from .4 of that on."""


def hours(comparison: Comparison) -> Drawing | None:
    """Draw the paid hours of every role by kind of activity, in full-time equivalents.

    Parameters
    ----------
    comparison : Comparison
        The answer; reads ``people.ROLE.share.KIND``, ``.rostered_h_per_year``, ``.busy_h_per_year`` and
        ``.selling.broad_of_worked``.

    Returns
    -------
    Drawing or None
        None if no role has paid hours.
    """
    roles = full_time(comparison)
    if not roles:
        return None
    bars = sum(map(len, roles.values()))
    columns = 2 if bars > COLUMN_FROM and len(roles) > 1 else 1
    split = [list(roles)[i::columns] for i in range(columns)]
    heights = [sum(_height(len(roles[role])) for role in column) for column in split]
    kinds = sorted({kind for found in roles.values() for one in found for kind, _ in one.parts}, key=place_of)
    legend_rows = ceil(len(kinds) / (4 * columns + 2))

    def paint(figure: Figure) -> None:
        outer = figure.add_gridspec(1, columns)
        for i, column in enumerate(split):
            ratios = [_height(len(roles[role])) for role in column]
            spare = max(heights) - heights[i]
            inner = outer[i].subgridspec(len(column) + (spare > 0.1), 1, height_ratios=ratios + [spare] * (spare > 0.1))
            for row, role in enumerate(column):
                _panel(figure.add_subplot(inner[row]), comparison, role, roles[role])
        from matplotlib.patches import Patch

        handles = [
            Patch(facecolor=k.fill, hatch=k.hatch, edgecolor=INK, linewidth=0.6, label=f"{k.sign}  {k.label}")
            for k in kinds
        ]
        figure.legend(handles=handles, loc="outside upper left", ncols=4 * columns + 2, fontsize=8, handlelength=2.2)

    height = max(heights) + 0.3 * legend_rows + 0.5
    return draw(
        "hours", "Where the hours go", _caption(comparison, roles), comparison.footer, (9.0 * columns, height), paint
    )


def _height(bars: int) -> float:
    return 0.42 * bars + 0.72


def _caption(comparison: Comparison, roles: dict[str, list[FullTime]]) -> str:
    text = (
        f"Paid hours by kind of activity, as full-time equivalents of {HOURS_OF_A_HEAD:,.0f} h a year; absences are "
        "taken off, and every role has a scale of its own. Figures in the bars: percent of the bar. Line below a "
        "bar: interval of its first part; above it: of the whole; those of all parts are in the table below."
    )
    if not any(_whole_job(comparison, one) for found in roles.values() for one in found):
        return text
    sources = "; ".join(published.source for published in OF_ONE_KIND)
    return (
        f"{text} Bracket below a bar: published share of worked time with customers ({WITH_CUSTOMERS.source}), and as "
        "a diamond the simulated one. Triangles above a bar: how far a part would reach from its left edge by "
        f"published shares of worked time ({sources}). They are of salespeople who do the whole job, and no norm."
    )


def _whole_job(comparison: Comparison, one: FullTime) -> bool:
    return one.role == selling_role(comparison) and all(one.share(kind) >= LEAST for kind in WHOLE_JOB)


def _panel(ax: Axes, comparison: Comparison, role: str, found: Sequence[FullTime]) -> None:
    ends = [bound for one in found for bound in (one.paid.mean, one.paid.high) if isfinite(bound)]
    longest = max(ends)
    for row, one in enumerate(found):
        style = look(list(comparison.designs).index(one.design))
        _bar(ax, row, one, longest)
        ax.plot([-0.012], [row], style.marker, color=style.color, markersize=6, clip_on=False,
                transform=ax.get_yaxis_transform())  # fmt: skip
        if _whole_job(comparison, one):
            _published(ax, row, one, comparison.estimate(one.design, f"people.{role}.{BROAD}").mean)
    ax.set_yticks(range(len(found)), [short(one.design) for one in found])
    ax.tick_params(axis="y", length=0, pad=12)
    ax.set_ylim(len(found) - 0.35, -0.65)
    ax.set_xlim(0, 1.22 * longest)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(short(role.replace("_", " "), 40))
    ax.locator_params(axis="x", nbins=6)
    ax.tick_params(axis="x", labelsize=7.5)


def _bar(ax: Axes, row: int, one: FullTime, longest: float) -> None:
    left = 0.0
    for i, (kind, part) in enumerate(one.parts):
        ax.barh(row, part.mean, left=left, height=0.5, color=kind.fill, hatch=kind.hatch, edgecolor=INK, linewidth=0.5)
        _sign(ax, row, kind, left, part.mean, part.mean / (1.22 * longest), one.paid.mean)
        if i == 0:
            _interval(ax, row + 0.3, part)
        left += part.mean
    _interval(ax, row - 0.32, one.paid)
    text = f"{one.paid.mean:.3g}"
    if isfinite(one.paid.low):
        text += f" ({one.paid.low:.3g} to {one.paid.high:.3g})"
    end = max(x for x in (one.paid.mean, one.paid.high) if isfinite(x))
    ax.text(end + 0.012 * longest, row, text, va="center", fontsize=7.5)


def _interval(ax: Axes, y: float, found: Estimate) -> None:
    if isfinite(found.low):
        ax.plot([found.low, found.high], [y, y], "|-", color=INK, linewidth=1.1, markersize=5, zorder=4)


def _sign(ax: Axes, row: int, kind: Kind, left: float, width: float, of_panel: float, whole: float) -> None:
    if of_panel < 0.4 * WIDE_ENOUGH:
        return
    text = f"{kind.sign} {100 * width / whole:.0f}" if of_panel >= WIDE_ENOUGH else kind.sign
    box = {"facecolor": kind.fill, "edgecolor": "none", "pad": 0.8} if kind.hatch else None
    ax.text(left + width / 2, row, text, ha="center", va="center", fontsize=7, color=kind.ink, bbox=box, zorder=3)


def _published(ax: Axes, row: int, one: FullTime, broad: float) -> None:
    """Mark what is published of the hours salespeople work, where this role does all that they do."""
    y = row + 0.4
    low, high = (share * one.worked.mean for share in (WITH_CUSTOMERS.low, WITH_CUSTOMERS.high))
    ax.plot([low, high], [y, y], "|-", color=MUTED, linewidth=2.2, markersize=7, zorder=3)
    if isfinite(broad):
        ax.plot([broad * one.worked.mean], [y], "D", color=INK, markersize=4, zorder=4)
    left = 0.0
    for kind, part in one.parts:
        for published in OF_ONE_KIND:
            if published.kind == kind.name:
                ticks = [left + share * one.worked.mean for share in dict.fromkeys((published.low, published.high))]
                ax.plot(ticks, [row - 0.33] * len(ticks), "v", color=MUTED, markersize=4.5, zorder=3)
        left += part.mean
