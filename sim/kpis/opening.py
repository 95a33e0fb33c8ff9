"""Open hours of many roles at many instants at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.rows import Ints
from sim.worktime import DAY_MS, WEEK_MS, Calendar


class Openings:
    """The calendars of some roles.

    Parameters
    ----------
    calendars : sequence of Calendar
        By role; the same one may stand several times.
    """

    def __init__(self, calendars: Sequence[Calendar]) -> None:
        distinct = list(dict.fromkeys(calendars))
        self._calendars = distinct
        self._of_role = np.array([distinct.index(c) for c in calendars], dtype=np.int64)

    def worked(self, role: NDArray[Any], a: Ints, b: Ints) -> Ints:
        """Give the open ms of each role in each [a, b); 0 where b is before a.

        Parameters
        ----------
        role : ndarray of int, shape (n,)
            Indices of roles.
        a, b : ndarray of int64, shape (n,)
            Instants in ms, not negative.

        Returns
        -------
        ndarray of int64, shape (n,)
        """
        b = np.maximum(a, b)
        if len(self._calendars) == 1:
            return _between(self._calendars[0], a, b)
        which = self._of_role[role]
        result = np.zeros(len(a), dtype=np.int64)
        for i, calendar in enumerate(self._calendars):
            mine = np.flatnonzero(which == i)
            if len(mine):
                result[mine] = _between(calendar, a[mine], b[mine])
        return result


def _between(calendar: Calendar, a: Ints, b: Ints) -> Ints:
    if calendar.is_always:
        return b - a
    return open_before(calendar, b) - open_before(calendar, a)


def open_before(calendar: Calendar, t: Ints) -> Ints:
    """Give the open ms before many t, counted from some instant: differences are those of `Calendar.cumulative`."""
    open_ms = _weekly_before(calendar, t)
    if not calendar.closed_days:
        return open_ms
    closed = np.array(sorted(calendar.closed_days), dtype=np.int64)
    taken = _weekly_before(calendar, (closed + 1) * DAY_MS) - _weekly_before(calendar, closed * DAY_MS)
    lost = np.concatenate(([0], np.cumsum(taken)))
    day = t // DAY_MS
    today = np.where(np.isin(day, closed), open_ms - _weekly_before(calendar, day * DAY_MS), 0)
    result: Ints = open_ms - lost[np.searchsorted(closed, day)] - today
    return result


def _weekly_before(calendar: Calendar, t: Ints) -> Ints:
    """Give the open ms in [0, t) as if there were no holidays."""
    starts = np.array([s for s, _ in calendar.intervals], dtype=np.int64)
    ends = np.array([e for _, e in calendar.intervals], dtype=np.int64)
    before = np.concatenate(([0], np.cumsum(ends - starts)))
    week, rest = np.divmod(t, WEEK_MS)
    i = np.searchsorted(starts, rest, side="right") - 1
    partial = before[i] + np.minimum(rest, ends[i]) - starts[i]
    result: Ints = week * before[-1] + np.where(i >= 0, partial, 0)
    return result
