"""Flow: lead times, outcomes, where time goes, queues, work in process, and whether all this is steady."""

from __future__ import annotations

from sim.kpis.batch import Batch
from sim.kpis.case_time import CaseTime
from sim.kpis.drift import Drifts
from sim.kpis.lead_time import LeadTimes
from sim.kpis.outcomes import Outcomes
from sim.kpis.quantity import Measure
from sim.kpis.rows import Ints
from sim.kpis.waiting import Waiting
from sim.plan import Plan


class Flow:
    """The measures of `LeadTimes`, `Outcomes`, `CaseTime`, `Waiting` and `Drifts`.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lead_times, self._outcomes, self._case_time = LeadTimes(plan), Outcomes(plan), CaseTime(plan)
        self._parts = (self._lead_times, self._outcomes, self._case_time, Waiting(plan), Drifts(plan))

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        for part in self._parts:
            part.add(batch)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        return {name: measure for part in self._parts for name, measure in part.result().items()}

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketches of all durations that have quantiles, by the name these have without their last part."""
        return {**self._lead_times.cohorts(), **self._outcomes.cohorts(), **self._case_time.cohorts()}
