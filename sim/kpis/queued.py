"""Time that tasks spend in a queue inside the window, on the calendar of the role that should do them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from sim.kpis.opening import Openings
from sim.kpis.rows import Ints, Rows
from sim.plan import Plan
from sim.trace import Event

if TYPE_CHECKING:
    from sim.kpis.batch import Batch


class Queued(NamedTuple):
    """Stretches of time in queues, as far as they lie in the window; none of length 0.

    Attributes
    ----------
    rows : Rows
        START and LEAVE rows, and OPEN_TASK rows of tasks that nobody has begun.
    since_ms, time_ms : ndarray of int64, shape (n,)
        From when to when, cut by the window.
    open_ms : ndarray of int64, shape (n,)
        What of it the role is open.
    """

    rows: Rows
    since_ms: Ints
    time_ms: Ints
    open_ms: Ints


class Queues:
    """Reads the queues of batch after batch; remembers nothing.

    Parameters
    ----------
    plan : Plan
        Gives the window.
    openings : Openings
        Of its roles.
    """

    def __init__(self, plan: Plan, openings: Openings) -> None:
        self._lo, self._hi = plan.window_ms
        self._openings = openings

    def add(self, batch: Batch) -> Queued:
        """Give the stretches that rows of a batch end."""
        rows = batch.of(Event.START, Event.LEAVE, Event.OPEN_TASK)
        in_queue = (rows.time_ms > self._lo) & (rows.since_ms < self._hi) & (rows.time_ms > rows.since_ms)
        if len(batch.of(Event.OPEN_TASK)):
            in_queue &= (rows.event != Event.OPEN_TASK) | (rows.person < 0)
        rows = rows.where(in_queue)
        since, time = np.maximum(rows.since_ms, self._lo), np.minimum(rows.time_ms, self._hi)
        return Queued(rows, since, time, self._openings.worked(rows.role, since, time))
