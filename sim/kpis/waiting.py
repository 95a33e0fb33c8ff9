"""Queues in front of activities."""

from __future__ import annotations

import numpy as np

from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Ints, counts, joined, lookup, of, overlap, sums, take
from sim.plan import Plan
from sim.trace import Block, Event
from sim.worktime import HOUR_MS


class Waiting:
    """Waits by activity, in elapsed time from entry into the queue.

    Waits are those of tasks that started (or left) in the window, in full even if they began before it. The
    number in queue is an average over the window's time, so that it also holds those that never start and
    those still there at the end; so is the number in the queue of a role, whatever it is queued for. Lead-in
    work such as travel is what a task starts with: the wait is then booked with the lead-in, and the activity
    after it, which nobody waited for, is not counted.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._names = [activity.name for activity in plan.activities]
        self._activity_of = lookup([s.activity for s in plan.steps])
        led = [any(phase.activities[a].lead_ins for _, phase in plan.phases) for a in range(len(plan.activities))]
        led_in = [s.activity >= 0 and led[s.activity] for s in plan.steps]
        self._led_in = np.array([*led_in, False])
        lead_ins = {step for _, phase in plan.phases for a in phase.activities for step, _, _ in a.lead_ins}
        self._is_lead_in = np.array([*(s.index in lead_ins for s in plan.steps), False])
        self._last: Block | None = None
        self._roles = [role.name for role in plan.roles]
        self._role_ms = np.zeros(len(self._roles), dtype=np.int64)
        size = len(self._names)
        self._started, self._delayed, self._left, self._balked = (np.zeros(size, dtype=np.int64) for _ in range(4))
        self._started_ms, self._left_ms, self._queue_ms = (np.zeros(size, dtype=np.int64) for _ in range(3))

    def add(self, block: Block) -> None:
        """Fold the next block."""
        lo, hi, size = self._lo, self._hi, len(self._names)
        starts = np.flatnonzero(block.event == Event.START)
        if self._led_in.any():
            starts = starts[~self._continues(block, starts)]
        started = take(block, starts)
        left, open_ = of(block, Event.LEAVE), of(block, Event.OPEN_TASK)
        for rows in (started, left, take(open_, open_.person < 0)):
            if len(rows.step):
                inside = overlap(rows.since_ms, rows.time_ms, lo, hi)
                self._queue_ms += sums(self._activity_of[rows.step], inside, size)
                self._role_ms += sums(rows.role, inside, len(self._roles))
        activity, wait = self._in_window(started)
        self._started += counts(activity, size)
        self._delayed += counts(activity[wait > 0], size)
        self._started_ms += sums(activity, wait, size)
        if len(left.step):
            activity, wait = self._in_window(left)
            self._left += counts(activity, size)
            self._left_ms += sums(activity, wait, size)
        balked = of(block, Event.BALK)
        if len(balked.step):
            self._balked += counts(self._in_window(balked)[0], size)

    def _in_window(self, rows: Block) -> tuple[Ints, Ints]:
        inside = (rows.time_ms >= self._lo) & (rows.time_ms < self._hi)
        return self._activity_of[rows.step[inside]], (rows.time_ms - rows.since_ms)[inside]

    def _continues(self, block: Block, starts: Ints) -> Flags:
        """Tell which starts follow at once on a lead-in of the same person."""
        if self._last is not None:
            block = joined(self._last, block)
            starts = starts + 1
        self._last = take(block, np.array([len(block.event) - 1])) if len(block.event) else None
        before = starts - 1
        return np.asarray(
            (before >= 0)
            & self._led_in[block.step[starts]]
            & (block.event[before] == Event.FINISH)
            & self._is_lead_in[block.step[before]]
            & (block.person[before] == block.person[starts])
            & (block.time_ms[before] == block.time_ms[starts])
        )

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for i, name in enumerate(self._names):
            started, left, balked = int(self._started[i]), int(self._left[i]), int(self._balked[i])
            wait_h = int(self._started_ms[i]) / HOUR_MS
            all_h = wait_h + int(self._left_ms[i]) / HOUR_MS
            path = f"flow.wait.{name}"
            found[f"{path}.mean_h"] = Measure(ratio(wait_h, started), "h")
            found[f"{path}.mean_of_all_h"] = Measure(ratio(all_h, started + left), "h")
            found[f"{path}.delayed_share"] = Measure(ratio(int(self._delayed[i]), started), "share")
            found[f"{path}.left_share"] = Measure(ratio(left, started + left), "share")
            found[f"{path}.balked_share"] = Measure(ratio(balked, started + left + balked), "share")
            found[f"{path}.number"] = Measure(ratio(int(self._queue_ms[i]), self._hi - self._lo), "1")
        for role, ms in zip(self._roles, self._role_ms.tolist(), strict=True):
            found[f"flow.queue.{role}.number"] = Measure(ratio(ms, self._hi - self._lo), "1")
        return found
