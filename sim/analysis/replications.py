"""How many replications it takes until an interval is narrow enough."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, isfinite, nan, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, replication_values, student_quantile

LOOK_AHEAD = 5
"""Replications for which an interval must stay narrow, up to 100 replications; beyond, per 100 of them (Hoad and
others 2010)."""
LEAST = 3
"""Fewer replications are never enough (Hoad and others 2010)."""
MOST = 10_000_000
"""No estimate goes beyond."""


@dataclass(frozen=True)
class Target:
    """How narrow an interval must be.

    Attributes
    ----------
    half_width : float
        Above 0: in the unit of the measure or, if `relative`, as a share of its mean's size.
    relative : bool
        Which of the two. A mean of zero, such as that of a difference, has no relative precision.
    """

    half_width: float
    relative: bool = True

    def __post_init__(self) -> None:
        """Refuse widths that no interval reaches."""
        if not (self.half_width > 0.0 and isfinite(self.half_width)):
            raise ValueError(f"half_width must be above 0 and finite, got {self.half_width!r}")

    def allowed(self, mean: float) -> float:
        """Give the half-width that is narrow enough for such a mean."""
        return self.half_width * abs(mean) if self.relative else self.half_width


@dataclass(frozen=True)
class Precision:
    """How narrow the interval of a measure is, and what is missing.

    Attributes
    ----------
    interval : Interval
        Of the mean, Student t, over all replications so far.
    half_width, allowed : float
        What it is and what it may be, in the unit of the measure; nan if not defined.
    reached_at : int or None
        The number of replications from which on the interval was narrow enough and stayed so for the look-ahead;
        None if that has not come about.
    needed : int or None
        Estimate of the replications it takes in all, look-ahead left aside; None if nothing can be said: fewer than
        two values, or a relative target of a mean of zero.
    """

    interval: Interval
    half_width: float
    allowed: float
    reached_at: int | None
    needed: int | None

    @property
    def enough(self) -> bool:
        """Whether the interval has become narrow enough, and still is."""
        return self.reached_at is not None and self.half_width <= self.allowed


def look_ahead_at(n: int, look_ahead: int = LOOK_AHEAD) -> int:
    """Give for how many more replications an interval that is narrow at `n` must stay so."""
    return look_ahead * max(n, 100) // 100


def half_widths(values: ArrayLike, confidence: float = 0.95) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give the mean of the first 1, 2, ... values and the half-width of its Student t interval.

    Parameters
    ----------
    values : array_like, shape (replications,)
        In the order in which they were run; nan is dropped.
    confidence : float
        In (0, 1).

    Returns
    -------
    means, half_widths : ndarray of float64, shape (defined values,)
        The first half-width is nan.
    """
    vector = replication_values(values)
    x = vector[~np.isnan(vector)]
    n = np.arange(1, len(x) + 1)
    if not len(x):
        return x, x
    about = x - x[0]  # squares then keep their digits
    means = np.cumsum(about) / n
    squares = np.maximum(np.cumsum(about**2) - n * means**2, 0.0)

    from scipy.special import stdtrit

    t = np.full(len(x), nan)
    t[1:] = stdtrit(n[:-1], 0.5 * (1.0 + confidence))
    return means + x[0], t * np.sqrt(squares / np.maximum(n - 1, 1) / n)


def precision(
    values: ArrayLike, target: Target, confidence: float = 0.95, look_ahead: int = LOOK_AHEAD, least: int = LEAST
) -> Precision:
    """Judge the replications of one measure so far.

    Parameters
    ----------
    values : array_like, shape (replications,)
        In the order in which they were run; nan says not defined, and estimates allow for the share that is.
    target : Target
        How narrow the interval must be.
    confidence : float
        Of the interval, in (0, 1).
    look_ahead : int
        How long it must stay narrow, see `look_ahead_at`.
    least : int
        No fewer values are enough.

    Returns
    -------
    Precision
        Stopping when an interval happens to be narrow makes it hold the mean somewhat less often than it says. The
        look-ahead makes that small, not nothing.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or `confidence` not in (0, 1).

    References
    ----------
    Hoad, K., Robinson, S. and Davies, R., "Automated selection of the number of replications for a discrete-event
    simulation", Journal of the Operational Research Society 61(11), 2010, 1632-1644, doi:10.1057/jors.2009.121.
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 9.4.1.
    """
    vector = replication_values(values)
    interval = mean_interval(vector, confidence)
    means, widths = half_widths(vector, confidence)
    allowed = np.array([target.allowed(mean) for mean in means])
    narrow = (widths <= allowed) & (np.arange(1, len(means) + 1) >= max(2, least))
    half, may = (interval.high - interval.low) / 2.0, target.allowed(interval.mean)
    in_all: int | None = None
    if isfinite(half) and may > 0.0:
        in_all = ceil(max(least, needed(half, may, interval.n, confidence)) * len(vector) / interval.n)
    reached = _reached_at(narrow, look_ahead)
    # The rule counts defined values; a reader counts replications.
    at = None if reached is None else int(np.flatnonzero(~np.isnan(vector))[reached - 1]) + 1
    return Precision(interval, half, may, at, in_all)


def _reached_at(narrow: NDArray[np.bool_], look_ahead: int) -> int | None:
    """Give the first number of values from which on all are narrow, to the end of its look-ahead."""
    n = len(narrow)
    for at in np.flatnonzero(narrow) + 1:
        until = int(at) + look_ahead_at(int(at), look_ahead)
        if until <= n and narrow[at - 1 : until].all():
            return int(at)
    return None


def precisions(
    values: Mapping[str, ArrayLike],
    targets: Mapping[str, Target],
    confidence: float = 0.95,
    look_ahead: int = LOOK_AHEAD,
    least: int = LEAST,
) -> dict[str, Precision]:
    """Judge several measures of the same replications, each by its own target; see `precision`.

    Raises
    ------
    ValueError
        If a measure that has a target has no values.
    """
    for name in targets:
        if name not in values:
            raise ValueError(f"{name!r} has a target and no values; there are values of {sorted(values)}")
    return {name: precision(values[name], target, confidence, look_ahead, least) for name, target in targets.items()}


def needed(half_width: float, target: float, n: int, confidence: float = 0.95) -> int:
    """Estimate how many replications it takes in all, if they go on to spread as so far.

    Parameters
    ----------
    half_width : float
        Of the Student t interval of `n` replications.
    target : float
        What it is to be at most, above 0, in the same unit.
    n : int
        Replications so far, at least 2.
    confidence : float
        In (0, 1).

    Returns
    -------
    int
        The least i >= 2 with t(i - 1) s / sqrt(i) at most the target; at most `MOST`. The spread s is itself
        uncertain: with normal values and 95 % it takes .36 to 8.3 times as many after 5 replications, .58 to 2.1
        times as many after 20.

    Raises
    ------
    ValueError
        If `target` is not above 0, `n` is below 2 or `half_width` below 0.

    References
    ----------
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 9.4.1 (equation 9.1).
    """
    if not target > 0.0 or n < 2 or not half_width >= 0.0:
        raise ValueError(f"needs target > 0, n >= 2, half_width >= 0, got {target!r}, {n!r}, {half_width!r}")
    spread = half_width * sqrt(n) / student_quantile(confidence, n - 1)

    def narrow(i: int) -> bool:
        return student_quantile(confidence, i - 1) * spread / sqrt(i) <= target

    low, high = 1, 2
    while high < MOST and not narrow(high):
        low, high = high, min(2 * high, MOST)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if narrow(middle) else (middle, high)
    return high
