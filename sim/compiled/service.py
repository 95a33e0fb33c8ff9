"""A case at a `do`, as `sim.engine.service`: the tasks it waits for there, and how long its customer has patience."""

from __future__ import annotations

from math import floor

from sim.compiled import rows
from sim.compiled.appointments import put
from sim.compiled.assign import booking_of, returned, task_of
from sim.compiled.calendars import finish, worked
from sim.compiled.draw import draw
from sim.compiled.events import PATIENCE_ENDS, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.milestones import reach
from sim.compiled.pace import did, quality_factor, skill_factor
from sim.compiled.pay import remember_hands
from sim.compiled.people import pass_to, skill_of
from sim.compiled.rivalry import refused_to
from sim.compiled.rules import apply_rule, luck
from sim.compiled.store import activity_at, drop_task, fill
from sim.compiled.turns import turn, turned_away, visit
from sim.order import LEAVE
from sim.outcomes import CANNOT, CUT, DONE, LEFT, MISSED, RETURNED, VOID

_EVER = 1 << 62


@compiled
def enter(s, case, step):  # type: ignore[no-untyped-def]
    """Ask for the work of a step; the step to go to instead, or nothing if there is a task to wait for."""
    m = s.m
    activity = activity_at(m, step)
    if m[case + C_EXPIRED] and m[activity + A_CUSTOMER_PRESENT]:
        return turned_away(m, case, step, refused_to(s, case))
    if m[activity + A_HAS_ROOM]:
        inside = m[INSIDE] + m[step + S_ACTIVITY]
        if 0 <= m[step + S_ROOM] <= m[inside]:
            rows.write_case(s, case, rows.BALK, step, 0, -1, 0.0)
            return turned_away(m, case, step, m[step + S_FULL])
        m[inside] += 1
    _ask(s, case, step, 0, 0)
    return 0


@compiled
def proceed(s, case, step, result):  # type: ignore[no-untyped-def]
    """Go on after a task came to an end in some way; the step to go to, or nothing if there is another to wait for."""
    m = s.m
    before, journey = m[case + C_TASK], m[case + C_JOURNEY]
    m[case + C_TASK] = 0
    if result == RETURNED:
        drop_task(m, before)
        wait_for(s, case, returned(s, case))
        return 0
    other = m[before + Q_STEP] != step
    if result == CANNOT or result == MISSED or (result == DONE and other):
        if not (m[case + C_EXPIRED] and m[activity_at(m, step) + A_CUSTOMER_PRESENT]):
            _ask(s, case, step, 0 if result == CANNOT else before, 1 if result == CANNOT else 0)
            drop_task(m, before)
            return 0
        result = CUT
    drop_task(m, before)
    if m[activity_at(m, step) + A_HAS_ROOM]:
        m[m[INSIDE] + m[step + S_ACTIVITY]] -= 1
    if result == DONE:
        return m[step + S_NEXT]
    if result == LEFT:
        return turned_away(m, case, step, m[step + S_LEFT])
    return m[journey + J_VOID] if result == VOID else refused_to(s, case)


@compiled
def _ask(s, case, step, before, fell):  # type: ignore[no-untyped-def]
    """Enter the queue for the work of a step, or for its booking unless that is what was done before."""
    m = s.m
    task = task_of(s, case, step)
    m[task + Q_FELL] = fell
    if before:
        m[task + Q_TAKEN_OVER] = m[before + Q_TAKEN_OVER]
    if before and m[before + Q_BOOKS]:
        m[task + Q_ASKED] = m[before + Q_ASKED]
        if not m[m[task + Q_ACTIVITY] + A_BOOKED_BY] and m[task + Q_DESK] == m[before + Q_DESK]:
            m[task + Q_PERSON] = m[before + Q_PERSON]
    elif m[m[task + Q_ACTIVITY] + A_BOOKING]:
        task = booking_of(s, task)
    wait_for(s, case, task)
    if m[step + S_PATIENCE]:
        set_patience(s, case, step)


@compiled
def wait_for(s, case, task):  # type: ignore[no-untyped-def]
    """Have a task done."""
    s.m[case + C_TASK] = task
    turn(s.m, case)
    put(s, task)


@compiled
def served(s, case, person, outcome):  # type: ignore[no-untyped-def]
    """Let what a person has done for a case be theirs, and have its consequences; the case goes on afterwards."""
    m = s.m
    task, desk = m[case + C_TASK], m[person + P_DESK]
    activity = m[task + Q_ACTIVITY]
    if outcome == CANNOT:
        m[case + C_SHUNNED] |= 1 << m[desk + D_INDEX]
        rows.write_case(s, case, rows.CANNOT, m[task + Q_STEP], person, m[task + Q_SINCE], 0.0)
    elif m[task + Q_BOOKS]:
        m[task + Q_PERSON] = person
    elif outcome == DONE and m[task + Q_STEP] == m[case + C_STEP]:
        if not m[desk + D_MACHINE]:
            pass_to(m, case, person)
            remember_hands(m, case, person)
        _tell(s, case, activity, person)
        if m[m[FOLKS] + Z_RESPOND] and not m[desk + D_MACHINE]:
            did(s, person, case, activity)


@compiled
def _tell(s, case, activity, person):  # type: ignore[no-untyped-def]
    """Let finished work have its effect, stop patience and reach its milestone."""
    m, f = s.m, s.f
    if m[activity + A_EFFECT]:
        _take_effect(s, case, activity, person)
    if f[activity + A_PATIENCE_FACTOR] != 1.0:
        _lengthen_patience(s, case, f[activity + A_PATIENCE_FACTOR])
    if m[activity + A_SUBSTANTIVE]:
        fill(m, case + m[DEADLINES], m[N_DEADLINES], -1)
        f[case + C_PATIENCE] = 1.0
    if m[activity + A_MILESTONE] >= 0:
        reach(s, case, m[activity + A_MILESTONE], m[case + C_STEP], person)


@compiled
def _take_effect(s, case, activity, person):  # type: ignore[no-untyped-def]
    """Let finished work change the case, by its rule and who did it."""
    m = s.m
    rule, u = m[activity + A_EFFECT], 0.5
    if m[rule + R_DRAWS]:
        u = luck(m[case + C_KEY], m[rule + R_WORD], m[case + CASE_FIXED + m[activity + A_VISIT]])
    skill = skill_of(s, person, activity)
    quality = s.f[m[m[person + P_DESK] + D_QUALITY] + m[m[case + C_STEP] + S_ACTIVITY]]
    if m[m[FOLKS] + Z_RESPOND]:
        skill *= skill_factor(s, person, case)
        quality *= quality_factor(s, person, case)
    apply_rule(s, rule, case, skill, quality, u)


# -- patience


@compiled
def set_patience(s, case, step):  # type: ignore[no-untyped-def]
    """Start the customer's patience in a queue, or go on with the one that runs."""
    m, f = s.m, s.f
    law, place = m[step + S_PATIENCE], case + m[DEADLINES] + m[step + S_PATIENCE_AT]
    if m[place] < 0:
        u = luck(m[case + C_NEED], m[law + N_WORD], visit(m, case, m[law + N_VISIT]))
        length = floor(draw(m, f, m[law + N_LAW], m[case + C_SEGMENT], u) * f[case + C_PATIENCE] + 0.5)
        m[place] = finish(m, m[CUSTOMER_HOURS], m[NOW], length, 0, 0.0, _EVER)
    schedule(s.m, max(m[place], m[NOW]), LEAVE | m[case + C_RANK], PATIENCE_ENDS, case, m[case + C_TURN])


@compiled
def _lengthen_patience(s, case, factor):  # type: ignore[no-untyped-def]
    """Lengthen what is left of patience, and what begins before a substantive answer."""
    m, now, hours = s.m, s.m[NOW], s.m[CUSTOMER_HOURS]
    s.f[case + C_PATIENCE] *= factor
    for place in range(case + m[DEADLINES], case + m[DEADLINES] + m[N_DEADLINES]):
        if m[place] > now:
            left = floor(worked(m, hours, now, m[place], 0, 0.0) * factor + 0.5)
            m[place] = finish(m, hours, now, left, 0, 0.0, _EVER)
