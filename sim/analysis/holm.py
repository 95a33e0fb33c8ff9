"""Several differences looked at together: which ones are told from zero without one of them being so by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, point_values
from sim.analysis.p_value import student_p


@dataclass(frozen=True)
class FamilyMember:
    """One difference among several.

    Attributes
    ----------
    interval : Interval
        Simultaneous: the intervals of the whole family hold their means all at once with the confidence asked for.
    p : float
        Two-sided, of this difference alone; nan if not defined.
    adjusted : float
        By Holm, for the family; nan if `p` is.
    told : bool
        Whether the difference is told from zero, by `adjusted`. Holm's test sees more than the intervals do: a
        difference may be told although its simultaneous interval holds zero, never the other way round.
    """

    interval: Interval
    p: float
    adjusted: float
    told: bool


def holm_adjusted(p_values: ArrayLike) -> NDArray[np.float64]:
    """Adjust p-values for their number, so that the chance of any false alarm is bounded, however they depend.

    Parameters
    ----------
    p_values : array_like, shape (family,)
        In [0, 1]; nan where not defined. Such a test still counts as one of the family.

    Returns
    -------
    ndarray of float64, shape (family,)
        The i-th smallest is the largest of (m - j + 1) p_(j) over j <= i, at most 1; nan where `p_values` is.

    Raises
    ------
    ValueError
        If `p_values` is not one-dimensional or holds a number outside [0, 1].

    References
    ----------
    Holm, S., "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6(2),
    1979, 65-70.
    """
    p = np.asarray(p_values, dtype=np.float64)
    if p.ndim != 1:
        raise ValueError(f"p_values must be one-dimensional, got shape {p.shape}")
    if ((p < 0.0) | (p > 1.0)).any():
        raise ValueError("p_values must lie in [0, 1]")
    order = np.argsort(p, kind="stable")  # nan last
    steps = p[order] * (len(p) - np.arange(len(p)))
    adjusted = np.empty_like(p)
    adjusted[order] = np.minimum(np.maximum.accumulate(steps), 1.0)
    return np.where(np.isnan(p), np.nan, adjusted)


def holm_family(differences: ArrayLike, confidence: float = 0.95) -> list[FamilyMember]:
    """Judge several paired differences together.

    Parameters
    ----------
    differences : array_like, shape (family, replications)
        Differences by replication, other less base; nan where not defined.
    confidence : float
        That no difference is told wrongly, and that all intervals hold, in (0, 1).

    Returns
    -------
    list of FamilyMember
        In the order of the rows. Intervals are Bonferroni's, Student t at 1 - (1 - confidence) / family each: Holm's
        procedure has none of its own that would say by how much a difference that it tells is off zero.

    Raises
    ------
    ValueError
        If `differences` is not two-dimensional or `confidence` not in (0, 1).

    References
    ----------
    See `holm_adjusted`. Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 10.3
    (Bonferroni).
    """
    table = point_values(differences)
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    each = 1.0 - (1.0 - confidence) / max(1, len(table))
    p = [student_p(row) for row in table]
    adjusted = holm_adjusted(p)
    return [
        FamilyMember(mean_interval(row, each), one, float(of_all), bool(of_all < 1.0 - confidence))
        for row, one, of_all in zip(table, p, adjusted, strict=True)
    ]
