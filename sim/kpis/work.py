"""Work done inside the window, task by task, on the calendar of whoever does it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kpis.rows import Ints, of, overlap, take
from sim.plan import Plan
from sim.trace import Block, Event
from sim.worktime import DAY_MS


class Work(NamedTuple):
    """Tasks that were in somebody's hands, each with what of it lies in the window.

    Attributes
    ----------
    rows : Block
        FINISH and STOP rows, and OPEN_TASK rows of tasks in service.
    worked_ms : ndarray of int64, shape (n,)
        Work done in the window.
    elapsed_ms : ndarray of int64, shape (n,)
        Time in hands in the window, nights and absences included; never less than `worked_ms`.
    cut : list of int
        Rows of which an edge of the window may cut something off.
    """

    rows: Block
    worked_ms: Ints
    elapsed_ms: Ints
    cut: list[int]


class Works:
    """Reads the tasks of block after block; remembers only who was absent on which day.

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
        self._absent: set[tuple[int, int]] = set()

    def add(self, block: Block) -> Work:
        """Give the tasks of a block; blocks must come in order."""
        lo, hi = self._lo, self._hi
        away = of(block, Event.ABSENT)
        self._absent.update(zip(away.person.tolist(), (away.since_ms // DAY_MS).tolist(), strict=True))
        rows = of(block, Event.FINISH, Event.STOP, Event.OPEN_TASK)
        rows = take(rows, (rows.person >= 0) & (rows.time_ms >= lo) & (rows.since_ms < hi))
        elapsed = overlap(rows.since_ms, rows.time_ms, lo, hi)
        whole = (rows.since_ms >= lo) & (rows.time_ms <= hi) & (rows.event != Event.OPEN_TASK)
        worked = np.where(whole, rows.value, 0.0).astype(np.int64)
        cut = np.flatnonzero(~whole).tolist()
        for i in cut:
            since, time = max(int(rows.since_ms[i]), lo), min(int(rows.time_ms[i]), hi)
            worked[i] = self.between(int(rows.role[i]), int(rows.person[i]), since, time)
        return Work(rows, worked, elapsed, cut)

    def between(self, role: int, person: int, a: int, b: int) -> int:
        """Give the ms a person is at work in [a, b), as far as absences are known."""
        if b <= a:
            return 0
        return self._calendars[role].worked(a, b, lambda day: (person, day) in self._absent)
