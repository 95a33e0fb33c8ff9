"""What happens at an event: its kind finds its code, and what follows from it for other companies comes after."""

from __future__ import annotations

from sim.compiled import walk
from sim.compiled.appointments import slot_begins
from sim.compiled.background import release_block
from sim.compiled.beginnings import arrive, open_sessions
from sim.compiled.calling import call_finds
from sim.compiled.change import take_over
from sim.compiled.companies import swap_in
from sim.compiled.consequences import come_about
from sim.compiled.desk import free
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
)
from sim.compiled.giving_up import leave_queue, window_passes
from sim.compiled.grid import arise_in_the_week, week_begins
from sim.compiled.hands import finish_part
from sim.compiled.jit import compiled
from sim.compiled.marketing import note_worked
from sim.compiled.memory import *
from sim.compiled.milestones import lapse, let_down
from sim.compiled.needs import arise, row_arises
from sim.compiled.outages import outage_begins, outage_ends, outage_week
from sim.compiled.outreach import spend_weekly
from sim.compiled.people import NOBODY_LEAVES
from sim.compiled.service import served
from sim.compiled.staff import come_back, hire, leave, left
from sim.compiled.store import drop_task
from sim.compiled.turnover import people_leave
from sim.outcomes import LEFT, MISSED, OVER, QUEUED, VOID


@compiled
def have(s, kind, a, b):  # type: ignore[no-untyped-def]
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
