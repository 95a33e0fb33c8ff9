"""How surprising a mean over replications would be if the true mean were a given one."""

from __future__ import annotations

from math import nan, sqrt

import numpy as np
from numpy.typing import ArrayLike

from sim.analysis.intervals import replication_values


def student_p(values: ArrayLike, at: float = 0.0) -> float:
    """Give the two-sided p-value of a mean; of a paired difference, if the values are differences.

    It is below 1 - c exactly where `at` lies outside the interval of `mean_interval` with confidence c.

    Parameters
    ----------
    values : array_like, shape (replications,)
        One value per independent replication; nan is dropped.
    at : float
        The mean that is held against them.

    Returns
    -------
    float
        Student t with n - 1 degrees of freedom. Values that do not vary leave no doubt, as in `mean_interval`: 1 if
        they are equal to `at`, else 0. Nan with fewer than two values, or if one is infinite.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional.

    References
    ----------
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, sections 4.5 and 10.2.1.
    """
    vector = replication_values(values)
    off = vector[~np.isnan(vector)] - at
    n = len(off)
    if n < 2 or not np.isfinite(off).all():
        return nan
    size = float(np.abs(off).max())
    if size == 0.0:
        return 1.0
    off = off / size  # squares of very small or large numbers would leave the range of float64
    error = float(off.std(ddof=1)) / sqrt(n)
    if error == 0.0:
        return 0.0

    from scipy.special import stdtr

    return float(2.0 * stdtr(n - 1, -abs(float(off.mean())) / error))
