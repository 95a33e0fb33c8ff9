"""An interval as a line, wherever it is known."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.comparison import Estimate
from experiments.report.palette import INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNKNOWN = Estimate()
"""What stands where nothing is known."""


def check_estimate(name: str, found: Estimate) -> None:
    """Refuse bounds in the wrong order.

    Parameters
    ----------
    name : str
        What the message calls it.
    found : Estimate
        Bounds that are not defined pass.

    Raises
    ------
    ValueError
        If the lower bound is above the upper one.
    """
    if found.low > found.high:
        raise ValueError(f"{name} must have low <= high, got {found.low:g} and {found.high:g}")


def finite(*values: float) -> list[float]:
    """Give the values that are defined."""
    return [value for value in values if isfinite(value)]


def known(found: Estimate) -> list[float]:
    """Give the defined ones of mean, low and high."""
    return finite(found.mean, found.low, found.high)


def whisker(
    ax: Axes, found: Estimate, at: float, upright: bool = False, color: str = INK, width: float = 1.4, cap: float = 0.0
) -> None:
    """Draw an interval, if both its bounds are known.

    Parameters
    ----------
    ax : Axes
        To be painted on.
    found : Estimate
        Its bounds.
    at : float
        Place on the other axis.
    upright : bool
        Whether it runs along the vertical.
    color : str
        Of the line.
    width : float
        Of the line, points.
    cap : float
        Size of the strokes at its ends, points.
    """
    if not (isfinite(found.low) and isfinite(found.high)):
        return
    along, across = [found.low, found.high], [at, at]
    ax.plot(
        *((across, along) if upright else (along, across)),
        color=color,
        linewidth=width,
        solid_capstyle="butt",
        marker=("_" if upright else "|") if cap else "",
        markersize=cap,
        markeredgewidth=width,
        zorder=4,
    )
