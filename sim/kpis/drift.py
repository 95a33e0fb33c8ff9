"""Whether the numbers inside stay where they are over the window."""

from __future__ import annotations

import numpy as np

from sim.analysis.drift import trend
from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure
from sim.kpis.rows import Floats, Ints, counts, lookup, sums
from sim.kpis.stages import first_steps, stages_of
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import WEEK_MS


class WeeklyNumber:
    """Average number inside in each week of the window, by group, from intervals that come in any order.

    Weeks are counted from the beginning of the window; what does not fill a week at its end is left out. Kept are
    how many came and went in each week, and the sums of their instants: integers, so nothing is rounded.

    Parameters
    ----------
    window_ms : tuple of int
        [lo, hi).
    groups : int
        How many.
    """

    def __init__(self, window_ms: tuple[int, int], groups: int) -> None:
        self._lo, hi = window_ms
        self._weeks = (hi - self._lo) // WEEK_MS
        self._shape = (groups, self._weeks)
        self._n = np.zeros(groups * self._weeks, dtype=np.int64)
        self._sum = np.zeros(groups * self._weeks, dtype=np.int64)

    def add(self, group: Ints, since_ms: Ints, time_ms: Ints) -> None:
        """Add intervals [since, time)."""
        length = self._weeks * WEEK_MS
        for at, sign in ((since_ms, 1), (time_ms, -1)):
            at = np.maximum(at - self._lo, 0)
            early = at < length
            if not early.all():
                at, mine = at[early], group[early]
            else:
                mine = group
            cell = mine * self._weeks + at // WEEK_MS
            self._n += sign * counts(cell, len(self._n))
            self._sum += sign * sums(cell, at, len(self._sum))

    def levels(self) -> Floats:
        """Give the average number inside, shape (groups, weeks)."""
        n = self._n.reshape(self._shape)
        rest = self._sum.reshape(self._shape) - n * (np.arange(self._weeks) * WEEK_MS)
        before = np.cumsum(n, axis=1) - n
        return np.asarray((before * WEEK_MS + n * WEEK_MS - rest) / WEEK_MS)


class Drifts:
    """Trend over the window of the number inside: by journey, by stage, and in the queue of each role.

    A stage holds the cases whose milestone's clock runs. By Little's law a number inside that grows means lead
    times that depend on when one looks. Each replication gives level, change over the window by a straight line
    through weekly means, and that change's error; `sim.analysis.drift` says of all together whether there is a
    drift.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._stages, self._stage_of = stages_of(plan)
        self._first = first_steps(plan)
        self._journey_of = lookup([s.journey for s in plan.steps])
        self._inside = WeeklyNumber(plan.window_ms, len(plan.journeys))
        self._staged = WeeklyNumber(plan.window_ms, len(self._stages))
        self._queued = WeeklyNumber(plan.window_ms, len(plan.roles))

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        cases = batch.of(Event.END, Event.OPEN_CASE)
        self._inside.add(self._journey_of[cases.step], cases.since_ms, cases.time_ms)
        if self._stages:
            rows = batch.of(Event.MILESTONE, Event.MISSED, Event.OPEN_MILESTONE)
            rows = rows.where((rows.event == Event.MILESTONE) | self._first[rows.step])
            self._staged.add(self._stage_of[rows.step], rows.since_ms, rows.time_ms)
        queued = batch.queued
        self._queued.add(queued.rows.role.astype(np.int64), queued.since_ms, queued.time_ms)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        groups = (
            ([(j, f"journey.{r.name}") for j, r in enumerate(self._plan.journeys) if r.first >= 0], self._inside),
            ([(i, f"stage.{name}") for i, name in enumerate(self._stages)], self._staged),
            ([(r, f"queue.{role.name}") for r, role in enumerate(self._plan.roles)], self._queued),
        )
        for names, number in groups:
            levels = number.levels()
            for i, name in names:
                level, change, error = trend(levels[i])
                found[f"flow.drift.{name}.level"] = Measure(level, "1")
                found[f"flow.drift.{name}.change"] = Measure(change, "1")
                found[f"flow.drift.{name}.change_error"] = Measure(error, "1")
        return found
