"""Differences of many points to one of them, paired by replication."""

from __future__ import annotations

from experiments.answers.cube import Cube
from sim.analysis.intervals import Interval
from sim.analysis.pooled import Pooled, bootstrap_interval
from sim.analysis.summary import QUANTILES
from sim.analysis.totals import difference


def differences(found: Cube, kpi: str, base: str) -> list[Interval]:
    """Give a measure of each point less that of one of them, with its 95 % interval.

    Parameters
    ----------
    found : Cube
        Measures.
    kpi : str
        Which; quantiles of durations are those of all replications together, resampled together.
    base : str
        The point from which differences are taken; its own is 0.
    """
    stage, ending = kpi.rpartition(".")[::2]
    at = found.points.index(base)
    if stage in found.cohorts and ending in QUANTILES:
        drawn = [Pooled(cohort).quantile(*QUANTILES[ending]) for cohort in found.cohorts[stage]]
        value, resamples = drawn[at]
        n = found.replications
        return [bootstrap_interval(mine - value, own - resamples, n) for mine, own in drawn]
    each = found.estimates(kpi)
    return [difference(each[at], one) for one in each]
