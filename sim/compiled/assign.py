"""To whom a case's next work goes, as `sim.engine.assignment`: which role's desk, whose of it, by when it is due."""

from __future__ import annotations

from sim.compiled.accounts import owner_of
from sim.compiled.chance import absorb, uniform
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.milestones import clock_of, expected_ms
from sim.compiled.practices import follows
from sim.compiled.store import activity_at, drop_task, new_task
from sim.plan import EARLIEST_DUE


@compiled
def task_of(s, case, step):  # type: ignore[no-untyped-def]
    """Make the task of a step: for the account's owner, for who had the case before, or for anybody of the role."""
    m = s.m
    activity = activity_at(m, step)
    desk = _desk_of(m, case, _role_of(s, case, activity))
    person, before = _owner(m, case, desk), m[case + C_LAST_PERSON]
    if not person and m[activity + A_SAME_PERSON] and before and not m[before + P_GONE] and m[before + P_DESK] == desk:
        person = before
    task = new_task(m, case, step, activity, desk, m[NOW], m[case + C_RANK], person, -1)
    if m[desk + D_DISPATCH] == EARLIEST_DUE:
        m[task + Q_DUE_MS] = _due_ms(s, case, activity)
    return task


@compiled
def booking_of(s, work):  # type: ignore[no-untyped-def]
    """Make the task of booking some work, in its place: as urgent as it, for who does it or the role that books."""
    m = s.m
    case, activity, desk, person = m[work + Q_CASE], m[work + Q_ACTIVITY], m[work + Q_DESK], m[work + Q_PERSON]
    if m[activity + A_BOOKED_BY]:
        desk = _desk_of(m, case, m[activity + A_BOOKED_BY])
        person = _owner(m, case, desk)
    step = m[activity + A_BOOKING]
    task = new_task(m, case, step, activity_at(m, step), desk, m[NOW], m[case + C_RANK], person, -1)
    m[task + Q_BOOKS], m[task + Q_TAKEN_OVER] = activity, m[work + Q_TAKEN_OVER]
    if m[desk + D_DISPATCH] == EARLIEST_DUE:
        m[task + Q_DUE_MS] = _due_ms(s, case, activity)
    drop_task(m, work)
    return task


@compiled
def returned(s, case):  # type: ignore[no-untyped-def]
    """Make the task of completing the kit, which goes back to whoever gave it.

    Where the giver has left in the meantime it is for the giver's colleagues; without any, for whoever would now get
    what the kit is for.
    """
    m = s.m
    giver, step, rank = m[case + C_LAST_PERSON], m[COMPLETE_STEP], m[case + C_RANK]
    desk, person = m[giver + P_DESK], giver
    if m[giver + P_GONE]:
        person = 0
        if not m[desk + D_HEADCOUNT]:
            asked = task_of(s, case, m[case + C_STEP])
            desk, person = m[asked + Q_DESK], m[asked + Q_PERSON]
            drop_task(m, asked)
    task = new_task(m, case, step, activity_at(m, step), desk, m[NOW], rank, person, m[RETURN_MS])
    m[task + Q_TAKEN_OVER] = 1
    return task


@compiled
def stays(s, task):  # type: ignore[no-untyped-def]
    """Whether a queued task of a case would come to where it is if it came up now; it takes over the design's terms."""
    m = s.m
    case, person, desk = m[task + Q_CASE], m[task + Q_PERSON], m[task + Q_DESK]
    if not case or not m[task + Q_RESUMES]:
        return False
    there = not person or not (m[person + P_GONE] or m[person + P_DESK] != desk)
    if m[task + Q_STEP] == m[COMPLETE_STEP]:
        return there and (person != 0 or m[desk + D_HEADCOUNT] > 0)
    activity = activity_at(m, m[case + C_STEP])
    before = m[task + Q_BOOKS] if m[task + Q_BOOKS] else m[task + Q_ACTIVITY]
    if not _same_terms(s, before, activity):
        return False
    now = task_of(s, case, m[case + C_STEP])
    if m[task + Q_BOOKS]:
        now = booking_of(s, now)
    whose, at, work, books = m[now + Q_PERSON], m[now + Q_DESK], m[now + Q_ACTIVITY], m[now + Q_BOOKS]
    drop_task(m, now)
    if at != desk or not there:
        return False
    if whose != person and not (not whose and m[task + Q_SLOT_START] >= 0):
        return False
    m[task + Q_ACTIVITY], m[task + Q_BOOKS] = work, books
    return True


@compiled
def _same_terms(s, before, after):  # type: ignore[no-untyped-def]
    """Whether an activity is done by the same appointments in two designs."""
    m = s.m
    if m[before + A_NOTICE_MS] != m[after + A_NOTICE_MS] or m[before + A_BOOKING] != m[after + A_BOOKING]:
        return False
    if m[before + A_BOOKED_BY] != m[after + A_BOOKED_BY]:
        return False
    if (m[before + A_SLOTS] == 0) != (m[after + A_SLOTS] == 0):
        return False
    if m[before + A_SLOTS]:
        for i in range(m[N_SEGMENTS]):
            if m[m[before + A_SLOTS] + i] != m[m[after + A_SLOTS] + i]:
                return False
    return True


@compiled
def _desk_of(m, case, desk):  # type: ignore[no-untyped-def]
    """Give the desk of a role, or of its fallback where a machine of the role could not do the case."""
    shunned = m[case + C_SHUNNED] >> m[desk + D_INDEX] & 1
    return m[desk + D_FALLBACK] if shunned and m[desk + D_FALLBACK] else desk


@compiled
def _owner(m, case, desk):  # type: ignore[no-untyped-def]
    """Give whose account it is at a desk, if that matters there."""
    return owner_of(m, m[case + C_OF], desk) if m[desk + D_BOOKS] and m[case + C_OF] else 0


@compiled
def _due_ms(s, case, activity):  # type: ignore[no-untyped-def]
    """Give by when work is due: as the customer expects it, or some time from now; -1 for never."""
    m, milestone = s.m, s.m[activity + A_MILESTONE]
    if milestone >= 0:
        expected, asked = expected_ms(s, case, milestone), clock_of(m, case, milestone)
        if expected >= 0 and asked >= 0:
            return asked + expected
    return m[NOW] + m[activity + A_DUE_MS] if m[activity + A_DUE_MS] >= 0 else -1


@compiled
def _role_of(s, case, activity):  # type: ignore[no-untyped-def]
    """Give the desk by a practice of the account, by segment, or by the case's draw."""
    m, f = s.m, s.f
    if m[case + C_OF]:
        for i in range(m[activity + A_N_BY_PRACTICE]):
            pair = m[activity + A_BY_PRACTICE] + 2 * i
            if follows(m, m[case + C_OF], m[pair]):
                return m[pair + 1]
    most, shares = m[activity + A_ROLES_PER_SEGMENT], m[activity + A_SHARES]
    first = m[activity + A_ROLES] + m[case + C_SEGMENT] * most
    n = 0
    while n < most and m[first + n]:
        n += 1
    if not shares or n < 2:
        return m[first]
    u = uniform(absorb(absorb(m[case + C_KEY], m[W_WHO]), m[activity + A_WORD]))
    i = 0
    while i < n - 1 and f[shares + i] <= u:
        i += 1
    return m[first + i]
