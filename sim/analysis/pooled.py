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
        By (design, stage), for every stage that any design has rows of.
    """
    found: dict[str, dict[str, list[tuple[int, int, float, int]]]] = {}
    for design, replication, stage, fate, hours, count in rows:
        found.setdefault(stage, {}).setdefault(design, []).append((replication, FATES.index(fate), hours, count))
    cohorts = {}
    for stage, by_design in found.items():
        for design, numbers in replications.items():
            place = {r: i for i, r in enumerate(numbers)}
            mine = by_design.get(design, [])
            cells = np.array(sorted({row[2] for row in mine}))
            counts = np.zeros((len(numbers), len(FATES), len(cells)))
            if mine:
                rs, kinds, at, n = zip(*mine, strict=True)
                where = (np.array([place[r] for r in rs]), np.array(kinds), np.searchsorted(cells, np.array(at)))
                np.add.at(counts, where, np.array(n, dtype=np.float64))
            cohorts[design, stage] = Cohort(cells, counts)
    return cohorts


def share_of(counts: Counts) -> NDArray[np.float64]:
    """Estimate the cumulative incidence of reaching a milestone, with ending without it as competing risk.

    Parameters
    ----------
    counts : ndarray of float64, shape (..., 3, cells)
        Weights by fate.

    Returns
    -------
    ndarray of float64, shape (..., cells)
        Share that reached it by each duration.

    References
    ----------
    Aalen, O. O. and Johansen, S., "An empirical transition matrix for non-homogeneous Markov chains based on
    censored observations", Scandinavian Journal of Statistics 5, 1978, 141-150.
    """
    reached, missed, open_ = counts[..., 0, :], counts[..., 1, :], counts[..., 2, :]
    done = reached + missed
    left = done + open_
    at_risk = left.sum(axis=-1, keepdims=True) - np.cumsum(left, axis=-1) + left
    # Where nobody is left there is nothing to divide, and nothing to divide by.
    at_risk = np.maximum(at_risk, 1.0)
    stay = np.cumprod(1.0 - done / at_risk, axis=-1)
    before = np.concatenate((np.ones_like(stay[..., :1]), stay[..., :-1]), axis=-1)
    return np.asarray(np.cumsum(before * reached / at_risk, axis=-1))


def first_at(share: NDArray[np.float64], hours: NDArray[np.float64], p: float, of_them: bool) -> NDArray[np.float64]:
    """Give the first duration by which the share `p` has reached the milestone.

    Parameters
    ----------
    share : ndarray of float64, shape (..., cells)
        Of `share_of`.
    hours : ndarray of float64, shape (cells,)
        Durations.
    p : float
        In (0, 1).
    of_them : bool
        Whether `p` is a share of those that reach it at all, as far as it is known, and not of all entrants.

    Returns
    -------
    ndarray of float64, shape (...)
        Hours; nan where the share is never reached.
    """
    if not len(hours):
        return np.full(share.shape[:-1], nan)
    wanted = p * share[..., -1:] if of_them else p
    # The last bits of a product of many factors must not decide whether one half is reached.
    there = (share >= wanted - 1e-9) & (share > 0.0)
    return np.where(there.any(axis=-1), hours[np.argmax(there, axis=-1)], nan)


@lru_cache(maxsize=8)
def resampled(replications: int) -> NDArray[np.float64]:
    """Give how often each replication is in each resample of the bootstrap, shape (RESAMPLES, replications)."""
    keys = absorb_array(key_of(0, 0, word_of("bootstrap")), np.arange(RESAMPLES * replications))
    drawn = (uniforms(keys) * replications).astype(np.int64).reshape(RESAMPLES, replications)
    weights = np.zeros((RESAMPLES, replications))
    np.add.at(weights, (np.arange(RESAMPLES)[:, None], drawn), 1.0)
    return weights


class Pooled:
    """The durations of one stage of all replications together, and in resamples of whole replications.

    Parameters
    ----------
    cohort : Cohort
        Durations.
    """

    def __init__(self, cohort: Cohort) -> None:
        counts = cohort.counts
        self.replications = len(counts)
        self._hours = cohort.hours
        self._cases = {False: float(counts.sum()), True: float(counts[:, 0].sum())}
        self._share = share_of(counts.sum(axis=0))
        flat = resampled(self.replications) @ counts.reshape(self.replications, -1)
        self._shares = share_of(flat.reshape(RESAMPLES, *counts.shape[1:]))

    def quantile(self, p: float, of_them: bool) -> tuple[float, NDArray[np.float64]]:
        """Give a quantile of all replications together, and in each resample.

        Parameters
        ----------
        p, of_them : float, bool
            See `first_at`.

        Returns
        -------
        value : float
            In hours; nan if the share is never reached, or if `p` is above .5 and there are under `MIN_CASES`
            cases: entrants, or with `of_them` those that reached it.
        resamples : ndarray of float64, shape (RESAMPLES,)
            The same of each resample.
        """
        if p > 0.5 and self._cases[of_them] < MIN_CASES:
            return nan, np.full(RESAMPLES, nan)
        value = float(first_at(self._share, self._hours, p, of_them))
        return value, first_at(self._shares, self._hours, p, of_them)


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
