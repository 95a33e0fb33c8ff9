"""Some measures of many points, as arrays: the same column is the same customers with the same luck at every point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from sim.analysis.contrast import mean_of
from sim.analysis.intervals import Interval
from sim.analysis.pooled import Cohort, Pooled, bootstrap_interval
from sim.analysis.summary import QUANTILES
from sim.analysis.totals import Jackknife, of_totals
from sim.kpis.totals import totals

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Cube:
    """Measures by point and replication.

    Attributes
    ----------
    points : tuple of str
        Names.
    values : mapping of str to ndarray of float64, shape (points, replications)
        By the name of the measure; nan where a point does not have it or it is not defined.
    units : mapping of str to str
        By the name of the measure.
    cohorts : mapping of str to list of Cohort
        By the stage of those measures that are quantiles of durations: the durations, a cohort a point.
    """

    points: tuple[str, ...]
    values: Mapping[str, Values]
    units: Mapping[str, str]
    cohorts: Mapping[str, list[Cohort]] = field(default_factory=dict)

    @property
    def replications(self) -> int:
        """How many replications every point has."""
        return next(iter(self.values.values())).shape[1]

    def intervals(self, kpi: str) -> list[Interval]:
        """Give a measure of each point with its 95 % interval.

        Quantiles of durations are those of all replications together, ratios are of totals, everything else is a mean.
        """
        stage, ending = kpi.rpartition(".")[::2]
        if stage not in self.cohorts or ending not in QUANTILES:
            return [one.interval() for one in self.estimates(kpi)]
        found = []
        for cohort in self.cohorts[stage]:
            value, resamples = Pooled(cohort).quantile(*QUANTILES[ending])
            found.append(bootstrap_interval(value, resamples, len(cohort.counts)))
        return found

    def at(self, point: str, kpi: str) -> Jackknife:
        """Give a measure of a point with what each replication adds to it: of totals where it is a ratio of such."""
        return self.estimates(kpi, [point])[0]

    def estimates(self, kpi: str, points: Sequence[str] | None = None) -> list[Jackknife]:
        """Give a measure of some points, by default of all, as `at` gives it."""
        place = {name: i for i, name in enumerate(self.points)}
        rows = range(len(self.points)) if points is None else [place[name] for name in points]
        of = totals(self.values).get(kpi)
        if of is None or not self.values.keys() >= {*of.parts}:
            return [mean_of(self.values[kpi][i]) for i in rows]
        return [of_totals([self.values[part][i] for part in of.parts], of) for i in rows]

    def per_replication(self, kpi: str) -> Values:
        """Give values whose means over replications are the measure: for ratios of totals, the jackknife's.

        Returns
        -------
        ndarray of float64, shape (points, replications)
        """
        of = totals(self.values).get(kpi)
        if of is None or not self.values.keys() >= {*of.parts}:
            return self.values[kpi]
        return np.array([found.pseudo for found in self.estimates(kpi)])


def stages_of(kpis: Sequence[str]) -> list[str]:
    """Give the stages of those measures that are quantiles of durations."""
    return list(dict.fromkeys(kpi.rpartition(".")[0] for kpi in kpis if kpi.rpartition(".")[2] in QUANTILES))


def with_parts(kpis: Sequence[str]) -> list[str]:
    """Give measures together with those that they are functions of.

    Parameters
    ----------
    kpis : sequence of str
        Names.
    """
    of = totals(kpis)
    return list(dict.fromkeys([*kpis, *(part for kpi in kpis if kpi in of for part in of[kpi].parts)]))
