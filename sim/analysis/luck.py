"""How much of what differs between points is luck, where all points met the same customers with the same luck."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import point_values


@dataclass(frozen=True)
class Luck:
    """Variances of an outcome over points, in the square of its unit; nan where not defined.

    Attributes
    ----------
    between : float
        Of the points' means over replications, as they were found.
    of_mean : float
        Of the mean of one point by luck, averaged over points: what it would vary by if all replications were run anew.
    apart : float
        The part of `of_mean` that differs from point to point. What luck does to all points alike moves none against
        another.
    points, replications : int
        Points that have the outcome in all replications, and how many these are.
    """

    between: float
    of_mean: float
    apart: float
    points: int
    replications: int

    @property
    def share(self) -> float:
        """Variance of a mean by luck over the variance between points: may exceed 1, as most of it may be common."""
        return self.of_mean / self.between if self.between > 0.0 else nan

    @property
    def share_apart(self) -> float:
        """Share of the variance between points that is luck and not the points."""
        return self.apart / self.between if self.between > 0.0 else nan


def luck_of(values: ArrayLike) -> Luck:
    """Tell luck from points.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        The outcome; the same column is the same luck. Points where it is nan in any replication are left out.

    Returns
    -------
    Luck
        By the analysis of variance of a two-way layout, points by replications, with one value in each cell: `apart`
        is the mean square of what neither explains, over the number of replications. Nan with fewer than two points
        or two replications.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional.

    References
    ----------
    Montgomery, D. C., *Design and Analysis of Experiments*, Wiley, chapter on randomized blocks.
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 11.2 (common random numbers).
    """
    table = point_values(values)
    table = table[np.isfinite(table).all(axis=1)]
    points, replications = table.shape
    between = float(table.mean(axis=1).var(ddof=1)) if points > 1 and replications else nan
    if points < 2 or replications < 2:
        return Luck(between, nan, nan, points, replications)
    of_mean = float(table.var(axis=1, ddof=1).mean()) / replications
    left = table - table.mean(axis=1, keepdims=True) - table.mean(axis=0, keepdims=True) + table.mean()
    apart = float((left**2).sum()) / ((points - 1) * (replications - 1)) / replications
    return Luck(between, of_mean, apart, points, replications)
