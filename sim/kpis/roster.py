"""Hours people are there to work, whoever comes and goes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.opening import Openings
from sim.kpis.rows import Ints, of, sums
from sim.plan import Plan
from sim.trace import Block, Event


class Roster:
    """Rostered time by role: hours the role is open while somebody sits in a seat, absences included.

    Parameters
    ----------
    plan : Plan
        What was run.
    openings : Openings
        Of its roles.
    """

    def __init__(self, plan: Plan, openings: Openings) -> None:
        self._lo, self._hi = plan.window_ms
        self._openings = openings
        self.open_ms: Ints = np.zeros(len(plan.roles), dtype=np.int64)

    def add(self, block: Block) -> None:
        """Fold the next block."""
        rows = of(block, Event.DEPART, Event.OPEN_PERSON)
        if len(rows.role):
            worked = self._openings.worked(rows.role, self._clipped(rows.since_ms), self._clipped(rows.time_ms))
            self.open_ms += sums(rows.role, worked, len(self.open_ms))

    def _clipped(self, time: NDArray[Any]) -> Ints:
        inside: Ints = np.clip(time, self._lo, self._hi)
        return inside
