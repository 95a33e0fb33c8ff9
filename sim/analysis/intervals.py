"""The interval for a mean over independent replications."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds that hold it with the stated confidence.

    Attributes
    ----------
    mean : float
        Mean of the defined values; nan if there are none.
    low, high : float
        Bounds, in the unit of the values; nan with fewer than two values.
    n : int
        Number of defined values, which may be less than the number of replications.
    """

    mean: float
    low: float
    high: float
    n: int

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside; False while the bounds are not defined."""
        return self.low > 0.0 or self.high < 0.0

    def plain(self) -> dict[str, float | None]:
        """Give mean and bounds by name, for JSON: what is not defined is None."""
        numbers = {"mean": self.mean, "low": self.low, "high": self.high}
        return {name: value if isfinite(value) else None for name, value in numbers.items()}

    def text(self, form: str) -> str:
        """Give mean and bounds in a number format; a dash, or no bounds, where they are not defined."""
        if not isfinite(self.mean):
            return "-"
        mean = format(self.mean, form)
        return f"{mean} ({self.low:{form}} to {self.high:{form}})" if isfinite(self.low) else mean


def student_quantile(confidence: float, degrees_of_freedom: int) -> float:
    """Two-sided critical value of Student's t.

    Parameters
    ----------
    confidence : float
        Probability between minus and plus the returned value, in (0, 1).
    degrees_of_freedom : int
        At least 1.

    Returns
    -------
    float
        The (1 + confidence) / 2 quantile.

    Raises
    ------
    ValueError
        If `confidence` is not in (0, 1) or `degrees_of_freedom` is below 1.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    if degrees_of_freedom < 1:
        raise ValueError(f"degrees_of_freedom must be at least 1, got {degrees_of_freedom!r}")
    from scipy.special import stdtrit  # a tenth of the import time of scipy.stats

    return float(stdtrit(degrees_of_freedom, 0.5 * (1.0 + confidence)))


def replication_values(values: ArrayLike) -> NDArray[np.float64]:
    """Return `values` as a vector of float64, one per replication.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional.
    """
    vector = np.asarray(values, dtype=np.float64)
    if vector.ndim != 1:
        raise ValueError(f"values must be one-dimensional, one per replication, got shape {vector.shape}")
    return vector


def point_values(values: ArrayLike) -> NDArray[np.float64]:
    """Return `values` as a table of float64, one row per point and one column per replication.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"values must have the shape (points, replications), got {table.shape}")
    return table


def mean_interval(values: ArrayLike, confidence: float = 0.95) -> Interval:
    """Student t interval for the mean of independent replications.

    A nan says that the measure is not defined in that replication (no order was due, say). It is dropped, so
    that the interval is for the mean *given* that the measure is defined; `n` shows how many remained.

    Parameters
    ----------
    values : array_like, shape (replications,)
        One value per independent replication.
    confidence : float
        Probability that the interval covers the mean, in (0, 1).

    Returns
    -------
    Interval
        Bounds are nan with fewer than two defined values, or if a value is infinite.

    Raises
    ------
    ValueError
        If `values` is not one-dimensional or `confidence` not in (0, 1).

    Notes
    -----
    Ten values of a law with skewness 1, 2, 3: at 95 % the interval holds the mean in 93, 90, 84 % of experiments, see
    `sim.analysis.skewed_interval`.

    References
    ----------
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, sections 4.5 and 9.4.1.
    Student, "The probable error of a mean", Biometrika 6(1), 1908, 1-25, doi:10.1093/biomet/6.1.1.
    """
    vector = replication_values(values)
    defined = vector[~np.isnan(vector)]
    n = int(defined.size)
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    if n == 0:
        return Interval(float("nan"), float("nan"), float("nan"), 0)
    if not np.isfinite(defined).all():
        signs = np.unique(defined[np.isinf(defined)])
        return Interval(float(signs[0]) if signs.size == 1 else float("nan"), float("nan"), float("nan"), n)
    mean = float(defined.mean())
    if n == 1:
        return Interval(mean, float("nan"), float("nan"), 1)
    half_width = student_quantile(confidence, n - 1) * float(defined.std(ddof=1)) / float(np.sqrt(n))
    return Interval(mean, mean - half_width, mean + half_width, n)
