"""Which journey the unfinished cases belong to, for rows of work that no journey of its own has."""

from __future__ import annotations

import numpy as np

from sim.kpis.rows import Ints, lookup, of
from sim.plan import Plan
from sim.trace import Block, Event


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
        self._of_step = lookup([s.journey if customers[s.journey] else -1 for s in plan.steps])
        lead_ins = {step for _, phase in plan.phases for a in phase.activities for step, _, _ in a.lead_ins}
        self._borrowed = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
        bookings = {a.booking for _, phase in plan.phases for a in phase.activities if a.booking >= 0}
        self._borrowed[[*lead_ins, *bookings, plan.complete_step]] = True
        terms = [t for _, phase in plan.phases for t in (phase.across_roles, phase.within_role)]
        incomplete = any(min(t.complete, t.complete_technical) < 1.0 for t in terms)
        self._needed = bool(lead_ins or bookings) or incomplete
        self._case = np.empty(0, dtype=np.int64)
        self._journey = np.empty(0, dtype=np.int64)
        self._ended = np.empty(0, dtype=np.int64)

    def begin(self, block: Block) -> None:
        """Learn the cases of a block, before any of its rows is asked for.

        Those that ended in the block before are forgotten only now, for rows may follow their END.
        """
        if not self._needed:
            return
        stay = ~np.isin(self._case, self._ended, assume_unique=True)
        begun = of(block, Event.BEGIN)
        case = np.concatenate((self._case[stay], begun.case))
        journey = np.concatenate((self._journey[stay], self._of_step[begun.step]))
        order = np.argsort(case, kind="stable")
        self._case, self._journey = case[order], journey[order]
        self._ended = of(block, Event.END).case

    def of(self, rows: Block) -> Ints:
        """Give the journey of each row; -1 for work that no journey's case waits for."""
        journey = self._of_step[rows.step]
        if self._needed and len(self._case):
            asked = np.flatnonzero(self._borrowed[rows.step])
            if len(asked):
                place = np.minimum(np.searchsorted(self._case, rows.case[asked]), len(self._case) - 1)
                known = self._case[place] == rows.case[asked]
                journey[asked] = np.where(known, self._journey[place], -1)
        return journey
