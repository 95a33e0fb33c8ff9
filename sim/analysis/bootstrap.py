"""The interval of any statistic of replications, by resampling whole replications."""

from __future__ import annotations

from collections.abc import Callable
from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, student_quantile
from sim.draws import absorb_array, key_of, uniforms, word_of

Statistic = Callable[[NDArray[np.float64]], ArrayLike]
"""From values of shape (..., replications) to the statistic, without the last axis: ``lambda v: v.mean(-1)`` of one
measure, ``lambda v: v[0].sum(-1) / v[1].sum(-1)`` of two. Many resamples come at once, on an axis before the last."""

RESAMPLES = 2_000
"""Bounds then move by some 7 % of a standard error from seed to seed. Not under 1,000, as Efron and Tibshirani say."""
METHODS = ("bca", "percentile")


def resampled_columns(replications: int, resamples: int, seed: int) -> NDArray[np.int64]:
    """Draw replications with replacement.

    Parameters
    ----------
    replications, resamples : int
        How many there are, and how often all of them are drawn anew.
    seed : int
        Equal seeds draw alike; more resamples leave the first ones as they are.

    Returns
    -------
    ndarray of int64, shape (resamples, replications)
        Positions from 0 to replications - 1.
    """
    keys = absorb_array(key_of(seed, 0, word_of("resample")), np.arange(resamples))
    drawn = uniforms(absorb_array(keys[:, None], np.arange(replications)))
    return np.asarray((drawn * replications).astype(np.int64))


def resampling_interval(
    values: ArrayLike,
    statistic: Statistic,
    *,
    seed: int,
    confidence: float = 0.95,
    method: str = "bca",
    widen: bool = True,
    resamples: int = RESAMPLES,
) -> Interval:
    """Give the bootstrap interval of a statistic.

    Parameters
    ----------
    values : array_like, shape (..., replications)
        One or several measures of the same replications. A replication in which any of them is nan is left out.
    statistic : Statistic
        What is asked of them. A mean, or a smooth function of means: maxima and, with few replications, quantiles do
        not suit the bootstrap.
    seed : int
        Of the resampling. Equal input gives equal bits.
    confidence : float
        In (0, 1).
    method : str
        ``percentile``: quantiles of the resamples. ``bca``: which quantiles is corrected for bias and skewness.
    widen : bool
        Whether the quantiles of the normal law that name the percentiles give way to Student's t times
        sqrt(n / (n - 1)), since resamples spread less than the replications they are drawn from (Hesterberg 2015).
    resamples : int
        How many.

    Returns
    -------
    Interval
        `mean` is the statistic of all. Bounds never lie beyond the resamples, so that with under 10 replications they
        are too narrow. Nan bounds with fewer than two replications, or if more than 5 % of the resamples, or any of
        the replications left out one by one, do not define the statistic.

    Raises
    ------
    ValueError
        If `confidence` is not in (0, 1), the method is unknown, or the statistic does not keep the axis of resamples.

    References
    ----------
    Efron, B., "Better bootstrap confidence intervals", Journal of the American Statistical Association 82(397), 1987,
    171-185, doi:10.1080/01621459.1987.10478410.
    Efron, B. and Tibshirani, R. J., *An Introduction to the Bootstrap*, Chapman & Hall 1993, chapters 13 and 14.
    Hesterberg, T. C., "What teachers should know about the bootstrap", The American Statistician 69(4), 2015,
    371-386, doi:10.1080/00031305.2015.1089789 (the widened percentiles).
    """
    if method not in METHODS:
        raise ValueError(f"method must be one of {', '.join(METHODS)}, got {method!r}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    table = np.asarray(values, dtype=np.float64)
    table = table[..., ~np.isnan(table).any(axis=tuple(range(table.ndim - 1)))]
    n = table.shape[-1]
    value = float(np.asarray(statistic(table))) if n else nan
    undefined = Interval(value, nan, nan, n)
    if n < 2 or not np.isfinite(value):
        return undefined
    found = _of(statistic, table, resampled_columns(n, resamples, seed))
    known = np.sort(found[np.isfinite(found)])
    if len(known) < 0.95 * resamples:
        return undefined
    if known[0] == known[-1] == value:
        return Interval(value, value, value, n)

    from scipy.special import ndtr, ndtri

    z = sqrt(n / (n - 1)) * student_quantile(confidence, n - 1) if widen else float(ndtri(0.5 * (1.0 + confidence)))
    levels = np.array([-z, z])
    if method == "bca":
        bias = float(ndtri((np.mean(known < value) + np.mean(known <= value)) / 2.0))
        skewness = _acceleration(_of(statistic, table, np.nonzero(~np.eye(n, dtype=bool))[1].reshape(n, n - 1)))
        if not np.isfinite([bias, skewness]).all():
            return undefined
        moved = bias + levels
        # Past 1 / skewness the correction turns about; then nothing short of all resamples will do.
        room = 1.0 - skewness * moved
        levels = bias + np.where(room > 0.0, moved / np.where(room > 0.0, room, 1.0), np.sign(moved) * np.inf)
    low, high = np.quantile(known, ndtr(levels))
    return Interval(value, float(low), float(high), n)


def _of(statistic: Statistic, table: NDArray[np.float64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """Give the statistic of many choices of replications, each a row of `columns`."""
    found = np.asarray(statistic(table[..., columns]), dtype=np.float64)
    if found.shape != columns.shape[:1]:
        raise ValueError(f"statistic must reduce the last axis only, got shape {found.shape} for {columns.shape}")
    return found


def _acceleration(without: NDArray[np.float64]) -> float:
    """Give a sixth of the skewness of what each replication adds, from the statistic without it."""
    added = without.mean() - without
    size = float(np.abs(added).max())
    if not size > 0.0:
        return 0.0 if size == 0.0 else nan
    added = added / size
    return float((added**3).sum() / (6.0 * (added**2).sum() ** 1.5))
