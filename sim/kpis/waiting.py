"""Queues in front of activities."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, Rows, counts, lookup, overlap, sums
from sim.plan import Plan
from sim.trace import Event
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
        self._last: tuple[int, ...] = (-1, -1, -1, -1)
        self._roles = [role.name for role in plan.roles]
        self._role_ms = np.zeros(len(self._roles), dtype=np.int64)
        steps = len(plan.steps)
        self._started, self._delayed, self._left, self._balked = (np.zeros(steps, dtype=np.int64) for _ in range(4))
        self._started_ms, self._left_ms = (np.zeros(steps, dtype=np.int64) for _ in range(2))
        self._queue_ms = np.zeros((len(plan.roles), steps), dtype=np.int64)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        started, left, balked = batch.now(Event.START), batch.now(Event.LEAVE), batch.now(Event.BALK)
        queued = batch.queued
        self._add_queue(queued.rows, queued.time_ms - queued.since_ms, 1)
        if self._led_in.any():
            goes_on = self._continues(batch)
            self._add_queue(goes_on, overlap(goes_on.since_ms, goes_on.time_ms, self._lo, self._hi), -1)
            self._add_started(goes_on.between(self._lo, self._hi), -1)
        self._add_started(started, 1)
        self._left += counts(left.step, len(self._left))
        self._left_ms += sums(left.step, left.time_ms - left.since_ms, len(self._left))
        self._balked += counts(balked.step, len(self._balked))

    def _add_queue(self, rows: Rows, inside: Ints, sign: int) -> None:
        roles, steps = self._queue_ms.shape
        cell = rows.role.astype(np.int64) * steps + rows.step
        self._queue_ms += sign * sums(cell, inside, roles * steps).reshape(roles, steps)

    def _add_started(self, rows: Rows, sign: int) -> None:
        wait, steps = rows.time_ms - rows.since_ms, len(self._started)
        self._started += sign * counts(rows.step, steps)
        self._delayed += sign * counts(rows.step[wait > 0], steps)
        self._started_ms += sign * sums(rows.step, wait, steps)

    def _continues(self, batch: Batch) -> Rows:
        """Give the starts that follow at once on a lead-in of the same person."""
        starts = batch.of(Event.START)
        starts = starts.where(self._led_in[starts.step])
        columns = [batch.in_time(name) for name in ("event", "step", "person", "time_ms")]
        before = starts.place - 1
        event, step, person, time = (
            np.where(before >= 0, column[before], last) for column, last in zip(columns, self._last, strict=True)
        )
        if len(batch):
            self._last = tuple(int(column[-1]) for column in columns)
        follows = (event == Event.FINISH) & self._is_lead_in[step]
        return starts.where(follows & (person == starts.person) & (time == starts.time_ms))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        columns = (self._started, self._delayed, self._left, self._balked, self._started_ms, self._left_ms)
        by_activity = [self._by_activity(column) for column in (*columns, self._queue_ms.sum(axis=0))]
        for name, *told in zip(self._names, *by_activity, strict=True):
            started, delayed, left, balked, started_ms, left_ms, queue_ms = told
            wait_h = started_ms / HOUR_MS
            all_h = wait_h + left_ms / HOUR_MS
            path = f"flow.wait.{name}"
            found[f"{path}.mean_h"] = Measure(ratio(wait_h, started), "h")
            found[f"{path}.mean_of_all_h"] = Measure(ratio(all_h, started + left), "h")
            found[f"{path}.delayed_share"] = Measure(ratio(delayed, started), "share")
            found[f"{path}.left_share"] = Measure(ratio(left, started + left), "share")
            found[f"{path}.balked_share"] = Measure(ratio(balked, started + left + balked), "share")
            found[f"{path}.number"] = Measure(ratio(queue_ms, self._hi - self._lo), "1")
        for role, ms in zip(self._roles, self._queue_ms.sum(axis=1).tolist(), strict=True):
            found[f"flow.queue.{role}.number"] = Measure(ratio(ms, self._hi - self._lo), "1")
        return found

    def _by_activity(self, by_step: Ints) -> list[int]:
        found = np.zeros(len(self._names) + 1, dtype=np.int64)
        np.add.at(found, self._activity_of[:-1], by_step)
        told: list[int] = found[:-1].tolist()
        return told
