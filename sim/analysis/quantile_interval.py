"""A quantile of independent values and bounds that hold whatever their law."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log, nan

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import Interval, replication_values


@dataclass(frozen=True)
class QuantileInterval:
    """A quantile between two of the values.

    Attributes
    ----------
    interval : Interval
        `mean` is the sample quantile. Bounds are nan if there are too few values to have both.
    covers : float
        With which probability such bounds hold the quantile of a continuous law, exactly; at least the confidence
        asked for. Nan without bounds.
    least : int
        How many values it takes to have both bounds.
    """

    interval: Interval
    covers: float
    least: int

    @property
    def enough(self) -> bool:
        """Whether there are as many values as it takes."""
        return self.interval.n >= self.least


def least_values(p: float, confidence: float = 0.95) -> int:
    """Give how many independent values it takes to bound a quantile on both sides.

    Parameters
    ----------
    p : float
        Which quantile, in (0, 1).
    confidence : float
        In (0, 1); what is missing is split evenly between the sides.

    Returns
    -------
    int
        The least n for which all values lie on one side of the quantile with a probability of at most
        (1 - confidence) / 2, either side: 36 for a 90th percentile at 95 %, 6 for a median.
    """
    _check(p, confidence)
    n = max(1, ceil(log((1.0 - confidence) / 2.0) / log(max(p, 1.0 - p))))
    # A quotient of logarithms may miss a whole number by its last bit.
    return n - 1 if n > 1 and max(p, 1.0 - p) ** (n - 1) <= (1.0 - confidence) / 2.0 else n


def quantile_interval(values: ArrayLike, p: float, confidence: float = 0.95) -> QuantileInterval:
    """Give a quantile and its distribution-free bounds, two of the sorted values.

    How many of n values lie below the quantile is a binomial number, whatever their law. Not for durations within a
    replication, which depend on one another: those go together in `sim.analysis.pooled`.

    Parameters
    ----------
    values : array_like, shape (n,)
        Independent values: one per replication. Nan is dropped.
    p : float
        Which quantile, in (0, 1).
    confidence : float
        In (0, 1).

    Returns
    -------
    QuantileInterval
        The quantile is the smallest value with a share of at least p at or below it. Bounds are the innermost pair
        of values that miss on either side with at most (1 - confidence) / 2.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional, or `p` or `confidence` not in (0, 1).

    References
    ----------
    David, H. A. and Nagaraja, H. N., *Order Statistics*, 3rd ed., Wiley 2003, section 7.1.
    """
    _check(p, confidence)
    vector = replication_values(values)
    ordered = np.sort(vector[~np.isnan(vector)])
    n, least = len(ordered), least_values(p, confidence)
    if n == 0:
        return QuantileInterval(Interval(nan, nan, nan, 0), nan, least)
    value = float(ordered[max(0, ceil(n * p - 1e-9) - 1)])
    if n < least:
        return QuantileInterval(Interval(value, nan, nan, n), nan, least)

    from scipy.special import bdtr

    # below[k]: probability that at most k values lie below the quantile.
    below = np.asarray(bdtr(np.arange(n), n, p))
    miss = (1.0 - confidence) / 2.0
    # The last bits of a probability must not decide that there is no such value after all.
    lower = max(1, int(np.searchsorted(below, miss, side="right")))
    upper = min(n, int(np.searchsorted(below, 1.0 - miss, side="left")) + 1)
    covers = float(below[upper - 1] - below[lower - 1])
    return QuantileInterval(Interval(value, float(ordered[lower - 1]), float(ordered[upper - 1]), n), covers, least)


def _check(p: float, confidence: float) -> None:
    if not 0.0 < p < 1.0:
        raise ValueError(f"p must lie in (0, 1), got {p!r}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
