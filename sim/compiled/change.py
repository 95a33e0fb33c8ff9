"""One design takes over from another in the middle of a run, as `sim.engine.change`."""

from __future__ import annotations

from math import floor

from sim.compiled.anew import NOT_BEGUN, ask_anew
from sim.compiled.appointments import put
from sim.compiled.background import next_block
from sim.compiled.events import DESIGN_CHANGES, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import NOBODY_LEAVES
from sim.compiled.staff import hire, let_go
from sim.compiled.store import drop_task
from sim.compiled.taking_back import take_back_misplaced
from sim.order import CHANGE, SHIFT
from sim.outcomes import DISMISSED, MOVED, QUIT
from sim.worktime import WEEK_MS


@compiled
def next_design(m, number):  # type: ignore[no-untyped-def]
    """Let a later design take over when its time has come."""
    if number < m[N_PHASES]:
        phase = m[PHASES] + (number - 1) * PHASE_SIZE
        schedule(m, m[phase + F_AT], SHIFT | CHANGE, DESIGN_CHANGES, phase, number)


@compiled
def take_over(s, phase, number):  # type: ignore[no-untyped-def]
    """Let a design take over: terms of roles, then people, then queued work, then the work nobody asks for."""
    m = s.m
    for i in range(m[N_DESKS]):
        desk = m[DESKS] + i * DESK_SIZE
        m[desk + D_CALLED] = m[desk + D_DISPATCH]
    for i in range(m[phase + F_N_PATCH]):
        pair = m[phase + F_PATCH] + 2 * i
        m[m[pair]] = m[pair + 1]
    _unsettle_people(s, phase)
    _reseat(s, phase)
    first, last = 0, 0
    for i in range(m[N_DESKS]):
        desk = m[DESKS] + i * DESK_SIZE
        task = take_back_misplaced(s, desk, m[desk + D_CALLED] != m[desk + D_DISPATCH])
        if task and last:
            m[last + Q_LINK] = task
        elif task:
            first = task
        while task:
            last, task = task, m[task + Q_LINK]
    while first:
        after = m[first + Q_LINK]
        if m[first + Q_ID] >= 0 and m[first + Q_RESUMES]:
            ask_anew(s, first, NOT_BEGUN, 0)
        elif _still_there(m, first):
            put(s, first)
        else:
            drop_task(m, first)
        first = after
    for i in range(m[N_BACKGROUND]):
        next_block(s, m[BACKGROUND] + i * BACKGROUND_SIZE)
    next_design(m, number + 1)


@compiled
def _unsettle_people(s, phase):  # type: ignore[no-untyped-def]
    """Let people of the roles whose work or pay the change concerns be more likely to quit for a time."""
    m = s.m
    until = m[NOW] + floor(s.f[m[FOLKS] + Z_CHANGE_WEEKS] * WEEK_MS)
    for i in range(m[N_SEATS]):
        at = m[SEATS] + i * SEAT_SIZE
        if m[at + SEAT_PERSON] and m[at + SEAT_ROLE] and m[m[phase + F_UNSETTLED] + m[m[at + SEAT_ROLE] + D_INDEX]]:
            m[m[at + SEAT_PERSON] + P_UNSETTLED_UNTIL] = until


@compiled
def _reseat(s, phase):  # type: ignore[no-untyped-def]
    """Let posts go, come, or go over to another role; seat by seat."""
    m = s.m
    for i in range(m[N_SEATS]):
        at = m[SEATS] + i * SEAT_SIZE
        old, new, person = m[at + SEAT_ROLE], m[m[phase + F_ROLES] + i], m[at + SEAT_PERSON]
        m[at + SEAT_ROLE] = new
        if not person:
            if not old and new:
                hire(s, at)
        elif m[person + P_LEAVING] != QUIT:
            if new == m[person + P_DESK]:
                m[person + P_LEAVING] = NOBODY_LEAVES
            else:
                let_go(s, person, MOVED if new else DISMISSED)


@compiled
def _still_there(m, task):  # type: ignore[no-untyped-def]
    """Whether work that no case waits for is still somebody's: of the role's background, or to explain a case."""
    desk, person = m[task + Q_DESK], m[task + Q_PERSON]
    if person and (m[person + P_GONE] or m[person + P_DESK] != desk):
        return False
    if m[task + Q_ID] >= 0:
        return True
    for i in range(m[desk + D_N_DUTIES]):
        if m[m[desk + D_DUTIES] + i] == m[task + Q_STEP]:
            return True
    return False
