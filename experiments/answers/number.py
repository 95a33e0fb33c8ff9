"""How a number of an answer is written where its unit stands beside it as it is: four digits, and no exponent."""

from __future__ import annotations

from math import isfinite

from sim.analysis.intervals import Interval

LARGE = 1e4
"""From here on numbers are whole: 10,540,000 and not 1.054e+07."""


def number_text(value: float, sign: str = "") -> str:
    """Write a number; a dash if it is not defined.

    Parameters
    ----------
    value : float
        In any unit.
    sign : str
        ``+`` for a difference, whose sign is always written.
    """
    if not isfinite(value):
        return "-"
    rounded = float(f"{value:.4g}")
    return f"{rounded:{sign},.0f}" if abs(rounded) >= LARGE else f"{value:{sign},.4g}"


def interval_text(found: Interval, sign: str = "") -> str:
    """Write a mean and, where there are any, its bounds."""
    mean = number_text(found.mean, sign)
    if not (isfinite(found.mean) and isfinite(found.low)):
        return mean
    return f"{mean} ({number_text(found.low, sign)} to {number_text(found.high, sign)})"
