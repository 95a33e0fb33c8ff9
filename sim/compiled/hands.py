"""A task in somebody's hands: set-up and taking over first, then lead-ins, then the work itself, part by part."""

from __future__ import annotations

from math import floor

from sim.compiled.appointments import put
from sim.compiled.calendars import finish
from sim.compiled.chance import absorb, uniform
from sim.compiled.draw import draw
from sim.compiled.events import FINISHES, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.pace import effort_factor
from sim.compiled.rows import FINISH, HANDOFF, SETUP, START, write_task
from sim.compiled.store import activity_at, new_task
from sim.outcomes import CANNOT, DONE, RETURNED, SERVING


@compiled
def begin(s, person, task):  # type: ignore[no-untyped-def]
    """Put a task into the hands of somebody, who begins at once."""
    m = s.m
    m[task + Q_STATE] = SERVING
    m[person + P_TASK] = task
    m[person + P_PART] = m[person + P_PARTS] = 0
    m[person + P_OUTCOME] = _parts(s, person, task)
    _start(s, person, m[task + Q_SINCE])


@compiled
def part_of(m, person, n):  # type: ignore[no-untyped-def]
    """Give where the n-th part of what a person has in hand stands: its step, and its ms."""
    return person + PERSON_FIXED + 2 * EARNED_WEEKS + 2 * n


@compiled
def _start(s, person, since):  # type: ignore[no-untyped-def]
    """Start the next part."""
    m = s.m
    task, desk, now = m[person + P_TASK], m[person + P_DESK], m[NOW]
    part = part_of(m, person, m[person + P_PART])
    step, work_ms = m[part], m[part + 1]
    write_task(s, task, START, step, person, since, float(work_ms))
    m[person + P_BEGAN] = now
    m[person + P_STAMP] += 1
    done = finish(m, m[desk + D_CALENDAR], now, work_ms, person, s.f[desk + D_ABSENCE], m[HORIZON])
    schedule(s.m, done, m[task + Q_RANK], FINISHES, person, m[person + P_STAMP])


@compiled
def finish_part(s, person):  # type: ignore[no-untyped-def]
    """Finish a part and start the next one, if there is one; whether the task is done."""
    m = s.m
    part = part_of(m, person, m[person + P_PART])
    write_task(s, m[person + P_TASK], FINISH, m[part], person, m[person + P_BEGAN], float(m[part + 1]))
    m[person + P_BUSY_MS] += m[part + 1]
    m[person + P_SETUP_MS] = m[person + P_TAKING_MS] = 0
    m[person + P_PART] += 1
    if m[person + P_PART] == m[person + P_PARTS]:
        return True
    _start(s, person, m[NOW])
    return False


@compiled
def _add(m, person, step, work_ms):  # type: ignore[no-untyped-def]
    part = part_of(m, person, m[person + P_PARTS])
    m[part], m[part + 1] = step, work_ms
    m[person + P_PARTS] += 1


@compiled
def _parts(s, person, task):  # type: ignore[no-untyped-def]
    """Lay out what a person will do for a task, set-up in the first part; the outcome."""
    m = s.m
    desk, case, step, activity = m[person + P_DESK], m[task + Q_CASE], m[task + Q_STEP], m[task + Q_ACTIVITY]
    m[person + P_SETUP_MS] = m[person + P_TAKING_MS] = 0
    if m[FRICTION] and not m[desk + D_MACHINE]:
        group, setup_ms = m[activity + A_GROUP], m[activity + A_SETUP_MS]
        if setup_ms and m[person + P_GROUP] >= 0 and m[person + P_GROUP] != group:
            m[person + P_SETUP_MS] = setup_ms
            write_task(s, task, SETUP, step, person, m[NOW], float(setup_ms))
        m[person + P_GROUP] = group
        if m[task + Q_RESUMES] and not m[task + Q_BOOKS] and not m[task + Q_TAKEN_OVER]:
            taking, complete = _take_up(s, person, task)
            m[person + P_TAKING_MS] = taking
            if taking:
                write_task(s, task, HANDOFF, step, person, m[NOW], float(taking))
            if not complete:
                _add(m, person, step, m[person + P_SETUP_MS] + taking)
                return RETURNED
    before = m[person + P_SETUP_MS] + m[person + P_TAKING_MS]
    if not case or m[task + Q_FIXED_MS] >= 0:
        _add(m, person, step, before + m[task + Q_FIXED_MS])
        return DONE
    if m[activity + A_N_LEAD_INS]:
        _lead_ins(s, person, case, activity)
    speed = _speed(s, desk, step)
    if m[m[FOLKS] + Z_RESPOND] and not m[task + Q_BOOKS]:
        speed /= effort_factor(s, person, case, activity)
    _add(m, person, step, _effort_ms(s, case, activity, speed))
    m[part_of(m, person, 0) + 1] += before
    if m[desk + D_CANNOT] and _cannot(s, desk, case, step, activity):
        return CANNOT
    return DONE


@compiled
def _cannot(s, desk, case, step, activity):  # type: ignore[no-untyped-def]
    """Whether a machine turns out not to be able to do an activity, by the luck of the case."""
    m = s.m
    u = uniform(absorb(absorb(m[case + C_KEY], m[W_CANNOT]), m[activity + A_WORD]))
    return u < s.f[m[desk + D_CANNOT] + m[step + S_ACTIVITY]]


@compiled
def left_of(s, person, done_ms):  # type: ignore[no-untyped-def]
    """Give the ms of a task that are left to do when its person stops in the middle of a part of it.

    Set-up and taking over are this person's own: what of them was not done is taken off, and none of it is left.
    """
    m = s.m
    left_ms = m[part_of(m, person, m[person + P_PART]) + 1] - done_ms
    for n in range(m[person + P_PART] + 1, m[person + P_PARTS]):
        left_ms += m[part_of(m, person, n) + 1]
    left_ms -= _undone(s, person, SETUP, 0, m[person + P_SETUP_MS], done_ms)
    return left_ms - _undone(s, person, HANDOFF, m[person + P_SETUP_MS], m[person + P_TAKING_MS], done_ms)


@compiled
def _undone(s, person, event, at, length, done_ms):  # type: ignore[no-untyped-def]
    """Take off what was not done of something that began at some ms of a part; how much."""
    m = s.m
    undone = at + length - max(at, min(done_ms, at + length))
    if undone > 0:
        step = m[part_of(m, person, m[person + P_PART])]
        write_task(s, m[person + P_TASK], event, step, person, m[NOW], float(-undone))
        return undone
    return 0


@compiled
def _speed(s, desk, step):  # type: ignore[no-untyped-def]
    """Give the speed of a role's people at the work of a step."""
    m = s.m
    return s.f[m[desk + D_SPEED] + m[step + S_ACTIVITY]]


@compiled
def _effort_ms(s, case, activity, speed):  # type: ignore[no-untyped-def]
    """Draw the work of this visit to an activity, for a person of this speed."""
    m = s.m
    place = case + CASE_FIXED + m[activity + A_VISIT]
    visit = m[place]
    m[place] = visit + 1
    u = uniform(absorb(absorb(m[case + C_KEY], m[activity + A_WORD]), visit))
    return floor(draw(m, s.f, m[activity + A_EFFORT], m[case + C_SEGMENT], u) / speed + 0.5)


@compiled
def _lead_ins(s, person, case, activity):  # type: ignore[no-untyped-def]
    """Draw what the same person does right before."""
    m = s.m
    desk = m[person + P_DESK]
    for i in range(m[activity + A_N_LEAD_INS]):
        lead_in = m[activity + A_LEAD_INS] + i * LEAD_IN_SIZE
        step, mine = m[lead_in + I_STEP], False
        for role in range(m[lead_in + I_ROLES], m[lead_in + I_ROLES] + m[lead_in + I_N_ROLES]):
            mine = mine or m[role] == m[desk + D_INDEX]
        if not mine:
            continue
        visit = m[case + CASE_FIXED + m[activity + A_VISIT]]
        u = uniform(absorb(absorb(absorb(m[case + C_KEY], m[W_LEAD_IN]), m[step + S_WORD]), visit))
        if u < s.f[lead_in + I_SHARE]:
            _add(m, person, step, _effort_ms(s, case, activity_at(m, step), _speed(s, desk, step)))


@compiled
def _take_up(s, taker, task):  # type: ignore[no-untyped-def]
    """Begin a task, as `sim.engine.handover`: if the case changes hands by it, the giver gets work to do for that."""
    m, f = s.m, s.f
    case, activity, step = m[task + Q_CASE], m[task + Q_ACTIVITY], m[task + Q_STEP]
    giver = m[task + Q_GIVER] if m[task + Q_GIVER] else m[case + C_LAST_PERSON]
    if not giver or giver == taker:
        fell = floor(m[m[ACROSS] + T_TAKER_MS] * f[activity + A_BRIEFING] + 0.5) if m[task + Q_FELL] else 0
        return fell, True
    theirs = m[giver + P_DESK]
    terms = m[WITHIN] if theirs == m[taker + P_DESK] else m[ACROSS]
    m[task + Q_TAKEN_OVER] = 1
    briefing, machine = f[activity + A_BRIEFING], m[theirs + D_MACHINE]
    giver_ms, taker_ms = floor(m[terms + T_GIVER_MS] * briefing + 0.5), floor(m[terms + T_TAKER_MS] * briefing + 0.5)
    if giver_ms > 0 and not machine and not m[giver + P_GONE]:
        giving = m[GIVE_STEP]
        give = new_task(m, case, giving, activity_at(m, giving), theirs, m[NOW], m[case + C_RANK], giver, giver_ms)
        m[give + Q_RESUMES] = 0
        put(s, give)
    technical = m[TECHNICAL] >= 0 and f[case + m[REGISTERS] + m[TECHNICAL]] > 0.0
    incomplete = briefing * (1.0 - (f[terms + T_COMPLETE_TECHNICAL] if technical else f[terms + T_COMPLETE]))
    if incomplete <= 0.0 or machine:
        return taker_ms, True
    visit = m[case + CASE_FIXED + m[activity + A_VISIT]]
    u = uniform(absorb(absorb(absorb(m[case + C_KEY], m[W_KIT]), m[step + S_WORD]), visit))
    if u < incomplete and m[giver + P_GONE]:
        return taker_ms + m[RETURN_MS], True
    return taker_ms, u >= incomplete
