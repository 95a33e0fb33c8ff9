"""How a case gives up, as `sim.engine.leaving`: patience ends, the decision window passes, or the account is gone."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.queues import take_out, unsettle
from sim.compiled.walk import go_on
from sim.outcomes import CUT, OVER, QUEUED, VOID


@compiled
def leave_queue(s, case, how):  # type: ignore[no-untyped-def]
    """Leave the queue in which a case waits."""
    m = s.m
    task = m[case + C_TASK]
    role, reserved = m[m[task + Q_DESK] + D_INDEX], m[task + Q_RESERVATION]
    take_out(m, task)
    if reserved:
        unsettle(m, m[task + Q_DESK])
    m[task + Q_STATE] = OVER
    release(s, task)
    about = m[task + Q_ID], m[task + Q_ACCOUNT], m[m[task + Q_STEP] + S_INDEX]
    rows.write(s, rows.LEAVE, about[0], about[1], about[2], role, -1, m[task + Q_SINCE], 0.0)
    go_on(s, case, how)


@compiled
def release(s, task):  # type: ignore[no-untyped-def]
    """Write down that the appointment of a task, if it has one, is off."""
    m = s.m
    if m[task + Q_CASE] and m[task + Q_SLOT_START] >= 0:
        start, person = float(m[task + Q_SLOT_START]), m[task + Q_PERSON]
        rows.write_task(s, task, rows.RELEASE, m[task + Q_STEP], person, m[task + Q_SLOT_MADE], start)
        m[task + Q_SLOT_START] = -1


@compiled
def make_void(s, case):  # type: ignore[no-untyped-def]
    """End because the account is gone: at once if the case waits, after the task in hand otherwise."""
    m = s.m
    m[case + C_VOID] = 1
    task = m[case + C_TASK]
    if m[case + C_WAITING] >= 0:
        go_on(s, case, VOID)
    elif task and m[task + Q_STATE] == QUEUED:
        leave_queue(s, case, VOID)


@compiled
def needs_customer(m, task):  # type: ignore[no-untyped-def]
    """Whether the customer takes part in a task, or in what it makes an appointment for."""
    activity = m[task + Q_BOOKS] if m[task + Q_BOOKS] else m[task + Q_ACTIVITY]
    return m[activity + A_CUSTOMER_PRESENT] != 0


@compiled
def window_passes(s, case, birth):  # type: ignore[no-untyped-def]
    """Give up at once what needs the customer; the rest finds out at the next contact."""
    m = s.m
    if m[case + C_BIRTH] != birth:
        return
    m[case + C_EXPIRED] = 1
    if m[case + C_WAITING] >= 0:
        go_on(s, case, CUT)
    else:
        cut_present(s, case)


@compiled
def cut_present(s, case):  # type: ignore[no-untyped-def]
    """Leave a queue for work that needs the customer."""
    m, task = s.m, s.m[case + C_TASK]
    if task and m[task + Q_STATE] == QUEUED and needs_customer(m, task):
        leave_queue(s, case, CUT)
