"""The event loop: what happens next, until the horizon; the only compiled code that Python calls."""

from __future__ import annotations

from sim.compiled import walk
from sim.compiled.appointments import slot_begins
from sim.compiled.background import release_block
from sim.compiled.beginnings import arrive, open_sessions, start
from sim.compiled.calling import call_finds
from sim.compiled.change import take_over
from sim.compiled.closing import close
from sim.compiled.companies import swap_in
from sim.compiled.consequences import come_about
from sim.compiled.desk import free, settle
from sim.compiled.events import (
    ARRIVES,
    CALL_FINDS,
    CASE_BEGINS,
    COMES_BACK,
    DESIGN_CHANGES,
    FINISHES,
    HIRES,
    IN_THE_WEEK,
    LAPSES,
    LEAVES,
    MONEY_IS_SPENT,
    NEED_ARISES,
    OPENS,
    OUTAGE_BEGINS,
    OUTAGE_WEEK,
    PATIENCE_ENDS,
    PEOPLE_LEAVE,
    RELEASES,
    ROW_ARISES,
    SLOT_BEGINS,
    WAIT_ENDS,
    WEEK_BEGINS,
    WINDOW_PASSES,
    drop_first,
    next_is_due,
)
from sim.compiled.giving_up import leave_queue, window_passes
from sim.compiled.grid import arise_in_the_week, week_begins
from sim.compiled.hands import finish_part
from sim.compiled.jit import compiled, entered
from sim.compiled.marketing import note_worked
from sim.compiled.memory import *
from sim.compiled.milestones import lapse, let_down
from sim.compiled.needs import arise, row_arises
from sim.compiled.outages import outage_begins, outage_ends, outage_week
from sim.compiled.outreach import spend_weekly
from sim.compiled.people import NOBODY_LEAVES
from sim.compiled.pointers import pointer
from sim.compiled.rivalry import write_down
from sim.compiled.rows import sort_rows
from sim.compiled.service import served
from sim.compiled.staff import come_back, hire, leave, left
from sim.compiled.store import drop_task
from sim.compiled.turnover import people_leave
from sim.order import LEAVE
from sim.outcomes import LEFT, MISSED, OVER, QUEUED, VOID
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
                _have(s, kind, whom, which)


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
        _have(s, m[at], m[at + 1], m[at + 2])


@compiled
def _have(s, kind, a, b):  # type: ignore[no-untyped-def]
    """Let one event happen to its company, and then what follows from it for others."""
    if not s.m[RIVALS]:
        _happen(s, kind, a, b)
        return
    swap_in(s.m, kind >> COMPANY_SHIFT)
    _happen(s, kind & KIND_MASK, a, b)
    come_about(s)


@compiled
def _happen(s, kind, a, b):  # type: ignore[no-untyped-def]
    """Let one event happen."""
    if kind == FINISHES:
        _finish(s, a, b)
    elif kind == WAIT_ENDS:
        walk.end_wait(s, a, b)
    elif kind == PATIENCE_ENDS:
        _lose_patience(s, a, b)
    elif kind == CASE_BEGINS:
        walk.live(s, a)
    elif kind == WINDOW_PASSES:
        window_passes(s, a, b)
    elif kind == ARRIVES:
        arrive(s, a)
    elif kind == OPENS:
        open_sessions(s, a)
    elif kind == RELEASES:
        release_block(s, a)
    elif kind == NEED_ARISES:
        arise(s, a, b)
    elif kind == LAPSES:
        lapse(s, a, b)
    elif kind == SLOT_BEGINS:
        _keep_appointment(s, a, b)
    else:
        _happen_rarely(s, kind, a, b)


@compiled
def _happen_rarely(s, kind, a, b):  # type: ignore[no-untyped-def]
    if kind == WEEK_BEGINS:
        week_begins(s)
    elif kind == IN_THE_WEEK:
        arise_in_the_week(s, a, b)
    elif kind == MONEY_IS_SPENT:
        spend_weekly(s)
    elif kind == ROW_ARISES:
        row_arises(s, a)
    elif kind == CALL_FINDS:
        call_finds(s, a)
    elif kind == PEOPLE_LEAVE:
        people_leave(s)
    elif kind == LEAVES:
        leave(s, a, b)
    elif kind == HIRES:
        hire(s, a)
    elif kind == COMES_BACK:
        come_back(s.m, a, b)
    elif kind == DESIGN_CHANGES:
        take_over(s, a, b)
    elif kind == OUTAGE_WEEK:
        outage_week(s, a)
    elif kind == OUTAGE_BEGINS:
        outage_begins(s, a)
    else:
        outage_ends(s, a)


@compiled
def _finish(s, person, stamp):  # type: ignore[no-untyped-def]
    """Finish a part, or the whole task: whoever did it is free, and whoever waits for it goes on."""
    m = s.m
    if m[person + P_STAMP] != stamp or not finish_part(s, person):
        return
    task, outcome = m[person + P_TASK], m[person + P_OUTCOME]
    case = m[task + Q_CASE]
    m[person + P_TASK], m[task + Q_STATE] = 0, OVER
    if m[person + P_LEAVING] == NOBODY_LEAVES:
        free(m, person)
    if m[task + Q_RESUMES]:
        served(s, case, person, outcome)
        walk.go_on(s, case, VOID if m[case + C_VOID] else outcome)
    else:
        if m[task + Q_ID] < 0:
            note_worked(s, task, person)
        drop_task(m, task)
    if m[person + P_LEAVING] != NOBODY_LEAVES:
        left(s, person, m[person + P_LEAVING])


@compiled
def _keep_appointment(s, task, reservation):  # type: ignore[no-untyped-def]
    """Let a slot begin; whose appointment is missed and must be booked anew goes on to that."""
    if slot_begins(s, task, reservation):
        s.m[task + Q_STATE] = OVER
        walk.go_on(s, s.m[task + Q_CASE], MISSED)


@compiled
def _lose_patience(s, case, turn):  # type: ignore[no-untyped-def]
    """Leave a queue, out of patience, unless the case has been served or has moved on."""
    m = s.m
    if m[case + C_TURN] != turn or m[m[case + C_TASK] + Q_STATE] != QUEUED:
        return
    m[case + m[DEADLINES] + m[m[case + C_STEP] + S_PATIENCE_AT]] = -1
    if m[case + C_OF]:
        let_down(s, case)
    leave_queue(s, case, LEFT)
