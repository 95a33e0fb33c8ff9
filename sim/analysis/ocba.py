"""Where the next replications tell most about which of several designs is the best."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import point_values

LEAST = 2
"""Replications of a design before anything is known of its spread."""


def allocation(
    values: ArrayLike, extra: int, *, delta: float = 0.0, larger_is_better: bool = True
) -> NDArray[np.int64]:
    """Say how many more replications each design should have.

    Optimal computing budget allocation, for designs that share their luck. A design i whose paired difference to the
    leader b has the mean d and the standard deviation s is mistaken for better with a probability that falls as
    exp(-n d^2 / (2 s^2)) in the replications n that both have. The largest of these decides, so that none should be
    larger than the others: n_i in proportion to (s_i / d_i)^2. Where designs share no luck this is the published
    rule for all but the leader, as s_i^2 is then the sum of two variances. The leader has as many as whoever has most
    besides it: a replication that only one of two designs has tells nothing of their difference. A difference below
    its standard error, or below `delta`, counts as that much: rivals next to the leader would take all there is.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        Column r is the same replication of every design; a row is nan from its own number of replications on, at
        least 2.
    extra : int
        Replications that are to be spent now, in all.
    delta : float
        The least difference that matters, in the unit of the values.
    larger_is_better : bool
        Else smaller.

    Returns
    -------
    ndarray of int64, shape (points,)
        Replications more by design; together `extra`, and no replication that was run is taken back. It is a rule of
        spending and guarantees nothing by itself; what was found is to be judged by what was run.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional, has fewer than two rows, or lacks a value before the end of a row.

    References
    ----------
    Chen, C.-H., Lin, J., Yucesan, E. and Chick, S. E., "Simulation budget allocation for further enhancing the
    efficiency of ordinal optimization", Discrete Event Dynamic Systems 10(3), 2000, 251-270,
    doi:10.1023/A:1008349927281.
    Glynn, P. and Juneja, S., "A large deviations perspective on ordinal optimization", Proceedings of the 2004 Winter
    Simulation Conference, 577-585 (equal rates).
    """
    table = point_values(values)
    runs = counts(table)
    if len(table) < 2 or runs.min() < LEAST:
        raise ValueError(f"needs at least 2 designs with {LEAST} replications each, got {runs.tolist()}")
    signed = table if larger_is_better else -table
    best = leader(signed)
    weights = _weights(signed, runs, best, delta)
    weights[best] = weights.max()
    return _spread(weights, runs, extra)


def counts(values: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the number of replications of each row.

    Raises
    ------
    ValueError
        If a row goes on after a nan.
    """
    defined = ~np.isnan(values)
    runs = defined.sum(axis=1)
    if any(row[n:].any() for row, n in zip(defined, runs, strict=True)):
        raise ValueError("a row must have all its values before the first nan")
    return np.asarray(runs, dtype=np.int64)


def leader(values: NDArray[np.float64]) -> int:
    """Give the row that is not behind any other by the replications that both have; larger is better.

    Rows with more replications have met other luck, so that means of all they have are not comparable. If each is
    behind another, the one with the best mean of the replications that all have.
    """
    runs = counts(values)
    best = int(np.argmax(values[:, : runs.min()].mean(axis=1)))
    for _ in range(len(values)):
        both = np.minimum(runs, runs[best])
        ahead = [float((row[:n] - values[best, :n]).mean()) for row, n in zip(values, both, strict=True)]
        challenger = int(np.argmax(ahead))
        if not ahead[challenger] > 0.0:
            return best
        best = challenger
    return int(np.argmax(values[:, : runs.min()].mean(axis=1)))


def _weights(signed: NDArray[np.float64], runs: NDArray[np.int64], best: int, delta: float) -> NDArray[np.float64]:
    """Give (s / d)^2 of the paired difference to the leader, which has none itself; 0 where it does not vary."""
    found = np.zeros(len(signed))
    for i, row in enumerate(signed):
        n = min(runs[i], runs[best])
        behind = signed[best, :n] - row[:n]
        spread, lead = float(behind.std(ddof=1)), abs(float(behind.mean()))
        if spread > 0.0:
            found[i] = (spread / max(lead, delta, spread / sqrt(n))) ** 2
    return found


def _spread(weights: NDArray[np.float64], runs: NDArray[np.int64], extra: int) -> NDArray[np.int64]:
    """Share out what there will be in all by weight, without taking back what was run, in whole numbers."""
    if not weights.any():
        weights = np.ones(len(weights))
    open_ = weights > 0.0
    target = runs.astype(np.float64)
    while True:
        room = float(extra + runs.sum() - runs[~open_].sum())
        target[open_] = room * weights[open_] / weights[open_].sum()
        above = open_ & (target < runs)
        target[~open_ | above] = runs[~open_ | above]
        if not above.any():
            break
        open_ &= ~above
    more = np.floor(target - runs + 1e-9).astype(np.int64)
    rest = np.where(open_, target - runs - more, -1.0)
    for i in np.argsort(-rest, kind="stable")[: extra - int(more.sum())]:
        more[i] += 1
    return more
