"""The best of several designs by the procedure of Kim and Nelson: those behind go one by one, as soon as it is sure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import point_values

LEAST = 2
"""Replications of the first stage: fewer have no spread."""
SURPRISE = 0.001
"""So rarely would later replications spread so much more than the first, were all normal and alike."""


@dataclass(frozen=True)
class Sequential:
    """How far the procedure has come.

    Attributes
    ----------
    left : tuple of int
        Rows that are still in, best mean first.
    out_at : tuple of (int or None)
        By row, the replication after which it went; None if it is still in.
    beaten_by : tuple of int
        By row, the one it was furthest behind when it went; -1 if it is still in.
    rounds : int
        Replications that were judged; those of a row beyond the one after which it went played no part.
    decided : bool
        Whether the procedure has ended: with one row, or with several that are equal to the last digit.
    at_most : int
        Replications after which it ends in any case, if those of the first stage are not all it has.
    """

    left: tuple[int, ...]
    out_at: tuple[int | None, ...]
    beaten_by: tuple[int, ...]
    rounds: int
    decided: bool
    at_most: int


def kim_nelson(
    values: ArrayLike, *, delta: float, first: int, alpha: float = 0.05, larger_is_better: bool = True
) -> Sequential:
    """Judge what is known of several designs, replication after replication.

    After the first stage, which gives the variances of all paired differences, whoever is behind another by more than
    their continuation region leaves goes; the region narrows with every replication and closes. The probability that
    the best is the one that stays is at least 1 - alpha if it is better than every other by `delta` or more, for
    normal replications, independent of one another and correlated between designs in any way: only variances of
    differences enter, so that common random numbers need no other constants and save replications. If several are
    closer to the best than `delta`, one of them is likely to stay, with no such guarantee.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        Column r is the same replication of every design; nan where a design was not run any more because it had gone.
    delta : float
        Indifference zone: the least difference that matters, above 0, in the unit of the values.
    first : int
        Replications of the first stage, at least 2; ten or more make the regions much smaller. Chosen before.
    alpha : float
        Chance of a wrong selection that is accepted, in (0, .5).
    larger_is_better : bool
        Else smaller.

    Returns
    -------
    Sequential
        The same values give the same answer, whether they came one by one or in batches; of a batch the procedure
        takes what it needs.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional, has fewer than two rows or than `first` columns, or lacks a value of a row
        that is still in; or if `delta`, `first` or `alpha` is out of range.

    References
    ----------
    Kim, S.-H. and Nelson, B. L., "A fully sequential procedure for indifference-zone selection in simulation", ACM
    Transactions on Modeling and Computer Simulation 11(3), 2001, 251-273, doi:10.1145/502109.502111 (with c = 1).
    """
    table = point_values(values)
    k, n = table.shape
    if not delta > 0.0 or not 0.0 < alpha < 0.5 or first < LEAST:
        raise ValueError(f"needs delta > 0, alpha in (0, .5), first >= {LEAST}, got {delta!r}, {alpha!r}, {first!r}")
    if k < 2 or n < first:
        raise ValueError(f"values must have at least 2 rows and {first} columns, got {table.shape}")
    signed = table if larger_is_better else -table
    if np.isnan(signed[:, :first]).any():
        raise ValueError("a value of the first stage is not defined")

    eta = 0.5 * ((2.0 * alpha / (k - 1)) ** (-2.0 / (first - 1)) - 1.0)
    reach = 2.0 * eta * (first - 1) * _variances(signed[:, :first]) / delta  # h^2 S^2 / delta
    left = np.arange(k)
    out_at: list[int | None] = [None] * k
    beaten_by = [-1] * k
    sums = signed[:, : first - 1].sum(axis=1)
    r = first - 1
    while r < n and len(left) > 1:
        r += 1
        sums[left] += signed[left, r - 1]
        if np.isnan(sums[left]).any():
            raise ValueError(f"replication {r - 1} of a row that is still in is not defined")
        # r W(r) = max(0, (h^2 S^2 / delta - delta r) / 2): how far one sum may lie below another.
        allowed = np.maximum(0.0, 0.5 * (reach[np.ix_(left, left)] - delta * r))
        behind = sums[left][None, :] - sums[left][:, None] - allowed
        worst = behind.max(axis=1)
        for i in np.flatnonzero(worst > 0.0):
            out_at[left[i]], beaten_by[left[i]] = r, int(left[np.argmax(behind[i])])
        left = left[worst <= 0.0]
        if not allowed.any():  # all regions are closed: who is left is equal to the last digit
            break
    widest = float(reach[np.ix_(left, left)].max()) / delta if len(left) > 1 else 0.0
    decided = len(left) == 1 or r >= widest
    order = left[np.argsort(-sums[left], kind="stable")]
    return Sequential(
        left=tuple(map(int, order)),
        out_at=tuple(out_at),
        beaten_by=tuple(beaten_by),
        rounds=r,
        decided=decided,
        at_most=r if decided else ceil(widest),
    )


def _variances(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the variance of the difference of every two rows, shape (rows, rows), row by row to save memory."""
    return np.array([(values - mine).var(axis=1, ddof=1) for mine in values])


def outgrown(values: ArrayLike, pairs: Sequence[tuple[int, int]], first: int) -> list[tuple[int, int]]:
    """Give pairs whose later differences spread so much more than those of the first stage that it misled.

    The procedure trusts the variances of the first stage. Where replications are far from normal, as with few large
    orders in a short run, the first ones may hardly differ and a later one by a lot.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        As for `kim_nelson`.
    pairs : sequence of (int, int)
        Rows to be looked at; replications that both have count.
    first : int
        Replications of the first stage.

    Returns
    -------
    list of (int, int)
        Pairs for which the mean square of later differences about the first mean, over the first variance, is beyond
        what an F variate exceeds with a probability of `SURPRISE`, divided by the number of pairs (Bonferroni).
    """
    from scipy.special import fdtrc

    table, found = point_values(values), []
    for i, j in pairs:
        differences = table[i] - table[j]
        early, late = differences[:first], differences[first:]
        late = late[~np.isnan(late)]
        if not len(late):
            continue
        square = float(((late - early.mean()) ** 2).mean()) / (1.0 + 1.0 / first)
        variance = float(early.var(ddof=1))
        if variance > 0.0:
            surprising = fdtrc(len(late), first - 1, square / variance) < SURPRISE / len(pairs)
        else:
            surprising = square > 0.0
        if surprising:
            found.append((i, j))
    return found
