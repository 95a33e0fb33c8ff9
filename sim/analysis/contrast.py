"""Weighted sums of measures of several designs on the same customers, with what chance leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, isfinite

import numpy as np
from numpy.typing import NDArray

from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.totals import Jackknife, centered


@dataclass(frozen=True)
class Term:
    """One measure in a sum.

    Attributes
    ----------
    times : float
        Its weight.
    found : Jackknife
        Its value, and what stands for the value of each replication.
    """

    times: float
    found: Jackknife


def mean_of(values: NDArray[np.float64]) -> Jackknife:
    """Give the mean of a measure over replications, shape (replications,); nan if it is not defined in one of them."""
    return Jackknife(float(values.mean()) if len(values) else float("nan"), values)


def contrast(terms: Sequence[Term], confidence: float = 0.95) -> Interval:
    """Give the interval of a weighted sum, paired by replication.

    Parameters
    ----------
    terms : sequence of Term
        Measures of one or several designs in the same replications, at least one.
    confidence : float
        In (0, 1).

    Returns
    -------
    Interval
        Of the sum. Replications in which a term is not defined are left out; a mean is then of the others, a function
        of totals has no bounds.

    Raises
    ------
    ValueError
        If the terms have different numbers of replications.

    References
    ----------
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 10.2.1 (paired t).
    """
    lengths = {len(term.found.pseudo) for term in terms}
    if len(lengths) != 1:
        raise ValueError(f"all terms must have the same replications, got {sorted(lengths)}")
    pseudo = np.sum([term.times * term.found.pseudo for term in terms], axis=0)
    value = fsum(term.times * term.found.value for term in terms)
    if isfinite(value):
        return centered(value, pseudo, confidence)
    return mean_interval(pseudo, confidence)
