"""A few measures by segment, to see what becomes of major accounts beside the others."""

from __future__ import annotations

import numpy as np

from sim.kpis.lead_time import LeadTimes
from sim.kpis.on_time import DELIVERY, OnTime
from sim.kpis.quantity import Measure
from sim.kpis.rows import of, take
from sim.plan import Plan
from sim.trace import Block, Event

RESOLUTION = "resolution"
"""The milestone whose lead time is given by segment."""
_ROWS = (Event.MILESTONE, Event.MISSED, Event.OPEN_MILESTONE, Event.CHOOSE, Event.END)
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
        self._segment_of = np.array([*plan.account_segment, -1], dtype=np.int64)
        self._on_time = [OnTime(plan) for _ in self._segments] if DELIVERY in names else []
        self._lead_times = [LeadTimes(plan, only=RESOLUTION) for _ in self._segments] if RESOLUTION in names else []

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if not self._on_time and not self._lead_times:
            return
        rows = of(block, *_ROWS)
        segment = self._segment_of[rows.account]
        for s in range(len(self._segments)):
            mine = take(rows, segment == s)
            for on_time in self._on_time[s : s + 1]:
                on_time.add(mine)
            for lead_times in self._lead_times[s : s + 1]:
                lead_times.add(mine)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for name, on_time in zip(self._segments, self._on_time, strict=False):
            found[f"satisfaction.on_time_in_full.{name}"] = on_time.result()["on_time_in_full"]
        for name, lead_times in zip(self._segments, self._lead_times, strict=False):
            for full, measure in lead_times.result().items():
                stem, _, what = full.rpartition(".")
                if what in _SAID:
                    found[f"{stem}.{name}.{what}"] = measure
        return found
