"""Work done inside the window, task by task, on the calendar of whoever does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.kpis.rows import Ints, Rows, overlap, sums
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import DAY_MS

if TYPE_CHECKING:
    from sim.kpis.batch import Batch

MOST_DAYS = 1 << 24
"""A person and a day in one number; objects that hold both would be looked through by the garbage collector."""


class Work(NamedTuple):
    """Tasks that were in somebody's hands, each with what of it lies in the window.

    Attributes
    ----------
    rows : Rows
        FINISH and STOP rows, and OPEN_TASK rows of tasks in service.
    worked_ms : ndarray of int64, shape (n,)
        Work done in the window.
    elapsed_ms : ndarray of int64, shape (n,)
        Time in hands in the window, nights and absences included; never less than `worked_ms`.
    cut : list of int
        Rows of which an edge of the window may cut something off.
    by_step_ms : ndarray of int64, shape (roles, steps)
        Sums of `worked_ms`.
    """

    rows: Rows
    worked_ms: Ints
    elapsed_ms: Ints
    cut: list[int]
    by_step_ms: Ints


class Works:
    """Reads the tasks of batch after batch; remembers only who was absent on which day.

    A task inside the window counts with the work its row states. One that an edge of the window cuts counts
    with the open hours of its role between the edge and its start or finish, less the person's days of
    absence: people work on a task whenever they are there, until it is done.

    Parameters
    ----------
    plan : Plan
        Gives calendars and window.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._calendars = [role.calendar for role in plan.roles]
        self._shape = len(plan.roles), len(plan.steps)
        self._absent: set[int] = set()

    def add(self, batch: Batch) -> Work:
        """Give the tasks of a batch; batches must come in order."""
        lo, hi = self._lo, self._hi
        away = batch.of(Event.ABSENT)
        self._absent.update((away.person.astype(np.int64) * MOST_DAYS + away.since_ms // DAY_MS).tolist())
        rows = batch.of(Event.OPEN_TASK, Event.STOP, Event.FINISH)
        rows = rows.where((rows.person >= 0) & (rows.time_ms >= lo) & (rows.since_ms < hi))
        elapsed = overlap(rows.since_ms, rows.time_ms, lo, hi)
        whole = (rows.since_ms >= lo) & (rows.time_ms <= hi) & (rows.event != Event.OPEN_TASK)
        worked = rows.value.astype(np.int64)
        cut = np.flatnonzero(~whole).tolist()
        for i in cut:
            since, time = max(int(rows.since_ms[i]), lo), min(int(rows.time_ms[i]), hi)
            worked[i] = self.between(int(rows.role[i]), int(rows.person[i]), since, time)
        roles, steps = self._shape
        cell = rows.role.astype(np.int64) * steps + rows.step
        return Work(rows, worked, elapsed, cut, sums(cell, worked, roles * steps).reshape(self._shape))

    def between(self, role: int, person: int, a: int, b: int) -> int:
        """Give the ms a person is at work in [a, b), as far as absences are known."""
        if b <= a:
            return 0
        calendar, days = self._calendars[role], range(a // DAY_MS, (b - 1) // DAY_MS + 1)
        away = [day for day in days if person * MOST_DAYS + day in self._absent]
        lost = (calendar.worked(max(a, day * DAY_MS), min(b, (day + 1) * DAY_MS)) for day in away)
        return calendar.worked(a, b) - sum(lost)
