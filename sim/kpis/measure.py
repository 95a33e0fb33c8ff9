"""From a trace to its measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.kpis.fold import Fold
from sim.kpis.quantity import Measure
from sim.trace import Trace

if TYPE_CHECKING:
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
    if trace.measures is not None:
        folded: dict[str, Measure] = trace.measures
        return folded
    fold = Fold(trace.plan)
    for block in trace.blocks():
        fold.add(block)
    return fold.result()
