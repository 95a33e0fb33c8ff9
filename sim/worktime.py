"""Working-time arithmetic in integer milliseconds: when work that starts now is done, what lies between.

Open intervals are [opening, closing). Work that finishes exactly at closing belongs to that day. Integers
make every identity exact: finishing and counting what was worked are each other's inverse to the millisecond,
and jobs of 0.1 h fill an 8 h day without a remainder. Instants before t=0 are allowed everywhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import floor

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS
WEEK_MS = 7 * DAY_MS
WEEKS_PER_YEAR = 52
YEAR_MS = WEEKS_PER_YEAR * WEEK_MS
LONGEST_REST_DAYS = 3_660  # ten years without an open day are taken for a mistake

Absent = Callable[[int], bool]
"""Whether somebody is away on a day, counted from t=0."""


@dataclass(frozen=True)
class Calendar:
    """Weekly open intervals, the same every week, and days on which nobody works.

    Parameters
    ----------
    intervals : tuple of (int, int)
        Opening and closing in ms of the week, sorted and apart; none crosses midnight, except the one
        interval that is the whole week. Two that touch at midnight are two sessions.
    closed_days : frozenset of int, optional
        Days counted from t=0 on which the calendar is closed all day (company holidays).

    Attributes
    ----------
    is_always : bool
        Whether the calendar never closes: the fast path of whoever asks.

    Raises
    ------
    ValueError
        If the intervals break these rules, or there are none.
    """

    intervals: tuple[tuple[int, int], ...]
    closed_days: frozenset[int] = frozenset()
    is_always: bool = field(init=False, compare=False, repr=False)
    _sessions: tuple[tuple[int, int], ...] = field(init=False, compare=False, repr=False)
    _openings: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _before: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _open_per_week: int = field(init=False, compare=False, repr=False)
    _closed: tuple[int, ...] = field(init=False, compare=False, repr=False)
    _lost: tuple[int, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Check the intervals and precompute running sums."""
        if not self.intervals:
            raise ValueError("calendar: at least one open interval is needed")
        whole_week = self.intervals == ((0, WEEK_MS),)
        last = 0
        for start, end in self.intervals:
            if not last <= start < end <= WEEK_MS:
                raise ValueError(f"calendar: intervals must be sorted, apart and inside a week, got {self.intervals}")
            if not whole_week and (end - 1) // DAY_MS != start // DAY_MS:
                raise ValueError(f"calendar: an interval must not cross midnight, got ({start}, {end})")
            last = end
        # Holidays and absences are whole days, so a session never reaches beyond one.
        days = tuple((day * DAY_MS, (day + 1) * DAY_MS) for day in range(7))
        sessions = days if whole_week else self.intervals
        before = [0]
        for start, end in sessions:
            before.append(before[-1] + end - start)
        set_once = object.__setattr__
        set_once(self, "is_always", whole_week and not self.closed_days)
        set_once(self, "_sessions", sessions)
        set_once(self, "_openings", tuple(start for start, _ in sessions))
        set_once(self, "_before", tuple(before))
        set_once(self, "_open_per_week", before[-1])
        # Days that holidays take away, and the open ms lost to the first n of them.
        lost = [0]
        for day in sorted(self.closed_days):
            lost.append(lost[-1] + self._weekly((day + 1) * DAY_MS) - self._weekly(day * DAY_MS))
        set_once(self, "_closed", tuple(sorted(self.closed_days)))
        set_once(self, "_lost", tuple(lost))

    @classmethod
    def always(cls) -> Calendar:
        """Give the calendar that never closes."""
        return cls(((0, WEEK_MS),))

    @classmethod
    def weekly(cls, hours: Iterable[tuple[int, float, float]], closed_days: Iterable[int] = ()) -> Calendar:
        """Build from (day, start hour, end hour); what overlaps or touches within a day is merged.

        Parameters
        ----------
        hours : iterable of (int, float, float)
            In any order; day 0 is Monday, and 0 <= start < end <= 24.
        closed_days : iterable of int, optional
            As for the class.

        Raises
        ------
        ValueError
            If a day or an hour is out of range.
        """
        found: list[tuple[int, int]] = []
        for day, start_h, end_h in sorted(hours):
            if not (0 <= day <= 6 and 0 <= start_h < end_h <= 24):
                raise ValueError(
                    "calendar: hours must be (day 0 to 6, start, end) with 0 <= start < end <= 24, "
                    f"got {(day, start_h, end_h)}"
                )
            start = day * DAY_MS + floor(start_h * HOUR_MS + 0.5)
            end = day * DAY_MS + floor(end_h * HOUR_MS + 0.5)
            if found and start <= found[-1][1] and found[-1][0] // DAY_MS == day:
                found[-1] = (found[-1][0], max(found[-1][1], end))
            else:
                found.append((start, end))
        if sum(end - start for start, end in found) == WEEK_MS:
            found = [(0, WEEK_MS)]
        return cls(tuple(found), frozenset(closed_days))

    @property
    def sessions(self) -> tuple[tuple[int, int], ...]:
        """Opening and closing of each session in ms of the week; a calendar that never closes has one a day."""
        return self._sessions

    def without_holidays(self) -> Calendar:
        """Give the calendar of a week like any other, in which no day is closed but by the week's own hours."""
        return Calendar(self.intervals) if self.closed_days else self

    def is_open(self, t: int) -> bool:
        """Whether the calendar is open at an instant."""
        into = t % WEEK_MS
        i = bisect_right(self._openings, into) - 1
        return i >= 0 and into < self._sessions[i][1] and t // DAY_MS not in self.closed_days

    def next_open(self, t: int) -> int:
        """Give the first open instant at or after t."""
        return t if self.is_open(t) else self.next_opening(t)

    def next_opening(self, t: int) -> int:
        """Give the first beginning of a session strictly after t; one that never closes has one a day."""
        into = t % WEEK_MS
        base = t - into
        i = bisect_right(self._openings, into)
        while True:
            if i == len(self._sessions):
                i, base = 0, base + WEEK_MS
            opening = base + self._openings[i]
            if opening // DAY_MS not in self.closed_days:
                return opening
            i += 1

    def closing(self, t: int) -> int:
        """Give the end of the session that is open at t.

        Raises
        ------
        ValueError
            If the calendar is closed at t.
        """
        if not self.is_open(t):
            raise ValueError(f"calendar: closed at {t} ms")
        return self.session(t)[1]

    def session(self, t: int) -> tuple[int, int]:
        """Give opening and closing of the session that is open at t, or of the next one."""
        t = self.next_open(t)
        into = t % WEEK_MS
        opening, closing = self._sessions[bisect_right(self._openings, into) - 1]
        return t - into + opening, t - into + closing

    def longest_session(self) -> int:
        """Give the ms of the longest session of a week."""
        return max(closing - opening for opening, closing in self._sessions)

    def cumulative(self, t: int) -> int:
        """Give the open ms in [0, t); before t=0, less than nothing."""
        if not self._closed:
            return self._weekly(t)
        return self._weekly(t) - self._lost_before(t) + self._lost_before(0)

    def _weekly(self, t: int) -> int:
        """Give the open ms in [0, t) as if there were no holidays."""
        week, into = divmod(t, WEEK_MS)
        i = bisect_right(self._openings, into) - 1
        if i < 0:
            return week * self._open_per_week
        start, end = self._sessions[i]
        return week * self._open_per_week + self._before[i] + (into if into < end else end) - start

    def _lost_before(self, t: int) -> int:
        """Give the ms before t that holidays take away, from the first holiday on."""
        day = t // DAY_MS
        n = bisect_left(self._closed, day)
        today = self._weekly(t) - self._weekly(day * DAY_MS) if day in self.closed_days else 0
        return self._lost[n] + today

    def worked(self, a: int, b: int, absent: Absent | None = None) -> int:
        """Give the open ms in [a, b), less those of days of absence.

        Parameters
        ----------
        a, b : int
            Instants, a <= b.
        absent : callable, optional
            Days on which nothing is done.
        """
        if absent is None:
            return self.cumulative(b) - self.cumulative(a)
        total, day = 0, a // DAY_MS
        while day * DAY_MS < b:
            if not absent(day):
                total += self.cumulative(min(b, (day + 1) * DAY_MS)) - self.cumulative(max(a, day * DAY_MS))
            day += 1
        return total

    def finish(self, start: int, work: int, absent: Absent | None = None, until: int | None = None) -> int:
        """Give the instant at which work that starts at `start` is done.

        Parameters
        ----------
        start : int
            An instant, open or not.
        work : int
            ms of work, not negative; 0 is done at once, even while closed.
        absent : callable, optional
            Days on which nothing is done.
        until : int, optional
            Where to stop looking: what is not done by then is said to be done at some instant not before it.

        Returns
        -------
        int
            The earliest t >= start with ``worked(start, t, absent) == work``.

        Raises
        ------
        ValueError
            If the work is negative, or no open day comes for ten years.
        """
        if work <= 0:
            if work < 0:
                raise ValueError(f"calendar: work must not be negative, got {work} ms")
            return start
        if absent is None and self.is_always:
            return start + work
        into = start % WEEK_MS
        base = start - into
        # Whole weeks at once, where every week ahead is alike.
        if absent is None and (not self._closed or start // DAY_MS > self._closed[-1]):
            weeks = (work - 1) // self._open_per_week
            work -= weeks * self._open_per_week
            base += weeks * WEEK_MS
        sessions, closed_days = self._sessions, self.closed_days
        i = bisect_right(self._openings, into) - 1
        at = base + into
        if i < 0:
            i, at = 0, base + sessions[0][0]
        give_up = at + LONGEST_REST_DAYS * DAY_MS
        while True:
            closing = base + sessions[i][1]
            if at < closing:
                day = at // DAY_MS
                if day not in closed_days and (absent is None or not absent(day)):
                    if work <= closing - at:
                        return at + work
                    work -= closing - at
                    give_up = closing + LONGEST_REST_DAYS * DAY_MS
                elif at > give_up:
                    raise ValueError(f"calendar: no open day in the ten years before day {day}")
            i += 1
            if i == len(sessions):
                i, base = 0, base + WEEK_MS
            at = base + sessions[i][0]
            if until is not None and at >= until:
                return at
