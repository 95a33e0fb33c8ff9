"""Where a difference changes its sign along an axis, and how far that may lie to either side."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Crossing:
    """A change of sign.

    Attributes
    ----------
    at : float
        Where the mean is zero, on the axis.
    low, high : float
        Ends of the stretch around `at` on which the interval holds zero. Nan if it does so up to the end of the axis,
        or up to a point where it is not defined: then that end is not known.
    rising : bool
        Whether the mean is below zero before and above after.
    """

    at: float
    low: float
    high: float
    rising: bool


def crossings(axis: ArrayLike, mean: ArrayLike, low: ArrayLike, high: ArrayLike) -> list[Crossing]:
    """Find every change of sign of a difference along an axis, with straight lines between points.

    Parameters
    ----------
    axis : array_like, shape (points,)
        Ascending.
    mean, low, high : array_like, shape (points,)
        The difference at each point and its bounds. Nothing is said across a point whose mean is nan.

    Returns
    -------
    list of Crossing
        In the order of the axis; none where the mean keeps its sign, or only touches zero. Where the mean is zero at
        several points in a row, the middle of them.

    Raises
    ------
    ValueError
        If the lengths differ, the axis does not ascend, or a mean lies outside its bounds.

    Notes
    -----
    Bounds hold at each point by itself, so that the stretch is where the sign cannot be told at a point, not an
    interval of confidence for the crossing. Between points nothing was run.
    """
    x, y, below, above = (np.asarray(a, dtype=np.float64) for a in (axis, mean, low, high))
    if x.ndim != 1 or not x.shape == y.shape == below.shape == above.shape:
        raise ValueError(f"axis, mean, low and high must be alike, got {x.shape} {y.shape} {below.shape} {above.shape}")
    if not (np.diff(x) > 0.0).all():
        raise ValueError("axis must ascend")
    if ((below > y) | (above < y)).any():
        raise ValueError("the mean must lie between its bounds")
    found: list[Crossing] = []
    last = -1  # the last point with a sign, since the last gap
    for i, value in enumerate(y):
        if np.isnan(value):
            last = -1
        elif value != 0.0:
            if last >= 0 and (y[last] < 0.0) != (value < 0.0):
                at = float(x[last + 1] + x[i - 1]) / 2.0 if i - last > 1 else _zero(x[last], y[last], x[i], value)
                ends = (_end(x, below, above, last, -1), _end(x, below, above, i, 1))
                found.append(Crossing(at, *ends, rising=bool(value > 0.0)))
            last = i
    return found


def crossings_by_row(axis: ArrayLike, mean: ArrayLike, low: ArrayLike, high: ArrayLike) -> list[list[Crossing]]:
    """Find the changes of sign in every row of a grid; see `crossings`.

    Parameters
    ----------
    axis : array_like, shape (points,)
        Along the rows.
    mean, low, high : array_like, shape (rows, points)
        The difference and its bounds.

    Returns
    -------
    list of list of Crossing
        By row.

    Raises
    ------
    ValueError
        If a row does not fit the axis, or the numbers of rows differ.
    """
    rows = [np.asarray(a, dtype=np.float64) for a in (mean, low, high)]
    return [crossings(axis, *row) for row in zip(*rows, strict=True)]


def _zero(x0: float, y0: float, x1: float, y1: float) -> float:
    """Give the zero of a straight line between two points of different sign."""
    return float(x0 + (x1 - x0) * (y0 / (y0 - y1)))


def _end(x: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64], start: int, step: int) -> float:
    """Walk from the point beside a crossing, away from it, to where the interval no longer holds zero."""
    i = start
    while 0 <= i < len(x) and low[i] <= 0.0 <= high[i]:
        i += step
    if not 0 <= i < len(x) or np.isnan(low[i]) or np.isnan(high[i]):
        return nan
    # Point i is told from zero; the one before it, towards the crossing, is not, or lies on the crossing's far side.
    bound = low if low[i] > 0.0 else high
    before = i - step
    return nan if np.isnan(bound[before]) else _zero(x[before], bound[before], x[i], bound[i])
