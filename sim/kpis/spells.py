"""Stretches of time that cases spend in one place: with a person, in a queue, with the customer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kpis.inside import Journeys
from sim.kpis.opening import Openings
from sim.kpis.rows import Ints, of, overlap, take
from sim.kpis.work import Works
from sim.plan import Plan
from sim.trace import Block, Event

TOUCH, QUEUE, OFF_SHIFT, CUSTOMER = range(4)
"""States that rows tell; what is left of a case's time is `BLOCKED`."""
STATES = ("touch", "queue", "off_shift", "customer", "blocked")


class Spell(NamedTuple):
    """Stretches of time as columns of length n, each as far as it lies in the window; the rest of it is cut off.

    Attributes
    ----------
    case, journey : ndarray of int64, shape (n,)
        Whose; -1 as journey never occurs.
    since_ms, time_ms : ndarray of int64, shape (n,)
        From when to when, cut by the window.
    state_ms : ndarray of int64, shape (4, n)
        What of it was spent in `TOUCH`, `QUEUE`, `OFF_SHIFT` and `CUSTOMER`; adds up to ``time_ms - since_ms``.
    """

    case: Ints
    journey: Ints
    since_ms: Ints
    time_ms: Ints
    state_ms: Ints


class Spells:
    """Reads stretches of time block after block.

    Time in somebody's hands is touch as far as it is worked, and else off shift. Time in a queue is queue while
    the role that should do it is open, and else off shift.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._journeys = Journeys(plan)
        self._works = Works(plan)
        self._openings = Openings([role.calendar for role in plan.roles])

    def add(self, block: Block) -> Spell:
        """Give the stretches that rows of a block end; blocks must come in order."""
        self._journeys.begin(block)
        parts = (self._served(block), self._queued(block), self._waited(block))
        return Spell(*(np.concatenate(columns, axis=-1) for columns in zip(*parts, strict=True)))

    def _spell(self, rows: Block, elapsed: Ints, inner: Ints, states: tuple[int, int]) -> Spell:
        """Make stretches of which `inner` ms were spent in the first of two states, and the rest in the second."""
        journey = self._journeys.of(rows)
        mine = (journey >= 0) & (elapsed > 0)
        rows, journey, elapsed, inner = take(rows, mine), journey[mine], elapsed[mine], inner[mine]
        since = np.maximum(rows.since_ms, self._lo)
        state = np.zeros((4, len(journey)), dtype=np.int64)
        state[states[0]] = inner
        state[states[1]] += elapsed - inner
        return Spell(rows.case, journey, since, since + elapsed, state)

    def _served(self, block: Block) -> Spell:
        work = self._works.add(block)
        return self._spell(work.rows, work.elapsed_ms, work.worked_ms, (TOUCH, OFF_SHIFT))

    def _queued(self, block: Block) -> Spell:
        rows = of(block, Event.START, Event.LEAVE, Event.OPEN_TASK)
        queued = (rows.event != Event.OPEN_TASK) | (rows.person < 0)
        rows = take(rows, queued & (rows.time_ms > rows.since_ms) & (rows.time_ms > self._lo))
        elapsed = overlap(rows.since_ms, rows.time_ms, self._lo, self._hi)
        since, time = np.maximum(rows.since_ms, self._lo), np.minimum(rows.time_ms, self._hi)
        return self._spell(rows, elapsed, self._openings.worked(rows.role, since, time), (QUEUE, OFF_SHIFT))

    def _waited(self, block: Block) -> Spell:
        rows = of(block, Event.WAIT, Event.OPEN_WAIT)
        elapsed = overlap(rows.since_ms, rows.time_ms, self._lo, self._hi)
        return self._spell(rows, elapsed, elapsed, (CUSTOMER, OFF_SHIFT))
