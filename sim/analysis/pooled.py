"""Quantiles of the durations of all replications together, with an interval that knows of replications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import nan, sqrt

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval, student_quantile
from sim.draws import absorb_array, key_of, uniforms, word_of

CohortRow = tuple[str, int, str, str, float, int]
"""(design, replication, stage, fate, hours, count): how many durations of a stage lie in the cell that `hours` stands
for and ended so: ``reached``, ``missed`` or ``open``."""

Counts = NDArray[np.float64]
"""Shape (..., 3, cells): by fate and cell."""

FATES = ("reached", "missed", "open")
RESAMPLES = 400
"""The standard error that so many give is itself known to 3.5 %."""
MIN_CASES = 50
"""Fewer cases have no 90th percentile."""


@dataclass(frozen=True)
class Cohort:
    """Durations of one stage under one design.

    Attributes
    ----------
    hours : ndarray of float64, shape (cells,)
        What the cells stand for, ascending.
    counts : ndarray of float64, shape (replications, 3, cells)
        In the order of the replications.
    """

    hours: NDArray[np.float64]
    counts: Counts


def cohorts_of(rows: Iterable[CohortRow], replications: Mapping[str, list[int]]) -> dict[tuple[str, str], Cohort]:
    """Collect rows by design and stage.

    Parameters
    ----------
    rows : iterable of CohortRow
        In any order; what is not mentioned is 0.
    replications : mapping of str to list of int
        The replications of each design; one without rows of a stage had no entrants.

    Returns
    -------
    dict
        By (design, stage). All designs of a stage share its cells.
    """
    found: dict[str, list[tuple[str, int, int, float, int]]] = {}
    for design, replication, stage, fate, hours, count in rows:
        found.setdefault(stage, []).append((design, replication, FATES.index(fate), hours, count))
    cohorts = {}
    for stage, mine in found.items():
        cells = np.array(sorted({row[3] for row in mine}))
        for design, numbers in replications.items():
            place = {r: i for i, r in enumerate(numbers)}
            counts = np.zeros((len(numbers), len(FATES), len(cells)))
            for _, r, kind, at, n in (row for row in mine if row[0] == design):
                counts[place[r], kind, np.searchsorted(cells, at)] += n
            cohorts[design, stage] = Cohort(cells, counts)
    return cohorts


def quantile_of(counts: Counts, hours: NDArray[np.float64], p: float, of_them: bool) -> NDArray[np.float64]:
    """Give the first duration by which the share `p` has reached the milestone.

    Parameters
    ----------
    counts : ndarray of float64, shape (..., 3, cells)
        Weights by fate.
    hours : ndarray of float64, shape (cells,)
        Durations.
    p : float
        In (0, 1).
    of_them : bool
        Whether the share is of those that reach it at all, as far as it is known, and not of all entrants.

    Returns
    -------
    ndarray of float64, shape (...)
        Hours; nan where the share is never reached.

    References
    ----------
    Aalen, O. O. and Johansen, S., "An empirical transition matrix for non-homogeneous Markov chains based on
    censored observations", Scandinavian Journal of Statistics 5, 1978, 141-150.
    """
    reached, done = counts[..., 0, :], counts[..., 0, :] + counts[..., 1, :]
    left = done + counts[..., 2, :]
    at_risk = left.sum(axis=-1, keepdims=True) - np.cumsum(left, axis=-1) + left
    some = at_risk > 0.5
    safe = np.where(some, at_risk, 1.0)
    stay = np.cumprod(np.where(some, 1.0 - done / safe, 1.0), axis=-1)
    before = np.concatenate((np.ones_like(stay[..., :1]), stay[..., :-1]), axis=-1)
    share = np.cumsum(np.where(some, before * reached / safe, 0.0), axis=-1)
    if of_them:
        share = share / np.where(share[..., -1:] > 0.0, share[..., -1:], np.inf)
    # The last bits of a product of many factors must not decide whether one half is reached.
    there = share >= p - 1e-9
    return np.where(there.any(axis=-1), hours[np.argmax(there, axis=-1)], nan)


@lru_cache(maxsize=8)
def resampled(replications: int) -> NDArray[np.float64]:
    """Give how often each replication is in each resample of the bootstrap, shape (RESAMPLES, replications)."""
    keys = absorb_array(key_of(0, 0, word_of("bootstrap")), np.arange(RESAMPLES * replications))
    drawn = (uniforms(keys) * replications).astype(np.int64).reshape(RESAMPLES, replications)
    weights = np.zeros((RESAMPLES, replications))
    np.add.at(weights, (np.arange(RESAMPLES)[:, None], drawn), 1.0)
    return weights


class PooledQuantile:
    """A quantile of all replications' durations together, and what resamples of replications give for it.

    Parameters
    ----------
    cohort : Cohort
        Durations.
    p : float
        In (0, 1).
    of_them : bool
        See `quantile_of`.

    Attributes
    ----------
    value : float
        In hours; nan if the share is never reached, or if `p` is above .5 and there are under `MIN_CASES` cases:
        entrants, or with `of_them` those that reached it.
    """

    def __init__(self, cohort: Cohort, p: float, of_them: bool) -> None:
        n = cohort.counts[:, 0].sum() if of_them else cohort.counts.sum()
        self._cohort, self._p, self._of_them = cohort, p, of_them
        self.replications = len(cohort.counts)
        enough = p <= 0.5 or n >= MIN_CASES
        self.value = float(self._quantile(cohort.counts.sum(axis=0))) if enough and n else nan

    def _quantile(self, counts: Counts) -> NDArray[np.float64]:
        return quantile_of(counts, self._cohort.hours, self._p, self._of_them)

    def resamples(self) -> NDArray[np.float64]:
        """Give the quantile in each resample, shape (RESAMPLES,)."""
        counts = self._cohort.counts
        flat = resampled(self.replications) @ counts.reshape(len(counts), -1)
        return self._quantile(flat.reshape(RESAMPLES, *counts.shape[1:]))


def bootstrap_interval(
    value: float, resamples: NDArray[np.float64], replications: int, confidence: float = 0.95
) -> Interval:
    """Give the interval of a statistic of all replications together, by resampling replications.

    Parameters
    ----------
    value : float
        The statistic of all.
    resamples : ndarray of float64
        The statistic in each resample of whole replications.
    replications : int
        How many there are; durations of one replication depend on one another, so these are what is resampled.
    confidence : float
        In (0, 1).

    Returns
    -------
    Interval
        value -+ t sd sqrt(n / (n - 1)) with Student's t of n - 1 degrees of freedom: with few replications the
        plain percentiles of the bootstrap are too narrow. Bounds are nan with one replication, or if more than 5 %
        of the resamples do not define the statistic.

    References
    ----------
    Davison, A. C. and Hinkley, D. V., *Bootstrap Methods and their Application*, Cambridge University Press 1997,
    sections 2.4 and 3.8 (resampling clusters).
    """
    known = resamples[np.isfinite(resamples)]
    if replications < 2 or not np.isfinite(value) or len(known) < 0.95 * len(resamples):
        return Interval(value, nan, nan, replications if np.isfinite(value) else 0)
    half = student_quantile(confidence, replications - 1) * float(known.std(ddof=1))
    half *= sqrt(replications / (replications - 1))
    return Interval(value, value - half, value + half, replications)
