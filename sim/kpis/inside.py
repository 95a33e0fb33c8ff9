"""Which journey the unfinished cases belong to, for rows of work that no journey of its own has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.kpis.rows import Ints, Rows, lookup
from sim.plan import Plan
from sim.trace import Event

if TYPE_CHECKING:
    from sim.kpis.batch import Batch


class Journeys:
    """Tells the journey whose time a row is part of.

    Nearly always it is that of the row's step. Lead-in work (travel), booking an appointment and completing a
    kit are steps of no customer's journey, though the case waits for them: these rows belong to the journey of
    their case, which is remembered from its BEGIN to its END. Work that no case waits for (the giver's part of a
    hand-off, administration) belongs to none.

    Parameters
    ----------
    plan : Plan
        Gives steps and journeys.
    """

    def __init__(self, plan: Plan) -> None:
        customers = [journey.first >= 0 for journey in plan.journeys]
        self.of_step = lookup([s.journey if customers[s.journey] else -1 for s in plan.steps])
        lead_ins = {step for _, phase in plan.phases for a in phase.activities for step, _, _ in a.lead_ins}
        self.borrowed = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
        bookings = {a.booking for _, phase in plan.phases for a in phase.activities if a.booking >= 0}
        self.borrowed[[*lead_ins, *bookings, plan.complete_step]] = True
        terms = [t for _, phase in plan.phases for t in (phase.across_roles, phase.within_role)]
        incomplete = any(min(t.complete, t.complete_technical) < 1.0 for t in terms)
        self._needed = bool(lead_ins or bookings) or incomplete
        self._of_case: Ints = np.empty(0, dtype=np.int64)

    def begin(self, batch: Batch) -> None:
        """Learn the cases of a batch, before any of its rows is asked for."""
        if self._needed:
            begun = batch.of(Event.BEGIN)
            self._of_case = batch.cases.carried(self._of_case, -1)
            self._of_case[begun.number] = self.of_step[begun.step]

    def of(self, rows: Rows) -> Ints:
        """Give the journey of each row; -1 for work that no journey's case waits for."""
        journey = self.of_step[rows.step]
        if self._needed and len(self._of_case):
            asked = np.flatnonzero(self.borrowed[rows.step])
            number = rows.number[asked]
            journey[asked] = np.where(number >= 0, self._of_case[number], -1)
        return journey
