"""Picture: which factors matter for a measure, and where, by Morris' elementary effects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.amount import amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK, MUTED
from experiments.report.pin import key, offsets, pin
from experiments.report.whisker import check_estimate, finite, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 15
PANEL_IN = 4.4
LEAST_NAMED = 0.05
"""Factors whose mean size is a smaller share of the largest are not named: their points lie on one another."""
CAPTION = (
    "Across: mean size of a factor's elementary effects, how much it matters; up: their standard deviation, how much "
    "that depends on where the other factors are. Above the dashed line, where both are equal, the effect even "
    "changes direction or size a great deal from place to place. Screening with few runs: good for telling which "
    "factors may be left out, not for ranking those that are close; intervals are shown where they were worked out. "
    "Effects are over the whole range of each factor, so that a wide range counts as much as a steep slope."
)


@dataclass(frozen=True)
class MorrisEffect:
    """Elementary effects of one factor.

    Attributes
    ----------
    factor : str
        Name.
    mu_star : Estimate
        Mean of their sizes.
    sigma : float
        Their standard deviation.

    Raises
    ------
    ValueError
        If either is negative, or bounds are in the wrong order.
    """

    factor: str
    mu_star: Estimate
    sigma: float

    def __post_init__(self) -> None:
        """Refuse what no mean of sizes can be."""
        check_estimate(f"mu_star of {self.factor!r}", self.mu_star)
        if self.mu_star.mean < 0.0 or self.sigma < 0.0:
            got = f"{self.mu_star.mean:g} and {self.sigma:g}"
            raise ValueError(f"mu_star and sigma of {self.factor!r} must not be negative, got {got}")


def morris_scatter(
    effects: Sequence[MorrisEffect],
    measure: str,
    unit: str,
    footer: str,
    most: int = MOST,
    name: str = "morris_scatter",
) -> Drawing | None:
    """Draw Morris' mean sizes against standard deviations.

    Parameters
    ----------
    effects : sequence of MorrisEffect
        In any order.
    measure, unit : str
        What the effects are on.
    footer : str
        Origin of the numbers.
    most : int
        Factors named at most.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no effect is defined.

    References
    ----------
    Morris, M. D., "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 1991,
    161-174, doi:10.1080/00401706.1991.10484804.
    Campolongo, F., Cariboni, J. and Saltelli, A., "An effective screening design for sensitivity analysis of large
    models", Environmental Modelling & Software 22(10), 2007, 1509-1518, doi:10.1016/j.envsoft.2006.10.004.
    """
    found = by_size(effects)
    if not found:
        return None
    amount = amount_of(unit, [x for one in found for x in (*known(one.mu_star), one.sigma)], difference=True)

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        right = 1.08 * max(max(known(one.mu_star)) for one in found) or 1.0
        top = 1.08 * max(one.sigma for one in found) or 1.0
        left = min([0.0, *(x for one in found for x in finite(one.mu_star.low))])
        ax.plot(
            [0.0, min(right, top)], [0.0, min(right, top)], color=MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1
        )
        for one in found:
            whisker(ax, one.mu_star, one.sigma, color=MUTED, width=1.0)
            ax.plot([one.mu_star.mean], [one.sigma], "o", color=INK, markersize=4.5, zorder=5)
        ax.set_xlim(left - 0.03 * (right - left), right)
        ax.set_ylim(-0.04 * top, top)
        named = pinned(found, most)
        _name(ax, figure, named, len(found) - len(named), left, right, top)
        ax.xaxis.set_major_formatter(amount.tick)
        ax.yaxis.set_major_formatter(amount.tick)
        ax.locator_params(nbins=6)
        ax.grid(color=HAIRLINE, linewidth=0.6)
        ax.set_axisbelow(True)
        ax.set_xlabel(amount.label("mean size of the effect (mu*)"))
        ax.set_ylabel(amount.label("standard deviation (sigma)"))
        ax.set_title(short(f"Effects on {measure}", 60))

    return draw(
        name,
        f"Which factors matter for {short(measure, 40)}",
        CAPTION,
        footer,
        (PANEL_IN + 3.8, PANEL_IN + 0.6),
        paint,
    )


def by_size(effects: Sequence[MorrisEffect]) -> list[MorrisEffect]:
    """Give the effects that are defined, largest mean size first."""
    found = [one for one in effects if isfinite(one.mu_star.mean) and isfinite(one.sigma)]
    return sorted(found, key=lambda one: -one.mu_star.mean)


def pinned(found: Sequence[MorrisEffect], most: int = MOST) -> list[MorrisEffect]:
    """Give the effects that are named: the largest, none of those that are next to nothing beside the first."""
    return [one for one in found[:most] if one.mu_star.mean >= LEAST_NAMED * found[0].mu_star.mean]


def _name(
    ax: Axes, figure: Figure, named: Sequence[MorrisEffect], more: int, left: float, right: float, top: float
) -> None:
    # The panel's size in points is known well enough before the layout is settled.
    across, up = 72.0 * 0.85 * PANEL_IN, 72.0 * 0.85 * PANEL_IN
    places = [((one.mu_star.mean - left) / (right - left) * across, one.sigma / top * up) for one in named]
    for number, (one, offset) in enumerate(zip(named, offsets(places, (across, up)), strict=True), start=1):
        pin(ax, (one.mu_star.mean, one.sigma), str(number), offset)
    key(figure, [one.factor for one in named], "outside right upper", more=f"and {more} smaller ones" if more else "")
