"""Picture: how differently people who sell fare, how bookings vary, and which accounts go with whoever leaves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Comparison, Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.headline import selling_role
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

OBSERVED_EXCESS = 0.93
"""Spread of deals won between 22 closers, beyond chance: sqrt(variance - mean) / mean of the number each won.

Computed from 529 real deals that a marketplace's closers won (1 to 88 each, mean 24.0, variance 524); they differ in
how long they were there as well.
"""
BY_CHANCE = 1.0
AT_RISK = (0.2, 0.8)
"""Published: 20 to 80 % of a leaver's business is at risk, Colletti-Fiss."""
VARIANCE = "throughput.bookings.variance_over_chance"
LOST, TIES = ".share_of_own_accounts_lost", ".tie_share_of_own_accounts"
CAPTION = (
    "Means over replications with intervals; pale ticks: the replications. Upper left: coefficient of variation of "
    "orders booked between the people who sell, less what chance alone gives equal people (never below 0, so a "
    "little high where they are nearly equal). Dashed: the same of deals won by 22 closers of a marketplace (529 "
    "real deals), who differ in how long they were there as well. Lower left: variance over mean of weekly bookings, "
    "as a multiple of what orders of the same sizes coming by pure chance would give, which is 1 (dashed). Right: of "
    "accounts of which a leaver held a quarter of the ties or more, filled: the share that left at that instant; "
    "hollow: the mean share of the ties that was the leaver's, the business at risk, with the published 20 to 80 % "
    "as a band (Colletti-Fiss). Few people leave in a short run, so that these are defined in some replications "
    "only; accounts that stay with whoever stays are not in it."
)


@dataclass(frozen=True)
class _Dot:
    """A number of a design at a row of a panel."""

    row: float
    design: str
    kpi: str
    filled: bool = True


def people(comparison: Comparison) -> Drawing | None:
    """Draw how people fare.

    Parameters
    ----------
    comparison : Comparison
        The answer; reads ``people.ROLE.spread.orders_excess`` of the selling role,
        ``throughput.bookings.variance_over_chance``, and ``people.ROLE.share_of_own_accounts_lost`` and
        ``.tie_share_of_own_accounts`` of all roles.

    Returns
    -------
    Drawing or None
        None if none of these is defined.
    """
    role = selling_role(comparison)
    excess, designs = f"people.{role}.spread.orders_excess", len(comparison.designs)
    leavers = _leavers(comparison)
    observed, chance = (OBSERVED_EXCESS, "observed"), (BY_CHANCE, "chance")
    left: list[Callable[[Axes], None]] = []
    if _known(comparison, excess):
        left.append(lambda ax: _by_design(ax, comparison, excess, observed, _spread_title(role), "beyond chance"))
    if _known(comparison, VARIANCE):
        title = "Weekly bookings: how much they vary"
        left.append(lambda ax: _by_design(ax, comparison, VARIANCE, chance, title, "times chance alone"))
    if not left and not leavers:
        return None
    columns = bool(left) + bool(leavers)

    def paint(figure: Figure) -> None:
        outer = figure.add_gridspec(1, columns)
        if left:
            for spot, panel in zip(outer[0].subgridspec(len(left), 1), left, strict=True):
                panel(figure.add_subplot(spot))
        if leavers:
            _departures(figure.add_subplot(outer[columns - 1]), comparison, leavers)

    rows = sum(map(len, leavers.values())) + len(leavers)
    height = max(len(left) * (0.95 + 0.26 * designs), 1.1 + 0.27 * rows) + 0.4
    return draw(
        "people", "How people fare, and who goes with them", CAPTION, comparison.footer, (5.6 * columns, height), paint
    )


def _spread_title(role: str) -> str:
    return f"Spread between people: {short(role.replace('_', ' '))}"


def _known(comparison: Comparison, kpi: str) -> bool:
    return any(isfinite(comparison.estimate(design, kpi).mean) for design in comparison.designs)


def _leavers(comparison: Comparison) -> dict[str, list[str]]:
    """Give the designs under which somebody with accounts of their own left, by role."""
    roles = [kpi.removeprefix("people.").removesuffix(LOST) for kpi in comparison.kpis if kpi.endswith(LOST)]
    found = {
        role: [d for d in comparison.designs if isfinite(comparison.estimate(d, f"people.{role}{LOST}").mean)]
        for role in roles
    }
    return {role: designs for role, designs in found.items() if designs}


def _by_design(ax: Axes, comparison: Comparison, kpi: str, line: tuple[float, str], title: str, unit: str) -> None:
    at, what = line
    ax.axvline(at, color=MUTED, linewidth=1.0, linestyle=(0, (4, 2)), zorder=1)
    ax.annotate(what, (at, 1.0), (3, -2), xycoords=ax.get_xaxis_transform(), textcoords="offset points", va="top",
                ha="left", fontsize=7, color=MUTED)  # fmt: skip
    _dots(ax, comparison, [_Dot(row, design, kpi) for row, design in enumerate(comparison.designs)], 1.0)
    ax.set_ylim(len(comparison.designs) - 0.4, -0.6)
    ax.set_yticks(range(len(comparison.designs)), [short(design) for design in comparison.designs])
    ax.set_xlim(min(0.0, ax.get_xlim()[0]))
    ax.set_title(title)
    ax.set_xlabel(unit, fontsize=7.5, color=MUTED)


def _departures(ax: Axes, comparison: Comparison, leavers: dict[str, list[str]]) -> None:
    ax.axvspan(100 * AT_RISK[0], 100 * AT_RISK[1], color=HAIRLINE, alpha=0.45, linewidth=0, zorder=0)
    dots, ticks, row = [], [], 0
    for role, designs in leavers.items():
        ax.text(0.0, row, short(role.replace("_", " "), 34), transform=ax.get_yaxis_transform(), fontsize=8,
                fontweight="bold", va="center", color=INK)  # fmt: skip
        for design in designs:
            row += 1
            ticks.append((row, short(design)))
            dots += [
                _Dot(row - 0.16, design, f"people.{role}{LOST}"),
                _Dot(row + 0.16, design, f"people.{role}{TIES}", filled=False),
            ]
        row += 1
    _dots(ax, comparison, dots, 100.0)
    ax.set_xlim(-3, 103)
    ax.set_ylim(row - 0.4, -0.7)
    ax.set_yticks([row for row, _ in ticks], [name for _, name in ticks])
    ax.set_title("Accounts of those who leave")
    ax.set_xlabel("%   filled: left at that instant   hollow: ties at risk", fontsize=7.5, color=MUTED)


def _dots(ax: Axes, comparison: Comparison, dots: Sequence[_Dot], factor: float) -> None:
    designs = list(comparison.designs)
    for dot in dots:
        found, style = comparison.estimate(dot.design, dot.kpi), look(designs.index(dot.design))
        if not isfinite(found.mean):
            ax.text(0.5, dot.row, "not defined", transform=ax.get_yaxis_transform(), ha="center", va="center",
                    fontsize=7.5, color=MUTED)  # fmt: skip
            continue
        values = [value * factor for value in comparison.values(dot.design, dot.kpi)]
        ax.plot(values, [dot.row + 0.2] * len(values), "|", color=style.color, alpha=0.45, markersize=4, zorder=2)
        _mark(ax, dot, found, factor, style.color, style.marker)
    ax.tick_params(axis="y", length=0)
    ax.tick_params(axis="x", labelsize=7.5)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)


def _mark(ax: Axes, dot: _Dot, found: Estimate, factor: float, color: str, marker: str) -> None:
    if isfinite(found.low):
        ends = [found.low * factor, found.high * factor]
        ax.plot(ends, [dot.row] * 2, color=color, linewidth=1.8, solid_capstyle="butt", zorder=3)
    face = color if dot.filled else "white"
    ax.plot([found.mean * factor], [dot.row], marker, color=color, markersize=6, markerfacecolor=face,
            markeredgewidth=1.3, zorder=4)  # fmt: skip
