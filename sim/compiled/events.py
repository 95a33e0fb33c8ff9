"""The calendar of events: a heap by time, class and rank within the instant, and order of entry.

Only the events of the days up to `DUE_UNTIL` stand in the heap, which so stays small; the others wait by day, in no
order. An event is what in the other engine a process waits for, or a call at an instant. Its kind says what happens,
`whom` to whom, and `which` which of several times: an event whose `which` no longer holds is let pass.
"""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import FullError, put_back, take
from sim.worktime import DAY_MS

(
    FINISHES, WAIT_ENDS, PATIENCE_ENDS, WINDOW_PASSES, CASE_BEGINS, ARRIVES, OPENS, RELEASES, NEED_ARISES, LAPSES,
    WEEK_BEGINS, IN_THE_WEEK, MONEY_IS_SPENT, ROW_ARISES, SLOT_BEGINS, COMES_BACK, HIRES, LEAVES, PEOPLE_LEAVE,
    DESIGN_CHANGES, OUTAGE_WEEK, OUTAGE_BEGINS, OUTAGE_ENDS, CALL_FINDS,
) = range(24)  # fmt: skip
"""Kinds of events; in the calendar, with the company above `COMPANY_SHIFT`."""


@compiled
def _precedes(m, event, time, key, serial):  # type: ignore[no-untyped-def]
    """Whether an event comes before another."""
    if m[event + V_TIME] != time:
        return m[event + V_TIME] < time
    if m[event + V_KEY] != key:
        return m[event + V_KEY] < key
    return m[event + V_SERIAL] < serial


@compiled
def _move(m, to, event):  # type: ignore[no-untyped-def]
    for n in range(EVENT_SIZE):
        m[to + n] = m[event + n]


@compiled
def schedule(m, time, key, kind, whom, which):  # type: ignore[no-untyped-def]
    """Let something happen at an instant, in a class and rank; what comes after the horizon never does."""
    m[SERIAL] += 1
    if time < m[DUE_UNTIL]:
        enter(m, time, key, m[SERIAL], kind | m[WHOSE], whom, which)
    elif time < m[HORIZON]:
        event, day = take(m, FREE_LATER, LATER_NEXT, LATER_SIZE), m[DAYS] + time // DAY_MS
        m[event + V_TIME], m[event + V_KEY], m[event + V_SERIAL] = time, key, m[SERIAL]
        m[event + V_KIND], m[event + V_WHOM], m[event + V_WHICH] = kind | m[WHOSE], whom, which
        m[event + LATER_NEXT] = m[day]
        m[day] = event


@compiled
def next_is_due(m):  # type: ignore[no-untyped-def]
    """Let the events of later days come up, until the next one of all stands first; whether there is one."""
    first = m[EVENTS_AT]
    while m[EVENTS] == 0 or m[first + V_TIME] >= m[DUE_UNTIL]:
        if m[DUE_UNTIL] >= m[HORIZON]:
            break
        event, free = m[m[DAYS] + m[DUE_UNTIL] // DAY_MS], 0
        m[DUE_UNTIL] += DAY_MS
        while event:
            time, key, serial = m[event + V_TIME], m[event + V_KEY], m[event + V_SERIAL]
            enter(m, time, key, serial, m[event + V_KIND], m[event + V_WHOM], m[event + V_WHICH])
            free, event = event, m[event + LATER_NEXT]
            put_back(m, FREE_LATER, LATER_NEXT, free)
    return m[EVENTS] != 0 and m[first + V_TIME] < m[HORIZON]


@compiled
def enter(m, time, key, serial, kind, whom, which):  # type: ignore[no-untyped-def]
    """Put an event among those of these days."""
    n, first = m[EVENTS], m[EVENTS_AT]
    if n >= m[MOST_EVENTS]:
        raise FullError
    m[EVENTS] += 1
    while n > 0:
        parent = first + ((n - 1) >> 1) * EVENT_SIZE
        if _precedes(m, parent, time, key, serial):
            break
        _move(m, first + n * EVENT_SIZE, parent)
        n = (n - 1) >> 1
    at = first + n * EVENT_SIZE
    m[at + V_TIME], m[at + V_KEY], m[at + V_SERIAL] = time, key, serial
    m[at + V_KIND], m[at + V_WHOM], m[at + V_WHICH] = kind, whom, which


@compiled
def drop_first(m):  # type: ignore[no-untyped-def]
    """Take the first event out of the calendar."""
    first = m[EVENTS_AT]
    m[EVENTS] -= 1
    n = m[EVENTS]
    last = first + n * EVENT_SIZE
    time, key, serial = m[last + V_TIME], m[last + V_KEY], m[last + V_SERIAL]
    i = 0
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        at = first + child * EVENT_SIZE
        if child + 1 < n and _precedes(m, at + EVENT_SIZE, m[at + V_TIME], m[at + V_KEY], m[at + V_SERIAL]):
            child, at = child + 1, at + EVENT_SIZE
        if not _precedes(m, at, time, key, serial):
            break
        _move(m, first + i * EVENT_SIZE, at)
        i = child
    _move(m, first + i * EVENT_SIZE, last)
