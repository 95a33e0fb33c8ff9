"""Flow: lead times, where time goes, queues, work in process."""

from __future__ import annotations

from sim.kpis.case_time import CaseTime
from sim.kpis.lead_time import LeadTimes
from sim.kpis.quantity import Measure
from sim.kpis.waiting import Waiting
from sim.plan import Plan
from sim.trace import Block


class Flow:
    """The measures of `LeadTimes`, `CaseTime` and `Waiting`.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._parts = (LeadTimes(plan), CaseTime(plan), Waiting(plan))

    def add(self, block: Block) -> None:
        """Fold the next block."""
        for part in self._parts:
            part.add(block)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        return {name: measure for part in self._parts for name, measure in part.result().items()}
