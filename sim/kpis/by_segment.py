"""A few measures by segment, to see what becomes of major accounts beside the others."""

from __future__ import annotations

from sim.kpis.accounts import segment_of
from sim.kpis.batch import Batch
from sim.kpis.lead_time import KINDS, LeadTimes
from sim.kpis.on_time import DELIVERY, OnTime
from sim.kpis.quantity import Measure
from sim.kpis.stages import stages_of
from sim.plan import Plan

RESOLUTION = "resolution"
"""The milestone whose lead time is given by segment."""
_SAID = ("mean_h", "median_h", "reached_share")


class BySegment:
    """On time in full, and lead times to a resolution, of the accounts of each segment.

    As `OnTime` and `LeadTimes` define them, over the rows of the accounts of one segment. A market with one segment,
    or without accounts, has none.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        names = [m.name for m in plan.milestones]
        self._segments = plan.segments if len(plan.segments) > 1 else ()
        self._segment_of = segment_of(plan)
        self._on_time = OnTime(plan) if self._segments and DELIVERY in names else None
        wanted = self._segments if RESOLUTION in names else ()
        self._lead_times = [LeadTimes(plan, only=RESOLUTION) for _ in wanted]
        self._resolves = stages_of(plan, only=RESOLUTION)[1] >= 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if self._on_time is not None:
            self._on_time.add(batch)
        for event in KINDS if self._lead_times else ():
            rows = batch.of(event)
            rows = rows.where(self._resolves[rows.step])
            segment = self._segment_of[rows.account]
            for s, lead_times in enumerate(self._lead_times):
                lead_times.add_rows(event, rows.where(segment == s))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        if self._on_time is not None:
            for s, name in enumerate(self._segments):
                found[f"satisfaction.on_time_in_full.{name}"] = self._on_time.in_full_of(s)
        for name, lead_times in zip(self._segments, self._lead_times, strict=False):
            for full, measure in lead_times.result().items():
                stem, _, what = full.rpartition(".")
                if what in _SAID:
                    found[f"{stem}.{name}.{what}"] = measure
        return found
