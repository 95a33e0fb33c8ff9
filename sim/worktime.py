"""Working-time arithmetic in integer milliseconds: when work that starts now will be finished, and what lies between.

Open intervals are [opening, closing). Work that finishes exactly at closing belongs to that day.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import floor

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
WEEK_MS = 7 * DAY_MS

Absent = Callable[[int], bool]
"""Whether somebody is away on a day, counted from t=0."""


@dataclass(frozen=True)
class Calendar:
    """Weekly open intervals, the same every week.

    Parameters
    ----------
    intervals : tuple of (int, int)
        Opening and closing in ms of the week, sorted, not touching one another, none crossing midnight unless always open.
    """

    intervals: tuple[tuple[int, int], ...]
    is_always: bool = field(init=False, compare=False, repr=False)
    _openings: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _before: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _open_per_week: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Precompute running sums; refuse intervals out of order."""
        last = 0
        before = []
        total = 0
        for start, end in self.intervals:
            if not last <= start < end <= WEEK_MS:
                raise ValueError(f"calendar: intervals must be sorted, apart and inside a week; got {self.intervals}")
            before.append(total)
            total += end - start
            last = end
        if not self.intervals:
            raise ValueError("calendar: at least one open interval is needed")
        object.__setattr__(self, "is_always", self.intervals == ((0, WEEK_MS),))
        object.__setattr__(self, "_openings", tuple(s for s, _ in self.intervals))
        object.__setattr__(self, "_before", tuple(before))
        object.__setattr__(self, "_open_per_week", total)

    @classmethod
    def always(cls) -> Calendar:
        """Give the calendar that never closes."""
        return cls(((0, WEEK_MS),))

    @classmethod
    def weekly(cls, hours: Iterable[tuple[int, float, float]]) -> Calendar:
        """Build from (day 0-6, start hour, end hour); overlapping intervals are merged, those of two days are not.

        Parameters
        ----------
        hours : iterable of (int, float, float)
            In any order.
        """
        found: list[list[int]] = []
        for day, start_h, end_h in sorted(hours):
            start = day * DAY_MS + floor(start_h * HOUR_MS + 0.5)
            end = day * DAY_MS + floor(end_h * HOUR_MS + 0.5)
            if found and start <= found[-1][1] and found[-1][0] // DAY_MS == day:
                found[-1][1] = max(found[-1][1], end)
            else:
                found.append([start, end])
        if sum(e - s for s, e in found) == WEEK_MS:
            return cls.always()
        return cls(tuple((s, e) for s, e in found))

    def _place(self, t: int) -> tuple[int, int]:
        """Give the start of the week of t and the interval that opened last before or at t in it; -1 if none did."""
        base = t - t % WEEK_MS
        return base, bisect_right(self._openings, t - base) - 1

    def is_open(self, t: int) -> bool:
        """Whether the calendar is open at an instant."""
        base, i = self._place(t)
        return i >= 0 and t - base < self.intervals[i][1]

    def next_open(self, t: int) -> int:
        """Give the first open instant at or after t."""
        return t if self.is_open(t) else self.next_opening(t)

    def next_opening(self, t: int) -> int:
        """Give the first opening strictly after t."""
        base, i = self._place(t)
        if i + 1 < len(self.intervals):
            return base + self._openings[i + 1]
        return base + WEEK_MS + self._openings[0]

    def closing(self, t: int) -> int:
        """Give the end of the interval that is open at t.

        Raises
        ------
        ValueError
            If the calendar is closed at t.
        """
        base, i = self._place(t)
        if i < 0 or t - base >= self.intervals[i][1]:
            raise ValueError(f"calendar: closed at {t} ms")
        return base + self.intervals[i][1]

    def cumulative(self, t: int) -> int:
        """Give the open ms in [0, t)."""
        base, i = self._place(t)
        weeks = base // WEEK_MS * self._open_per_week
        if i < 0:
            return weeks
        start, end = self.intervals[i]
        return weeks + self._before[i] + min(t - base, end) - start

    def worked(self, a: int, b: int, absent: Absent | None = None) -> int:
        """Give the open ms in [a, b), less those of days of absence."""
        if absent is None:
            return self.cumulative(b) - self.cumulative(a)
        total, day = 0, a // DAY_MS
        while day * DAY_MS < b:
            if not absent(day):
                total += self.cumulative(min(b, (day + 1) * DAY_MS)) - self.cumulative(max(a, day * DAY_MS))
            day += 1
        return total

    def finish(self, start: int, work: int, absent: Absent | None = None) -> int:
        """Give the instant at which work that starts at `start` is done.

        Parameters
        ----------
        start : int
            An instant, open or not.
        work : int
            ms of work; 0 is done at once.
        absent : callable, optional
            Days on which nothing is done.

        Returns
        -------
        int
            The earliest t with ``worked(start, t, absent) == work``.
        """
        if work <= 0:
            return start
        if absent is None and self.is_always:
            return start + work
        base, i = self._place(start)
        if i < 0:
            i = 0
            at = base + self._openings[0]
        else:
            at = start
        if absent is None:
            left = work % self._open_per_week or self._open_per_week
            weeks = (work - left) // self._open_per_week
            base, at = base + weeks * WEEK_MS, at + weeks * WEEK_MS
        else:
            left = work
        while True:
            opening, closing = base + self.intervals[i][0], base + self.intervals[i][1]
            at = max(at, opening)
            if at < closing and (absent is None or not absent(at // DAY_MS)):
                if left <= closing - at:
                    return at + left
                left -= closing - at
            i += 1
            if i == len(self.intervals):
                i, base = 0, base + WEEK_MS
            at = base + self._openings[i]
