"""Whether the numbers inside stay where they are over the window."""

from __future__ import annotations

import numpy as np

from sim.analysis.drift import trend
from sim.kpis.quantity import Measure
from sim.kpis.rows import Floats, Ints, counts, lookup, of, sums, take
from sim.kpis.stages import first_steps, stages_of
from sim.plan import Plan
from sim.trace import Block, Event
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
        end = self._lo + self._weeks * WEEK_MS
        for at, sign in ((since_ms, 1), (time_ms, -1)):
            at = np.maximum(at, self._lo)
            early = at < end
            at, cell = at[early] - self._lo, group[early]
            week, rest = np.divmod(at, WEEK_MS)
            cell = cell * self._weeks + week
            self._n += sign * counts(cell, len(self._n))
            self._sum += sign * sums(cell, rest, len(self._sum))

    def levels(self) -> Floats:
        """Give the average number inside, shape (groups, weeks)."""
        n, rest = self._n.reshape(self._shape), self._sum.reshape(self._shape)
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

    def add(self, block: Block) -> None:
        """Fold the next block."""
        cases = of(block, Event.END, Event.OPEN_CASE)
        self._inside.add(self._journey_of[cases.step], cases.since_ms, cases.time_ms)
        if self._stages:
            rows = of(block, Event.MILESTONE, Event.MISSED, Event.OPEN_MILESTONE)
            rows = take(rows, (rows.event == Event.MILESTONE) | self._first[rows.step])
            self._staged.add(self._stage_of[rows.step], rows.since_ms, rows.time_ms)
        rows = of(block, Event.START, Event.LEAVE, Event.OPEN_TASK)
        rows = take(rows, ((rows.event != Event.OPEN_TASK) | (rows.person < 0)) & (rows.time_ms > rows.since_ms))
        self._queued.add(rows.role.astype(np.int64), rows.since_ms, rows.time_ms)

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
