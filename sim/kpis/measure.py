"""From a trace to its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kpis.fold import Fold
from sim.kpis.quantity import Measure
from sim.kpis.rows import Ints
from sim.trace import Trace

if TYPE_CHECKING:
    from sim.plan import Plan
    from sim.scenario import Scenario


def measure(trace: Trace, scenario: Scenario | None = None) -> dict[str, Measure]:
    """Give all KPIs of one replication.

    Parameters
    ----------
    trace : Trace
        Of `simulate`; with rows or without, the numbers are the same bits.
    scenario : Scenario, optional
        What was simulated. The trace carries the plan that was made of it, window included, so nothing more
        is read from it.

    Returns
    -------
    dict of str to Measure
        By dotted name, ``family.thing.detail``; see `docs/kpis.md`.
    """
    return measure_cohorts(trace)[0]


def measures_of(plan: Plan) -> list[str]:
    """Give the names of all measures that a run of a plan has."""
    return list(Fold(plan).result())


def measure_cohorts(trace: Trace) -> tuple[dict[str, Measure], dict[str, Ints]]:
    """Give all KPIs of one replication, and the durations behind its quantiles counted on a grid.

    Parameters
    ----------
    trace : Trace
        Of `simulate`; with rows or without, the numbers are the same bits.

    Returns
    -------
    measures : dict of str to Measure
        As `measure` gives them.
    cohorts : dict of str to ndarray of int64, shape (3, cells)
        By the name of the quantiles without its last part, ``flow.opportunity.answer`` say; see
        `sim.kpis.sketch`.
    """
    if trace.measures is not None:
        return trace.measures, trace.cohorts
    fold = Fold(trace.plan)
    for block in trace.blocks():
        fold.add(block)
    return fold.result(), fold.cohorts()
