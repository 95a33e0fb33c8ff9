"""Whether what customers got was right: how often at the first try, and together with being on time."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, Rows, counts, first_of_each, lookup
from sim.plan import Plan
from sim.trace import Event

WRONG, RIGHT, UNKNOWN = 0, 1, -1
"""Verdicts."""


class Judgments:
    """What the steps that judge a milestone said of it, case by case.

    The first judgment of a case is the one that counts, whatever a second one after repair says. It may come
    with the milestone, after a wait, or before it (an inspection). Right first time: of the first judgments
    made in the window, the share that said right, whenever the milestone was reached and whether or not
    anything was expected of it. What is not yet judged at the end of the run does not count; nan if no step
    judges the milestone.

    Remembered are the cases that were judged, or wait to be, and have not ended.

    Parameters
    ----------
    plan : Plan
        What was run.

    Attributes
    ----------
    awaited : ndarray of bool, shape (steps + 1,)
        The steps whose milestone a step of their journey judges.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        self._milestone_of = lookup([s.judges for s in plan.steps])
        self._right_of = lookup([s.right for s in plan.steps])
        self._judged = sorted({s.judges for s in plan.steps if s.judges >= 0})
        place = {milestone: n for n, milestone in enumerate(self._judged)}
        self._place_of = lookup([place.get(m, -1) for m in range(len(plan.milestones))])
        in_journey = {(s.journey, s.judges) for s in plan.steps}
        self.awaited = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
        for j, journey in enumerate(plan.journeys):
            self.awaited[[s for m, s in journey.milestones if (j, m) in in_journey]] = True
        self._verdicts = np.empty((0, len(self._judged)), dtype=np.int8)
        self._waiting = np.empty((0, len(self._judged)), dtype=np.int64)
        self._first, self._right_first = (np.zeros(len(plan.milestones), dtype=np.int64) for _ in range(2))

    def add(self, batch: Batch, rows: Rows, milestone: Ints, group: Ints, groups: int) -> Ints:
        """Fold the next batch.

        Parameters
        ----------
        batch : Batch
            All rows.
        rows : Rows
            Those of milestones that were due in the window and reached by then, and wait for a judgment.
        milestone, group : ndarray of int64, shape (n,)
            Which milestone; and as what it is to be counted, in [0, groups).
        groups : int
            How many.

        Returns
        -------
        ndarray of int64, shape (groups,)
            How many were judged right, of those in this batch and those that waited; who ends unjudged was not.
        """
        found = np.zeros(groups, dtype=np.int64)
        if not self._judged:
            return found
        self._verdicts = batch.cases.carried(self._verdicts, UNKNOWN)
        self._waiting = batch.cases.carried(self._waiting, -1)
        self._judge(batch)
        self._waiting[rows.number, self._place_of[milestone]] = group
        settled = (self._waiting >= 0) & (self._verdicts != UNKNOWN)
        found += counts(self._waiting[settled & (self._verdicts == RIGHT)], groups)
        self._waiting[settled] = -1
        return found

    def _judge(self, batch: Batch) -> None:
        rows = batch.of(Event.CHOOSE)
        rows = rows.where(self._milestone_of[rows.step] >= 0)
        place = self._place_of[self._milestone_of[rows.step]]
        first = first_of_each(rows.number * len(self._judged) + place, self._verdicts.size)
        first = first[self._verdicts[rows.number[first], place[first]] == UNKNOWN]
        rows, place = rows.take(first), place[first]
        right = rows.value == self._right_of[rows.step]
        self._verdicts[rows.number, place] = right
        now = (rows.time_ms >= self._lo) & (rows.time_ms < self._hi)
        milestone, size = self._milestone_of[rows.step], len(self._first)
        self._first += counts(milestone[now], size)
        self._right_first += counts(milestone[now & right], size)

    def right_first_time(self, milestone: int) -> Measure:
        """Give the share of first judgments in the window that said right."""
        return Measure(ratio(int(self._right_first[milestone]), int(self._first[milestone])), "share")
