"""Open hours of many roles at many instants at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import gcd
from typing import Any, NamedTuple

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
    until_ms : int
        Nearly all instants asked for are before it: for these there is a table.
    """

    def __init__(self, calendars: Sequence[Calendar], until_ms: int = 0) -> None:
        distinct = list(dict.fromkeys(calendars))
        self._calendars = distinct
        self._of_role = np.array([distinct.index(c) for c in calendars], dtype=np.int64)
        self._table = _table_of(tuple(distinct), until_ms) if distinct and not distinct[0].is_always else None

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
        if len(self._calendars) == 1 and self._calendars[0].is_always:
            return b - a
        which = self._of_role[role]
        if self._table is not None and len(b) and int(b.max()) < self._table.until_ms:
            return self._table.open_before(which, b) - self._table.open_before(which, a)
        result = np.zeros(len(a), dtype=np.int64)
        for i, calendar in enumerate(self._calendars):
            mine = np.flatnonzero(which == i)
            if len(mine):
                result[mine] = _between(calendar, a[mine], b[mine])
        return result


class _Table(NamedTuple):
    """Open ms before each of many instants, evenly apart; between two of them a calendar is open or closed.

    Attributes
    ----------
    apart_ms, until_ms, cells : int
        The distance, where the instants end, and how many there are.
    before_ms, is_open : ndarray of int64, shape (calendars * cells,)
        Open ms before each instant, and 1 if it is open from there to the next one.
    """

    apart_ms: int
    until_ms: int
    cells: int
    before_ms: Ints
    is_open: Ints

    def open_before(self, which: Ints, t: Ints) -> Ints:
        """Give the open ms before many t of some calendars."""
        cell = t // self.apart_ms
        rest = t - cell * self.apart_ms
        cell += which * self.cells
        before: Ints = self.before_ms[cell] + rest * self.is_open[cell]
        return before


_MOST_CELLS = 1 << 17


@lru_cache(maxsize=8)
def _table_of(calendars: tuple[Calendar, ...], until_ms: int) -> _Table | None:
    """Give the table of some calendars; none if it were too long."""
    edges = [edge for calendar in calendars for interval in calendar.intervals for edge in interval]
    apart = gcd(DAY_MS, *edges)
    cells = until_ms // apart + 1
    if cells * len(calendars) > _MOST_CELLS:
        return None
    instants = np.arange(cells + 1) * apart
    rows = [instants if calendar.is_always else open_before(calendar, instants) for calendar in calendars]
    before = np.concatenate([row[:-1] for row in rows])
    is_open = np.concatenate([np.diff(row) for row in rows]) // apart
    return _Table(apart, cells * apart, cells, before, is_open)


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
