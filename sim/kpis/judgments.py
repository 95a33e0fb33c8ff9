"""Whether what customers got was right: how often at the first try, and together with being on time."""

from __future__ import annotations

import numpy as np

from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, lookup, of, take
from sim.plan import Plan
from sim.trace import Block, Event

Judged = tuple[int, int]
"""A case and a milestone."""


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
        self._journey_of = lookup([s.journey for s in plan.steps])
        self._judged: dict[int, set[int]] = {}
        for step in plan.steps:
            if step.judges >= 0:
                self._judged.setdefault(step.journey, set()).add(step.judges)
        self.awaited = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
        for j, journey in enumerate(plan.journeys):
            self.awaited[[s for m, s in journey.milestones if m in self._judged.get(j, ())]] = True
        self._ends = np.array([*(s.journey in self._judged for s in plan.steps), False])
        self._verdicts: dict[Judged, bool] = {}
        self._waiting: set[Judged] = set()
        size = len(plan.milestones)
        self._first, self._right_first, self._in_full = (np.zeros(size, dtype=np.int64) for _ in range(3))

    def add(self, block: Block, cases: Ints, milestones: Ints) -> None:
        """Fold the next block.

        Parameters
        ----------
        block : Block
            Rows.
        cases, milestones : ndarray of int64, shape (n,)
            What this block's rows say was due in the window and reached by then, and waits for a judgment.
        """
        if not self._judged:
            return
        for reached in zip(cases.tolist(), milestones.tolist(), strict=True):
            if reached in self._verdicts:
                self._in_full[reached[1]] += self._verdicts[reached]
            else:
                self._waiting.add(reached)
        self._judge(block)
        ended = of(block, Event.END)
        ended = take(ended, self._ends[ended.step])
        for case, journey in zip(ended.case.tolist(), self._journey_of[ended.step].tolist(), strict=True):
            for milestone in self._judged[journey]:
                self._verdicts.pop((case, milestone), None)
                self._waiting.discard((case, milestone))

    def _judge(self, block: Block) -> None:
        rows = of(block, Event.CHOOSE)
        rows = take(rows, self._milestone_of[rows.step] >= 0)
        right = rows.value == self._right_of[rows.step]
        now = (rows.time_ms >= self._lo) & (rows.time_ms < self._hi)
        columns = (rows.case, self._milestone_of[rows.step], right, now)
        for case, milestone, verdict, counts in zip(*(column.tolist() for column in columns), strict=True):
            key = case, milestone
            if key in self._verdicts:
                continue
            self._verdicts[key] = verdict
            if counts:
                self._first[milestone] += 1
                self._right_first[milestone] += verdict
            if key in self._waiting:
                self._waiting.remove(key)
                self._in_full[milestone] += verdict

    def in_full(self, milestone: int) -> int:
        """Give how many of those that were handed in were judged right; who ended unjudged was not."""
        return int(self._in_full[milestone])

    def right_first_time(self, milestone: int) -> Measure:
        """Give the share of first judgments in the window that said right."""
        return Measure(ratio(int(self._right_first[milestone]), int(self._first[milestone])), "share")
