"""Queuing once more for what a case waits for, as `sim.engine.service`: its person left, or another design holds."""

from __future__ import annotations

from sim.compiled.assign import booking_of, returned, task_of
from sim.compiled.giving_up import needs_customer
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.service import set_patience, wait_for
from sim.compiled.store import drop_task
from sim.compiled.walk import go_on
from sim.outcomes import CUT, OVER, VOID

NOT_BEGUN = -1
"""In place of the ms that are left."""


@compiled
def ask_anew(s, before, left_ms, giver):  # type: ignore[no-untyped-def]
    """Queue again, in the same place in time; of work that was begun, with what is left of it and whose it was.

    Taking that over is a hand-off.
    """
    m = s.m
    case = m[before + Q_CASE]
    step = m[case + C_STEP]
    m[before + Q_STATE] = OVER
    if giver:
        over = _over_meanwhile(m, case, before)
        if over:
            go_on(s, case, over)
            return
    completes = m[before + Q_STEP] == m[COMPLETE_STEP]
    if completes:
        task = returned(s, case)
    else:
        task = task_of(s, case, step)
        m[task + Q_TAKEN_OVER] = 1 if m[before + Q_TAKEN_OVER] and not giver else 0
        if m[m[task + Q_ACTIVITY] + A_BOOKING] and (left_ms < 0 or m[before + Q_BOOKS]):
            task = booking_of(s, task)
    m[task + Q_SINCE], m[task + Q_ASKED] = m[before + Q_SINCE], m[before + Q_ASKED]
    if giver:
        m[task + Q_SINCE], m[task + Q_FIXED_MS], m[task + Q_GIVER] = m[NOW], left_ms, giver
    drop_task(m, before)
    wait_for(s, case, task)
    # Nobody loses patience while a kit is completed, as little as when it first goes back.
    if m[step + S_PATIENCE] and not giver and not completes:
        set_patience(s, case, step)


@compiled
def _over_meanwhile(m, case, task):  # type: ignore[no-untyped-def]
    """Give how a case whose work was broken off ends, if its account went or its window passed while it was served."""
    if m[case + C_VOID]:
        return VOID
    return CUT if m[case + C_EXPIRED] and needs_customer(m, task) else 0
