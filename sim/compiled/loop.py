"""The event loop: what happens next, until the horizon; the only compiled code that Python calls."""

from __future__ import annotations

from sim.compiled.beginnings import start
from sim.compiled.closing import close, has_room_to_close
from sim.compiled.companies import swap_in
from sim.compiled.consequences import come_about
from sim.compiled.desk import settle
from sim.compiled.events import drop_first, next_is_due
from sim.compiled.happening import have
from sim.compiled.jit import compiled, entered
from sim.compiled.memory import *
from sim.compiled.pointers import pointer
from sim.compiled.rivalry import write_down
from sim.compiled.rows import sort_rows
from sim.order import LEAVE
from sim.trace import BLOCK_ROWS

DONE_ALL, MORE_ROOM = 0, 1
"""Why the loop stops: the horizon is reached, or something is nearly full."""


@entered
def run(whole, floats, begins):  # type: ignore[no-untyped-def]
    """Let everything begin, or go on, and happen that happens before the horizon.

    Parameters
    ----------
    whole, floats : ndarray of int64, ndarray of float64
        The memory, read as whole numbers and as floats.
    begins : bool
        Whether nothing has begun yet.

    Returns
    -------
    int
        Why it stopped.
    """
    s = State(pointer(whole), pointer(floats))
    m = s.m
    first = m[EVENTS_AT]
    if begins:
        _begin(s)
    while True:
        if 8 * m[TOP] > 7 * m[MOST_WORDS] or 8 * m[EVENTS] > 7 * m[MOST_EVENTS] or 8 * m[ROWS] > 7 * m[MOST_ROWS]:
            return _stopped(m, m[ROWS] - m[ROWS] % BLOCK_ROWS, MORE_ROOM)
        due = next_is_due(m)
        if m[UNSETTLED] and (not due or m[first + V_TIME] > m[NOW] or m[first + V_KEY] >= LEAVE):
            _dispatch(s)
        elif not due:
            if not _has_room_to_close(m):
                return _stopped(m, m[ROWS] - m[ROWS] % BLOCK_ROWS, MORE_ROOM)
            m[NOW] = m[HORIZON]
            _close(s)
            return _stopped(m, m[ROWS], DONE_ALL)
        else:
            m[NOW] = m[first + V_TIME]
            if m[first + V_KEY] >= LEAVE:
                _let_leave(s)
            else:
                kind, whom, which = m[first + V_KIND], m[first + V_WHOM], m[first + V_WHICH]
                drop_first(m)
                have(s, kind, whom, which)


@compiled
def _begin(s):  # type: ignore[no-untyped-def]
    """Let all companies begin."""
    for company in range(s.m[RIVALS] + 1):
        swap_in(s.m, company)
        start(s)
    for company in range(s.m[RIVALS] + 1):
        swap_in(s.m, company)
        write_down(s)


@compiled
def _has_room_to_close(m):  # type: ignore[no-untyped-def]
    """Whether there is room to close all companies."""
    m[WANTED_EVENTS] = m[WANTED_ROWS] = 0
    has_room = True
    for company in range(m[RIVALS] + 1):
        swap_in(m, company)
        has_room = has_room_to_close(m) and has_room
    return has_room


@compiled
def _close(s):  # type: ignore[no-untyped-def]
    """Write down how all companies stand in the end."""
    for company in range(s.m[RIVALS] + 1):
        swap_in(s.m, company)
        write_down(s)
        close(s)


@compiled
def _stopped(m, rows, why):  # type: ignore[no-untyped-def]
    """Put the rows that will be handed on in order, if that is wanted; give why the loop stops."""
    if m[SORTED]:
        sort_rows(m, rows)
    return why


@compiled
def _dispatch(s):  # type: ignore[no-untyped-def]
    """Hold a dispatch round: the desks that asked for it before it began, company by company in listed order."""
    m = s.m
    words = (m[N_PLACES] + 31) >> 5
    asked, called = m[UNSETTLED_BITS], m[UNSETTLED_BITS] + words
    m[UNSETTLED] = 0
    for i in range(words):
        m[called + i], m[asked + i] = m[asked + i], 0
    for i in range(words):
        bits, place = m[called + i], m[PLACES] + (i << 5)
        while bits:
            if bits & 1:
                if m[RIVALS]:
                    swap_in(m, m[m[place] + D_COMPANY])
                settle(s, m[place])
                if m[RIVALS]:
                    come_about(s)
            bits >>= 1
            place += 1


@compiled
def _let_leave(s):  # type: ignore[no-untyped-def]
    """Let all leave who are due to at this instant; what they set free, or move on to, comes after all of them."""
    m, n = s.m, 0
    first, leaving = m[EVENTS_AT], m[LEAVING_AT]
    while m[EVENTS] > 0 and m[first + V_TIME] == m[NOW]:
        for i in range(LEAVING_SIZE):
            m[leaving + LEAVING_SIZE * n + i] = m[first + V_KIND + i]
        n += 1
        drop_first(m)
    for i in range(n):
        at = leaving + LEAVING_SIZE * i
        have(s, m[at], m[at + 1], m[at + 2])
