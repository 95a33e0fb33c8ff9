"""Appointments, as `sim.engine.appointments`: slots on people's calendars, other work around them."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.calendars import finish, worked
from sim.compiled.chance import absorb, uniform
from sim.compiled.diary import FOREVER, diary_of, first_free, give_back, next_start, reserve
from sim.compiled.events import SLOT_BEGINS, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.milestones import stood_up
from sim.compiled.queues import RESERVED, UNBOOKED, push, push_fitting, stand_apart, take_out
from sim.compiled.store import activity_at
from sim.compiled.turns import visit
from sim.compiled.urgency import urgency
from sim.order import ARRIVAL
from sim.trace import AWAY, NOT_KEPT
from sim.worktime import DAY_MS

_DUE = -1
"""In place of the mean effort: an appointment that is due always fits."""
_FIRST = -(1 << 62)
"""Value in a dispatch rule that goes before every other."""


@compiled
def put(s, task):  # type: ignore[no-untyped-def]
    """Put a task where its people will look for it, or reserve a slot for it."""
    m = s.m
    if not m[m[task + Q_DESK] + D_APPOINTS]:
        push(s, task)
    elif m[m[task + Q_ACTIVITY] + A_SLOTS] and m[task + Q_RESUMES] and m[task + Q_FIXED_MS] < 0:
        m[task + Q_ANYBODY] = 0 if m[task + Q_PERSON] else 1
        _reserve(s, task)
    else:
        push_fitting(m, task, urgency(s, task), planned_ms(s, task))


@compiled
def planned_ms(s, task):  # type: ignore[no-untyped-def]
    """Give the mean effort of a task at the speed of its role, what its person does right before included."""
    m, f = s.m, s.f
    case, desk, activity = m[task + Q_CASE], m[task + Q_DESK], m[task + Q_ACTIVITY]
    if m[task + Q_FIXED_MS] >= 0 or not case:
        return max(m[task + Q_FIXED_MS], 0)
    segment, speed = m[case + C_SEGMENT], m[desk + D_SPEED]
    mean = f[m[activity + A_MEANS] + segment] / f[speed + m[m[task + Q_STEP] + S_ACTIVITY]]
    for i in range(m[activity + A_N_LEAD_INS]):
        lead_in = m[activity + A_LEAD_INS] + i * LEAD_IN_SIZE
        if _does(m, lead_in, desk):
            before = activity_at(m, m[lead_in + I_STEP])
            mean += f[lead_in + I_SHARE] * f[m[before + A_MEANS] + segment] / f[speed + m[before + A_INDEX]]
    return int(mean + 0.5)


@compiled
def _does(m, lead_in, desk):  # type: ignore[no-untyped-def]
    """Whether a role does what comes right before."""
    for role in range(m[lead_in + I_ROLES], m[lead_in + I_ROLES] + m[lead_in + I_N_ROLES]):
        if m[role] == m[desk + D_INDEX]:
            return True
    return False


@compiled
def _slot_ms(m, task):  # type: ignore[no-untyped-def]
    return m[m[m[task + Q_ACTIVITY] + A_SLOTS] + m[m[task + Q_CASE] + C_SEGMENT]]


@compiled
def room_ms(m, person):  # type: ignore[no-untyped-def]
    """Give the open ms before a person's next slot."""
    start = next_start(m, diary_of(m, person, m[person + P_DESK]))
    if start == FOREVER:
        return start
    return worked(m, m[m[person + P_DESK] + D_CALENDAR], m[NOW], start, 0, 0.0)


@compiled
def _reserve(s, task):  # type: ignore[no-untyped-def]
    """Reserve the first free slot of who may do it and wait for it; without people, wait for somebody to come."""
    m = s.m
    desk, slot_ms = m[task + Q_DESK], _slot_ms(m, task)
    person = m[desk + D_PEOPLE] if m[task + Q_ANYBODY] else m[task + Q_PERSON]
    if not person:
        stand_apart(m, task, UNBOOKED)
        return
    best, start, slots = 0, 0, 0
    while person:
        after = max(m[NOW] + m[m[task + Q_ACTIVITY] + A_NOTICE_MS], _thought_free(s, person))
        if not m[person + P_PRESENT]:  # known since the morning of that day, and of that day alone
            after = max(after, (m[desk + D_SESSION] // DAY_MS + 1) * DAY_MS)
        diary = diary_of(m, person, desk)
        offer, reserved = first_free(m, diary, after, slot_ms), m[diary + DIARY_N_SLOTS]
        if not best or offer < start or (offer == start and reserved < slots):
            best, start, slots = person, offer, reserved
        person = m[person + P_NEXT] if m[task + Q_ANYBODY] else 0
    m[task + Q_PERSON], m[task + Q_SLOT_START], m[task + Q_SLOT_MADE] = best, start, m[NOW]
    reserve(m, diary_of(m, best, desk), start, slot_ms)
    stand_apart(m, task, RESERVED)
    rows.write_task(s, task, rows.RESERVE, m[task + Q_STEP], best, m[task + Q_ASKED], float(start))
    m[RESERVATIONS] += 1
    m[task + Q_RESERVATION] = m[RESERVATIONS]
    schedule(m, start, ARRIVAL | m[task + Q_RANK], SLOT_BEGINS, task, m[RESERVATIONS])


@compiled
def _thought_free(s, person):  # type: ignore[no-untyped-def]
    """Give when a person will be done with the task in hand, if that takes its mean effort."""
    m = s.m
    task = m[person + P_TASK]
    if not task:
        return 0
    calendar = m[m[person + P_DESK] + D_CALENDAR]
    return finish(m, calendar, m[person + P_BEGUN], planned_ms(s, task), 0, 0.0, m[HORIZON])


@compiled
def slot_begins(s, task, reservation):  # type: ignore[no-untyped-def]
    """Put the task before everything else of its person, or let the appointment be missed; whether to make it anew.

    Then the case goes back for the work of booking it; otherwise that has been seen to.
    """
    m = s.m
    if m[task + Q_RESERVATION] != reservation:
        return False
    case, person = m[task + Q_CASE], m[task + Q_PERSON]
    desk = m[person + P_DESK]
    present = m[person + P_PRESENT] != 0
    kept = present and (m[desk + D_MACHINE] != 0 or _complies(s, task))
    _stand_no_longer_apart(m, task)
    if kept:
        push_fitting(m, task, _FIRST, _DUE)
        return False
    reason = NOT_KEPT if present else AWAY
    rows.write_task(s, task, rows.MISSED_APPOINTMENT, m[task + Q_STEP], person, m[task + Q_SLOT_MADE], reason)
    start = m[task + Q_SLOT_START]
    m[task + Q_SLOT_START] = -1
    if not present:
        give_back(m, diary_of(m, person, desk), start)
    elif m[case + C_OF]:
        stood_up(s, case)
    if m[m[task + Q_ACTIVITY] + A_BOOKING]:
        return True
    m[task + Q_ASKED] = m[NOW]
    _reserve(s, task)
    return False


@compiled
def _stand_no_longer_apart(m, task):  # type: ignore[no-untyped-def]
    """Leave the list of those who stand apart, but keep the slot."""
    m[task + Q_RESERVATION], m[task + Q_PLACE] = 0, UNBOOKED
    take_out(m, task)


@compiled
def _complies(s, task):  # type: ignore[no-untyped-def]
    """Draw whether the person keeps to the booking: by case, activity and how many appointments there were for it."""
    m, case = s.m, s.m[task + Q_CASE]
    if s.f[COMPLIANCE] >= 1.0:
        return True
    activity = m[task + Q_ACTIVITY]
    n = visit(m, case, m[activity + A_COMPLIANCE])
    word = absorb(m[W_COMPLIANCE], m[activity + A_WORD])
    return uniform(absorb(absorb(m[case + C_KEY], word), n)) < s.f[COMPLIANCE]


@compiled
def book_the_unbooked(s, desk):  # type: ignore[no-untyped-def]
    """Let those who wait for anybody to make an appointment with make one, now that there is somebody."""
    m = s.m
    task, last = m[desk + D_FIRST_APART], m[desk + D_LAST_APART]
    while task:
        after, ends = m[task + Q_SIBLING], task == last
        if m[task + Q_PLACE] == UNBOOKED:
            take_out(m, task)
            put(s, task)
        if ends:
            return
        task = after
