"""Measures that are functions of totals: a ratio of totals over all replications, not a mean of their ratios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval


@dataclass(frozen=True)
class OfTotals:
    """A measure as a function of the means of other measures over replications.

    Attributes
    ----------
    parts : tuple of str
        Names of measures that may be averaged, in the order in which `value` takes them.
    value : callable
        From their means, an ndarray of shape (len(parts),), to the measure; nan where it is not defined. Smooth, for
        the jackknife's sake.
    """

    parts: tuple[str, ...]
    value: Callable[[NDArray[np.float64]], float]


def ratio_of(part: str, whole: str, scale: float = 1.0) -> OfTotals:
    """Give `scale` times the total of `part` over the total of `whole`."""
    return OfTotals((part, whole), lambda m: float(scale * m[0] / m[1]) if m[1] else nan)


@dataclass(frozen=True)
class Jackknife:
    """A function of totals, and what each replication adds to it.

    Attributes
    ----------
    value : float
        Of all replications together.
    pseudo : ndarray of float64, shape (replications,)
        n times the value less n - 1 times the value without that replication: they stand for the values of the
        replications, independent of one another but for terms of order 1/n.
    """

    value: float
    pseudo: NDArray[np.float64]

    def interval(self, confidence: float = 0.95) -> Interval:
        """Give the value with Student t bounds from the spread of the pseudo-values; nan bounds if not defined."""
        if not np.isfinite(self.pseudo).all():
            return Interval(self.value, nan, nan, len(self.pseudo) if np.isfinite(self.value) else 0)
        return centered(self.value, self.pseudo, confidence)


def centered(value: float, values: NDArray[np.float64], confidence: float) -> Interval:
    """Give the Student t interval of a mean, moved to another center."""
    around = mean_interval(values, confidence)
    return Interval(value, value + around.low - around.mean, value + around.high - around.mean, around.n)


def jackknife(parts: ArrayLike, value: Callable[[NDArray[np.float64]], float]) -> Jackknife:
    """Leave out one replication after the other.

    Parameters
    ----------
    parts : array_like, shape (replications, parts)
        Values of the parts.
    value : callable
        See `OfTotals`.

    Returns
    -------
    Jackknife

    References
    ----------
    Miller, R. G., "The jackknife - a review", Biometrika 61(1), 1974, 1-15, doi:10.1093/biomet/61.1.1.
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 9.5.3 (ratio estimators in
    the regenerative method).
    """
    table = np.asarray(parts, dtype=np.float64)
    n, total = len(table), table.sum(axis=0)
    whole = value(total / n) if n else nan
    if n < 2:
        return Jackknife(whole, np.full(n, nan))
    without = np.array([value((total - row) / (n - 1)) for row in table])
    return Jackknife(whole, n * whole - (n - 1) * without)


def of_totals(parts: Sequence[NDArray[np.float64]], of: OfTotals) -> Jackknife:
    """Give a measure of totals over replications; each of its parts has the shape (replications,)."""
    return jackknife(np.array(parts).T, of.value)


def difference(base: Jackknife, other: Jackknife, confidence: float = 0.95) -> Interval:
    """Give the interval of other less base, paired by replication through their pseudo-values."""
    value = other.value - base.value
    if len(base.pseudo) != len(other.pseudo):
        return Interval(value, nan, nan, 0)
    return Jackknife(value, other.pseudo - base.pseudo).interval(confidence)
