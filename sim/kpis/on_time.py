"""Promises kept: milestones reached by the time the customer expected them, and right."""

from __future__ import annotations

import numpy as np

from sim.kpis.accounts import segment_of
from sim.kpis.batch import Batch
from sim.kpis.judgments import Judgments
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Ints, Rows, counts, lookup
from sim.kpis.stages import first_steps
from sim.plan import Plan
from sim.trace import Event

DELIVERY = "delivery"
"""The milestone of on-time-in-full."""


class OnTime:
    """Milestones over those that were due.

    On time: of all milestones with an expectation whose date, clock start plus expectation, lies in the
    window, the share reached by that date. Late ones, those of cases that ended without, and those still open
    are not on time.

    On time in full: of the same milestones named `DELIVERY`, the share reached by that date and right at the
    first judgment. What was judged wrong, or is not judged when the case or the run ends, is not in full,
    even if it is put right later. In a journey in which no step judges the delivery nothing says more than
    that it came, so there it counts when it is on time; if no journey judges it, on time in full equals on
    time.

    Right first time: see `Judgments`.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._names = [milestone.name for milestone in plan.milestones]
        self._milestone_of = milestone_of(plan)
        self._counted = first_steps(plan)
        self._judgments = Judgments(plan)
        self._segment_of = segment_of(plan)
        self._shape = len(plan.segments) + 1, len(self._names)
        self._due, self._on_time, self._in_full = (np.zeros(self._shape, dtype=np.int64) for _ in range(3))

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._names:
            return
        for event in (Event.MISSED, Event.OPEN_MILESTONE):
            rows = batch.of(event)
            if len(rows):
                self._due += self._count(rows.where(self._due_now(rows) & self._counted[rows.step]))
        rows = batch.of(Event.MILESTONE)
        rows = rows.where(self._due_now(rows))
        self._due += self._count(rows)
        rows = rows.where(rows.time_ms <= _date(rows))
        self._on_time += self._count(rows)
        awaited = self._judgments.awaited[rows.step]
        self._in_full += self._count(rows.where(~awaited))
        rows = rows.where(awaited)
        milestone = self._milestone_of[rows.step]
        right = self._judgments.add(batch, rows, milestone, self._cell(rows), self._in_full.size)
        self._in_full += right.reshape(self._shape)

    def _cell(self, rows: Rows) -> Ints:
        return self._segment_of[rows.account] * len(self._names) + self._milestone_of[rows.step]

    def _count(self, rows: Rows) -> Ints:
        return counts(self._cell(rows), self._due.size).reshape(self._shape)

    def _due_now(self, rows: Rows) -> Flags:
        date = _date(rows)
        return np.asarray((rows.value >= 0.0) & (date >= self._lo) & (date < self._hi))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for m, name in enumerate(self._names):
            due = int(self._due[:, m].sum())
            found[f"on_time.{name}_share"] = Measure(ratio(int(self._on_time[:, m].sum()), due), "share")
            if name == DELIVERY:
                found["on_time_in_full"] = Measure(ratio(int(self._in_full[:, m].sum()), due), "share")
            found[f"right_first_time.{name}_share"] = self._judgments.right_first_time(m)
        return found

    def in_full_of(self, segment: int) -> Measure:
        """Give on time in full of the accounts of a segment."""
        m = self._names.index(DELIVERY)
        return Measure(ratio(int(self._in_full[segment, m]), int(self._due[segment, m])), "share")


def milestone_of(plan: Plan) -> Ints:
    """Give a table of the milestone each step carries, -1 for none, to index by a column of steps."""
    return lookup([plan.activities[s.activity].milestone if s.activity >= 0 else -1 for s in plan.steps])


def _date(rows: Rows) -> Ints:
    """Give when the milestone of each row was due."""
    date: Ints = rows.since_ms + rows.value.astype(np.int64)
    return date
