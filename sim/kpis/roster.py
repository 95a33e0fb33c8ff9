"""Hours people are there to work, whoever comes and goes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.batch import Batch
from sim.kpis.rows import Ints, sums
from sim.plan import Plan
from sim.trace import Event


class Roster:
    """Rostered time by role: hours the role is open while somebody sits in a seat, absences included.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self.open_ms: Ints = np.zeros(len(plan.roles), dtype=np.int64)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        rows = batch.of(Event.DEPART, Event.OPEN_PERSON)
        if len(rows.role):
            worked = batch.openings.worked(rows.role, self._clipped(rows.since_ms), self._clipped(rows.time_ms))
            self.open_ms += sums(rows.role, worked, len(self.open_ms))

    def _clipped(self, time: NDArray[Any]) -> Ints:
        inside: Ints = np.clip(time, self._lo, self._hi)
        return inside
