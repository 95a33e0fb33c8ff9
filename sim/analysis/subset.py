"""Which designs cannot be told from the best one."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import point_values, student_quantile


@dataclass(frozen=True)
class Screened:
    """Designs sorted into those that may be the best and those that are not.

    Attributes
    ----------
    best : int
        Row with the best mean; -1 if there is none.
    kept : tuple of int
        Rows that cannot be told from the best: it is among them with the confidence asked for. In order of their
        means, best first.
    beaten_by : tuple of int
        By row, the one that beats it by most, counted in standard errors of their paired difference; -1 if kept.
    means : ndarray of float64, shape (points,)
        Over the replications that count.
    n : int
        Replications that count: those in which the measure is defined for every design.
    """

    best: int
    kept: tuple[int, ...]
    beaten_by: tuple[int, ...]
    means: NDArray[np.float64]
    n: int


def screened(values: ArrayLike, confidence: float = 0.95, larger_is_better: bool = True) -> Screened:
    """Screen designs by their paired differences.

    A design goes if some other is better by more than chance leaves open. With k designs and n replications that is
    t s / sqrt(n), s the standard deviation of the paired differences and t the one-sided quantile of Student's law
    at 1 - (1 - confidence) / (k - 1), n - 1 degrees of freedom. The best one is then lost with a probability of
    1 - confidence at most, whatever the correlation between designs (Bonferroni); common random numbers make s small.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        Column r is the same replication for every design. Replications with a nan are left out for all of them.
    confidence : float
        That the best design is among those kept, in (0, 1).
    larger_is_better : bool
        Else smaller.

    Returns
    -------
    Screened
        All are kept with fewer than two replications. A kept design is not shown to be good, and kept ones are not
        shown to be equal.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional or `confidence` not in (0, 1).

    References
    ----------
    Nelson, B. L., Swann, J., Goldsman, D. and Song, W., "Simple procedures for selecting the best simulated system
    when the number of alternatives is large", Operations Research 49(6), 2001, 950-963,
    doi:10.1287/opre.49.6.950.10019 (screening).
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    table = point_values(values)
    complete = table[:, ~np.isnan(table).any(axis=0)]
    k, n = complete.shape
    if n == 0 or k == 0:
        return Screened(-1, tuple(range(k)), (-1,) * k, np.full(k, np.nan), n)
    signed = complete if larger_is_better else -complete
    means = complete.mean(axis=1)
    order = np.argsort(-signed.mean(axis=1), kind="stable")
    best = int(order[0])
    if n < 2 or k < 2:
        return Screened(best, tuple(int(i) for i in order), (-1,) * k, means, n)

    # The one-sided quantile wanted is the two-sided one at this confidence.
    two_sided = 1.0 - 2.0 * (1.0 - confidence) / (k - 1)
    t = student_quantile(two_sided, n - 1) if two_sided > 0.0 else 0.0
    rounding = 8.0 * np.finfo(np.float64).eps * float(np.abs(complete).max())
    beaten_by = []
    for mine in signed:
        ahead = signed - mine
        lead, error = ahead.mean(axis=1), ahead.std(axis=1, ddof=1) / sqrt(n)
        beats = lead > t * error + rounding
        margin = np.where(beats, np.divide(lead, error, out=np.full(k, np.inf), where=error > 0.0), -np.inf)
        beaten_by.append(int(np.argmax(margin)) if beats.any() else -1)
    kept = tuple(int(i) for i in order if beaten_by[i] < 0)
    return Screened(best, kept, tuple(beaten_by), means, n)
