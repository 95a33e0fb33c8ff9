"""One number for each point of an experiment: a measure, or the paired difference of two designs in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.answers.cube import Cube
from sim.analysis.contrast import Term, contrast
from sim.analysis.intervals import Interval
from sim.analysis.luck import Luck, luck_of


@dataclass(frozen=True)
class Outcomes:
    """An outcome at some points.

    Attributes
    ----------
    kpi, unit : str
        The measure.
    found : list of Interval
        By point: the mean over replications, paired where it is a difference. Not defined where the measure is not.
    values : ndarray of float64, shape (points, replications)
        What the intervals are of; for functions of totals what each replication adds.
    """

    kpi: str
    unit: str
    found: list[Interval]
    values: NDArray[np.float64]

    @property
    def means(self) -> NDArray[np.float64]:
        """The outcome by point."""
        return np.array([one.mean for one in self.found])

    @property
    def luck(self) -> Luck:
        """How much of what differs between the points is luck."""
        return luck_of(self.values)


def outcomes(found: Cube, kpi: str, names: Sequence[Sequence[str]]) -> Outcomes:
    """Give an outcome by point.

    Parameters
    ----------
    found : Cube
        Measures.
    kpi : str
        Which.
    names : sequence of sequence of str
        Of the points in the cube, of one design; or of two, equally many, if the second less the first is the outcome.
    """
    at = [found.estimates(kpi, of_design) for of_design in names]
    weights = (1.0,) if len(at) == 1 else (-1.0, 1.0)
    intervals, values = [], []
    for together in zip(*at, strict=True):
        intervals.append(contrast([Term(w, one) for w, one in zip(weights, together, strict=True)]))
        values.append(sum(w * one.pseudo for w, one in zip(weights, together, strict=True)))
    return Outcomes(kpi, found.units[kpi], intervals, np.array(values).reshape(len(intervals), found.replications))
