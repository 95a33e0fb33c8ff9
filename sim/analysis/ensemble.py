"""The verdict on a claim over an ensemble of assumptions: supported, refuted, or it depends."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, point_values
from sim.analysis.wilson import wilson_interval

SUPPORTED, REFUTED, DEPENDS = "supported", "refuted", "depends"
SUPPORTED_FROM = 0.8
"""Share of points from which on a claim is supported: declared, not measured; .7 to .9."""
REFUTED_TO = 0.2
"""Share of points up to which it is refuted: declared, not measured; .1 to .3."""
LEAST_POINTS = 64
"""An ensemble of fewer points is a trial run."""


@dataclass(frozen=True)
class Verdict:
    """What an ensemble says of a claim.

    Attributes
    ----------
    verdict : str
        `SUPPORTED` if at least `SUPPORTED_FROM` of the points exceed the minimum, `REFUTED` if at most `REFUTED_TO`
        do, else `DEPENDS`.
    share : Interval
        Of points whose mean difference exceeds the minimum, with Wilson's bounds. `n` counts all points.
    exceeds : ndarray of bool, shape (points,)
        By point.
    unsure : ndarray of bool, shape (points,)
        By point, whether its own interval holds the minimum, or is not defined.
    differences : list of Interval
        By point, the mean paired difference with Student t bounds.
    steady : bool
        Whether the verdict would be the same however the unsure points came out.
    """

    verdict: str
    share: Interval
    exceeds: NDArray[np.bool_]
    unsure: NDArray[np.bool_]
    differences: list[Interval]
    steady: bool

    @property
    def unsure_share(self) -> float:
        """Share of points that more replications might move to the other side; nan without points."""
        return float(self.unsure.mean()) if len(self.unsure) else float("nan")

    @property
    def enough_points(self) -> bool:
        """Whether the ensemble has as many points as a verdict is to rest on."""
        return len(self.exceeds) >= LEAST_POINTS


def verdict_of(differences: ArrayLike, minimum: float, confidence: float = 0.95) -> Verdict:
    """Judge a claim by its differences at the points of an ensemble.

    Assumptions decide more than replications do, so the points are counted, each by its mean.

    Parameters
    ----------
    differences : array_like, shape (points, replications)
        Paired differences in the direction that the claim asserts; nan where not defined. One replication will do for
        the verdict, and then every point is unsure.
    minimum : float
        The least difference that matters, declared beforehand. Only what lies above it exceeds it.
    confidence : float
        Of each point's interval and of the share's, in (0, 1).

    Returns
    -------
    Verdict
        A point without any defined replication speaks for neither side: it is not counted as exceeding, and a claim
        is refuted only if it would be so had all such points exceeded. No points give `DEPENDS`.

    Raises
    ------
    ValueError
        If `differences` is not two-dimensional, or `minimum` is not finite.

    Notes
    -----
    Wilson's bounds are those of points drawn independently; a Sobol sequence fills the ranges more evenly than that.
    They speak of the ranges as given, not of the world.
    """
    table = point_values(differences)
    if not isfinite(minimum):
        raise ValueError(f"minimum must be finite, got {minimum!r}")
    found = [mean_interval(row, confidence) for row in table]
    mean, low, high = (np.array([getattr(one, name) for one in found]) for name in ("mean", "low", "high"))
    # A comparison with nan is false: not defined does not exceed, and is not told from the minimum.
    exceeds, unknown = mean > minimum, np.isnan(mean)
    unsure = ~((low > minimum) | (high <= minimum))
    sure = exceeds & ~unsure
    points = len(table)
    verdict = _of(int(exceeds.sum()), int((exceeds | unknown).sum()), points)
    # More points that exceed never turn a verdict back, so that none and all of the unsure ones are enough to look at.
    none_of_them, all_of_them = int(sure.sum()), int((exceeds | unsure).sum())
    steady = _of(none_of_them, none_of_them, points) == _of(all_of_them, all_of_them, points) == verdict
    share = wilson_interval(int(exceeds.sum()), points, confidence)
    return Verdict(verdict, share, exceeds, unsure, found, steady and points > 0)


def _of(least: int, most: int, points: int) -> str:
    """Give the verdict if between `least` and `most` of the points exceed the minimum."""
    # Whole numbers of points are compared with shares of them, which rounding must not move.
    if points and least >= SUPPORTED_FROM * points - 1e-9:
        return SUPPORTED
    return REFUTED if points and most <= REFUTED_TO * points + 1e-9 else DEPENDS
