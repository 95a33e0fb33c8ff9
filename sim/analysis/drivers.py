"""Which assumptions move an outcome over an ensemble of points, strongest first."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.holm import holm_adjusted

Columns = NDArray[np.float64]

POINTS_A_DRIVER = 4
"""No more drivers are told than one for so many points: assumption, 3 to 10."""
SMALLEST = 0.1
"""Drivers of a smaller effect, which explain 1 % of the outcome's ranks, are not told: assumption, .05 to .2. At the
points of a sequence some remainder of the strong ones' effects, which is not chance, always goes with something."""


@dataclass(frozen=True)
class Driver:
    """How an outcome goes with one assumption.

    Attributes
    ----------
    factor : int
        Column of the assumption.
    effect : float
        Standardized coefficient of its ranks in a regression of the outcome's ranks on the drivers that are told, and
        on itself: its sign is that of the effect. Nan if either does not vary.
    correlation : float
        Spearman's rank correlation with the outcome, by itself. Where it is large and the effect is not, the
        assumption only happened to go with a driver at these points.
    p : float
        Of "no monotone connection given the drivers told before it", two-sided, for this assumption alone.
    adjusted : float
        The same for the family of all assumptions, step by step.
    told : bool
        Whether `adjusted` is below 1 - confidence, and the effect `SMALLEST` at least.
    like, likeness : int, float
        The assumption whose column is most like this one's, and the rank correlation of the two: near 1 or -1 these
        points cannot tell which of them it is. -1 and nan if there is no other.
    """

    factor: int
    effect: float
    correlation: float
    p: float
    adjusted: float
    told: bool
    like: int
    likeness: float


def ranked_drivers(factors: ArrayLike, outcome: ArrayLike, confidence: float = 0.95) -> list[Driver]:
    """Rank assumptions by how an outcome goes with them.

    There are often more assumptions than points, so that no regression holds them all, and partial rank correlations
    given all others do not exist. Plain rank correlations, one by one, are no way out: among a hundred columns of 64
    points some are alike, in a Sobol sequence strongly so, and whatever is like a strong driver would be told as one.
    So drivers are told one after the other: the strongest partial correlation given those before it, tested for the
    number of assumptions left (Holm's steps), until chance would explain the next.

    Parameters
    ----------
    factors : array_like, shape (points, factors)
        Values of the assumptions.
    outcome : array_like, shape (points,)
        Such as the mean difference; points where it is nan are left out.
    confidence : float
        In (0, 1). With columns drawn independently no assumption is told wrongly with about this probability.

    Returns
    -------
    list of Driver
        Told ones first; by size of effect, undefined ones last. An assumption that is not told is not shown to be
        without effect. Effects that go up and down again, or only together with another, are not seen. Of columns
        that are alike the wrong one may be told, see `Driver`: at 64 points of a scrambled Sobol sequence, 40 columns
        and more hold pairs with a likeness of .8.

    Raises
    ------
    ValueError
        If the shapes do not fit, a factor is not finite, or `confidence` is not in (0, 1).

    References
    ----------
    Saltelli, A. and others, *Global Sensitivity Analysis: The Primer*, Wiley 2008, chapter 1 (rank regression).
    Holm, S., "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2),
    1979, 65-70.
    """
    table, y = np.asarray(factors, dtype=np.float64), np.asarray(outcome, dtype=np.float64)
    if table.ndim != 2 or y.shape != table.shape[:1]:
        raise ValueError(f"factors must be (points, factors), outcome (points,), got {table.shape} and {y.shape}")
    if not np.isfinite(table).all():
        raise ValueError("factors must be finite")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    known = ~np.isnan(y)
    ranks, of_outcome = _standard_ranks(table[known]), _standard_ranks(y[known][:, None])
    points, count = ranks.shape
    plain = (of_outcome.T @ ranks)[0]
    p, adjusted, steps = np.full(count, nan), np.full(count, nan), list[int]()
    so_far = 0.0
    while True:
        left = [i for i in range(count) if i not in steps]
        given = _partial(ranks, of_outcome, steps)
        p[left] = [_p(given[i], points - 2 - len(steps)) for i in left]
        adjusted[left] = np.maximum(holm_adjusted(p[left]), so_far)
        if not left or np.isnan(p[left]).all() or len(steps) >= points // POINTS_A_DRIVER:
            break
        # By correlation, not by p: strong ones may all have a p of zero.
        first = max(left, key=lambda i: -inf if np.isnan(given[i]) else abs(given[i]))
        if adjusted[first] >= 1.0 - confidence:
            break
        so_far = float(adjusted[first])
        steps.append(first)
    likeness = ranks.T @ ranks
    np.fill_diagonal(likeness, nan)
    found = []
    for i in range(count):
        alike = np.abs(likeness[i])
        like = int(np.nanargmax(alike)) if not np.isnan(alike).all() else -1
        of_twin = float(likeness[i, like]) if like >= 0 else nan
        effect = _effect(ranks, of_outcome, i, steps)
        told = i in steps and abs(effect) >= SMALLEST
        found.append(Driver(i, effect, float(plain[i]), float(p[i]), float(adjusted[i]), told, like, of_twin))
    return sorted(found, key=lambda one: (not one.told, np.isnan(one.effect), -abs(one.effect)))


def _standard_ranks(columns: Columns) -> Columns:
    """Give the ranks in each column, ties the mean of theirs, with mean 0 and length 1; nan where nothing varies."""
    found = np.full(columns.shape, nan)
    for i, column in enumerate(columns.T):
        _, where, times = np.unique(column, return_inverse=True, return_counts=True)
        ranks = (np.cumsum(times) - (times - 1) / 2.0)[where]
        if len(times) > 1:
            found[:, i] = (ranks - ranks.mean()) / np.linalg.norm(ranks - ranks.mean())
    return found


def _partial(ranks: Columns, outcome: Columns, given: list[int]) -> NDArray[np.float64]:
    """Give the correlations of what some columns leave of each column and of the outcome; nan where nothing is left."""
    both = np.column_stack((ranks, outcome))
    basis = np.linalg.qr(ranks[:, given])[0]
    left = both - basis @ (basis.T @ both)
    size = np.linalg.norm(left, axis=0)
    left = np.divide(left, size, out=np.full(left.shape, nan), where=size > 1e-9)  # less is rounding
    return np.asarray(np.clip(left[:, :-1].T @ left[:, -1], -1.0, 1.0))


def _effect(ranks: Columns, outcome: Columns, factor: int, steps: list[int]) -> float:
    """Give the coefficient of a column beside those found."""
    if not np.isfinite(ranks[:, factor]).all() or not np.isfinite(outcome).all():
        return nan
    beside = ranks[:, [factor, *(i for i in steps if i != factor)]]
    coefficients, _, rank, _ = np.linalg.lstsq(beside, outcome[:, 0], rcond=None)
    return float(coefficients[0]) if rank == beside.shape[1] else nan


def _p(correlation: float, freedom: int) -> float:
    """Give the two-sided p-value of a rank correlation by Student's t."""
    if freedom < 1 or np.isnan(correlation):
        return nan
    if abs(correlation) == 1.0:
        return 0.0
    from scipy.special import stdtr

    return float(2.0 * stdtr(freedom, -abs(correlation) * sqrt(freedom / (1.0 - correlation**2))))
