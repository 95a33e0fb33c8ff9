"""A number made of several KPIs, replication by replication, with an interval of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isfinite

from experiments.report.comparison import Comparison, Estimate


def derived(comparison: Comparison, design: str, kpis: Sequence[str], formula: Callable[..., float]) -> Estimate:
    """Work out a number from KPIs of the same replication, and its interval over replications.

    Parameters
    ----------
    comparison : Comparison
        The answer.
    design : str
        Under which.
    kpis : sequence of str
        What the formula takes, in its order.
    formula : callable
        Receives one value per KPI, all of one replication. A replication in which one of them is not defined, or in
        which the formula divides by zero, does not count.

    Returns
    -------
    Estimate
        Mean with Student's t interval; nan if no replication counts.
    """
    series = [comparison.series(design, kpi) for kpi in kpis]
    shared = [r for r in series[0] if all(r in one for one in series[1:])]
    values = []
    for replication in shared:
        inputs = [one[replication] for one in series]
        if all(map(isfinite, inputs)):
            try:
                values.append(formula(*inputs))
            except ZeroDivisionError:
                continue
    return _mean(values, comparison.confidence)


def _mean(values: Sequence[float], confidence: float) -> Estimate:
    from sim.analysis.intervals import mean_interval

    found = mean_interval(list(values), confidence)
    return Estimate(found.mean, found.low, found.high, found.n)
