"""Two designs compared replication by replication on the same customers."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, isfinite

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, point_values, replication_values


@dataclass(frozen=True)
class PairedDifference:
    """What replication by replication differences say.

    Attributes
    ----------
    interval : Interval
        Mean difference (other minus base) with its Student t bounds; `n` counts the complete pairs.
    t : float
        Test statistic of "no difference", Student t with n - 1 degrees of freedom; nan with fewer than two
        pairs or if the differences do not vary.
    correlation : float
        Pearson correlation of the two designs over replications; nan if either does not vary.
    variance_ratio : float
        Var(other - base) / (Var(base) + Var(other)): 1 is what independent random numbers give on average,
        .25 says that common random numbers save three replications of four; nan if neither design varies.
    """

    interval: Interval
    t: float
    correlation: float
    variance_ratio: float

    def gain(self, confidence: float = 0.95) -> Interval:
        """Give how many independent replications of both designs one paired replication is worth.

        Parameters
        ----------
        confidence : float
            In (0, 1).

        Returns
        -------
        Interval
            `mean` is 1 / `variance_ratio`; 1 says that pairing gains nothing, less that it loses. Bounds hold for
            normal values of designs that vary alike, whose sums and differences are then independent: the ratio of
            their variances is F with n - 1 and n - 1 degrees of freedom. Where one varies more than the other they are
            too wide. All nan where the ratio is not defined.
        """
        ratio, n = self.variance_ratio, self.interval.n
        if not isfinite(ratio):
            return Interval(ratio, ratio, ratio, n)
        if ratio <= 0.0:
            return Interval(inf, inf, inf, n)
        from scipy.special import fdtri

        # Of sums over differences; the gain is 1/2 + 1/2 of it.
        found = max(0.0, 2.0 / ratio - 1.0)
        spread = float(fdtri(n - 1, n - 1, 0.5 * (1.0 + confidence)))
        return Interval(1.0 / ratio, 0.5 + 0.5 * found / spread, 0.5 + 0.5 * found * spread, n)


def _varies(values: NDArray[np.float64], scale: float) -> bool:
    """Whether `values` differ by more than the rounding of numbers of size `scale`."""
    return bool(np.ptp(values) > 8.0 * np.finfo(np.float64).eps * scale)


def paired_difference(base: ArrayLike, other: ArrayLike, confidence: float = 0.95) -> PairedDifference:
    """Paired t interval for the difference of two designs that met the same customers.

    Parameters
    ----------
    base, other : array_like, shape (replications,)
        The same measure under either design; equal positions are the same replication. A pair in which either
        value is nan (not defined) is dropped.
    confidence : float
        Probability that the interval covers the mean difference, in (0, 1).

    Returns
    -------
    PairedDifference
        Every statistic uses the complete pairs only.

    Raises
    ------
    ValueError
        If the shapes differ, are not one-dimensional, or `confidence` is not in (0, 1).

    Notes
    -----
    The pairing is valid whatever the correlation; it pays where the correlation is positive. Where designs do
    not share replications the interval of Welch is the one to use instead. Differences are often more skewed than
    what they are taken of, see `sim.analysis.skewed_interval`.

    References
    ----------
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, sections 10.2.1 (paired t),
    10.2.2 (Welch) and 11.2 (common random numbers).
    Welch, B. L., "The significance of the difference between two means when the population variances are
    unequal", Biometrika 29(3-4), 1938, 350-362, doi:10.1093/biomet/29.3-4.350.
    """
    a, b = replication_values(base), replication_values(other)
    if a.shape != b.shape:
        raise ValueError(f"base and other must have one value per replication each, got {a.shape} and {b.shape}")
    complete = ~(np.isnan(a) | np.isnan(b))
    a, b = a[complete], b[complete]
    undefined = float("nan")
    if not (np.isfinite(a).all() and np.isfinite(b).all()):
        # An infinite value leaves no difference to speak of: inf - inf is not a number.
        return PairedDifference(Interval(undefined, undefined, undefined, int(a.size)), undefined, undefined, undefined)
    difference = b - a
    interval = mean_interval(difference, confidence)
    if interval.n < 2:
        return PairedDifference(interval, undefined, undefined, undefined)

    # Variances of numbers of size 1: squares of very small or large ones would leave the range of float64.
    a_size, b_size = float(np.abs(a).max()) or 1.0, float(np.abs(b).max()) or 1.0
    scale = max(a_size, b_size)
    t = correlation = ratio = undefined
    if _varies(difference, scale):
        scaled = difference / scale
        t = float(scaled.mean() / (scaled.std(ddof=1) / np.sqrt(interval.n)))
    if _varies(a, a_size) and _varies(b, b_size):
        correlation = float(np.clip(np.corrcoef(a / a_size, b / b_size)[0, 1], -1.0, 1.0))
    if _varies(a, scale) or _varies(b, scale):
        independent = (a / scale).var(ddof=1) + (b / scale).var(ddof=1)
        ratio = float((difference / scale).var(ddof=1) / independent)
    return PairedDifference(interval, t, correlation, ratio)


def paired_differences(values: ArrayLike, base: int = 0, confidence: float = 0.95) -> list[PairedDifference]:
    """Compare every point of a table with one of them; see `paired_difference`.

    Parameters
    ----------
    values : array_like, shape (points, replications)
        Column r is the same replication at every point.
    base : int
        The row that is subtracted.
    confidence : float
        Of every interval, each for itself; see `sim.analysis.holm` for all together.

    Returns
    -------
    list of PairedDifference
        By row; that of the base itself is zero.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional, has no row `base`, or `confidence` is not in (0, 1).
    """
    table = point_values(values)
    if not 0 <= base < len(table):
        raise ValueError(f"base must be one of {len(table)} rows, got {base!r}")
    return [paired_difference(table[base], row, confidence) for row in table]
