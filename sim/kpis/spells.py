"""Stretches of time that cases spend in one place: with a person, in a queue, with the customer."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.cases import Numbers
from sim.kpis.rows import Ints, Rows, overlap
from sim.plan import Plan
from sim.trace import Event

TOUCH, QUEUE, OFF_SHIFT, CUSTOMER = range(4)
"""States that rows tell; what is left of a case's time is `BLOCKED`."""
STATES = ("touch", "queue", "off_shift", "customer", "blocked")
KINDS = ((TOUCH, OFF_SHIFT), (QUEUE, OFF_SHIFT), (CUSTOMER, OFF_SHIFT))
"""The two states of a stretch in somebody's hands, in a queue, and with the customer."""


class Spell(NamedTuple):
    """Stretches of time of one kind as columns of length n, each as far as it lies in the window.

    Attributes
    ----------
    number : ndarray of int32, shape (n,)
        That of the case.
    journey : ndarray of int64, shape (n,)
        Whose; -1 never occurs.
    time_ms : ndarray of int64, shape (n,)
        When it ends.
    first_ms, length_ms : ndarray of int64, shape (n,)
        Its part in the first state of its kind, and all of it.
    """

    number: Numbers
    journey: Ints
    time_ms: Ints
    first_ms: Ints
    length_ms: Ints


class Spells:
    """Reads stretches of time batch after batch.

    Time in somebody's hands is touch as far as it is worked, and else off shift. Time in a queue is queue while
    the role that should do it is open, and else off shift.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms

    def add(self, batch: Batch) -> tuple[Spell, Spell, Spell]:
        """Give the stretches that rows of a batch end, by `KINDS`; batches must come in order."""
        work, queued, waits = batch.work, batch.queued, batch.of(Event.WAIT, Event.OPEN_WAIT)
        waited = overlap(waits.since_ms, waits.time_ms, self._lo, self._hi)
        return (
            self._spell(batch, work.rows, work.worked_ms, work.elapsed_ms),
            self._spell(batch, queued.rows, queued.open_ms, queued.time_ms - queued.since_ms),
            self._spell(batch, waits, waited, waited),
        )

    def _spell(self, batch: Batch, rows: Rows, first: Ints, length: Ints) -> Spell:
        journey = batch.journeys.of(rows)
        mine = (journey >= 0) & (length > 0)
        if not mine.all():
            at = np.flatnonzero(mine)
            rows, journey, first, length = rows.take(at), journey[at], first[at], length[at]
        return Spell(rows.number, journey, rows.time_ms, first, length)
