"""Where the start of a series stops to matter: MSER-5."""

from __future__ import annotations

from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import ArrayLike, NDArray

BATCH = 5
"""Observations to a batch mean: the 5 of MSER-5."""
LAST = 5
"""Batch means at the end that are never all that is left: their spread is small by chance (Hoad and others 2010)."""


@dataclass(frozen=True)
class Truncation:
    """Which observations at the beginning of a series are to be left out.

    Attributes
    ----------
    leave_out : int or None
        How many of the first observations; None if there is no answer, because the series is too short, has a gap, or
        because the best point lies in its second half: then it did not settle, and longer runs are needed.
    least : int
        The point at which the statistic is least, in observations, be it an answer or not; -1 if there is none.
    statistic : ndarray of float64, shape (batches - 5,)
        The rule's value where the first 0, 1, ... batches are left out: squared standard error of the mean of the
        rest, as if batches were independent.
    """

    leave_out: int | None
    least: int
    statistic: NDArray[np.float64]


def series_of(values: ArrayLike) -> NDArray[np.float64]:
    """Give the mean series of replications.

    Parameters
    ----------
    values : array_like, shape (times,) or (replications, times)
        Observations in order of time.

    Returns
    -------
    ndarray of float64, shape (times,)
        Mean over the replications in which the observation is defined; nan where there is none.

    Raises
    ------
    ValueError
        If `values` has other dimensions.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim not in (1, 2):
        raise ValueError(f"values must have the shape (times,) or (replications, times), got {table.shape}")
    table = np.atleast_2d(table)
    known = ~np.isnan(table)
    n = known.sum(axis=0)
    found = np.full(table.shape[1], nan)
    np.divide(np.where(known, table, 0.0).sum(axis=0), n, out=found, where=n > 0)
    return found


def truncation(values: ArrayLike, batch: int = BATCH) -> Truncation:
    """Find the truncation point that makes the mean of the rest most precise.

    Parameters
    ----------
    values : array_like, shape (times,) or (replications, times)
        Observations in order of time. Replications are averaged first; five or more make the answer steadier.
    batch : int
        Observations to a batch mean. A rest that fills no batch is not looked at.

    Returns
    -------
    Truncation
        The first of equally good points. That a point was found does not prove a steady state.

    Raises
    ------
    ValueError
        If `values` has more than two dimensions or `batch` is below 1.

    References
    ----------
    White, K. P., "An effective truncation heuristic for bias reduction in simulation output", Simulation 69(6), 1997,
    323-334, doi:10.1177/003754979706900601.
    Hoad, K., Robinson, S. and Davies, R., "Automating warm-up length estimation", Journal of the Operational Research
    Society 61(9), 2010, 1389-1403, doi:10.1057/jors.2009.87 (averaging, the last batches, the second half).
    """
    if batch < 1:
        raise ValueError(f"batch must be at least 1, got {batch!r}")
    series = series_of(values)
    k = len(series) // batch
    if k <= LAST or not np.isfinite(series).all():
        return Truncation(None, -1, np.empty(0))
    means = series[: k * batch].reshape(k, batch).mean(axis=1)
    # Sums from the end: of what is left when the first d batches are left out. Centered, so that squares keep digits.
    means = means - means.mean()
    left = np.arange(k, 0, -1)
    total, squares = np.cumsum(means[::-1])[::-1], np.cumsum(means[::-1] ** 2)[::-1]
    statistic = (np.maximum(squares - total**2 / left, 0.0) / left**2)[: k - LAST]
    # Of points that differ by rounding only the first is meant.
    rounding = (16.0 * np.finfo(np.float64).eps * squares / left**2)[: k - LAST]
    least = int(np.argmax(statistic <= statistic.min() + rounding))
    return Truncation(least * batch if 2 * least <= k else None, least * batch, statistic)
