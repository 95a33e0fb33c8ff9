"""Room in the memory for cases and tasks: taken when something begins to live, given back when it ends."""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.outcomes import OVER, QUEUED


class FullError(Exception):
    """There was no room left in the middle of an event: the run begins anew with more."""


@compiled
def fill(m, at, n, value):  # type: ignore[no-untyped-def]
    """Write one number into some words."""
    for i in range(at, at + n):
        m[i] = value


@compiled
def take(m, free, following, size):  # type: ignore[no-untyped-def]
    """Take room that was given back, or new room."""
    found = m[free]
    if found:
        m[free] = m[found + following]
        return found
    found = m[TOP]
    if found + size > m[MOST_WORDS]:
        raise FullError
    m[TOP] += size
    return found


@compiled
def put_back(m, free, following, record):  # type: ignore[no-untyped-def]
    """Give room back, to be taken again."""
    m[record + following] = m[free]
    m[free] = record


@compiled
def new_case(s):  # type: ignore[no-untyped-def]
    """Take room for a case of no account, with nothing in it but its registers, which are left as they are."""
    m = s.m
    case = take(m, FREE_CASES, C_NEXT, m[CASE_SIZE])
    fill(m, case, CASE_FIXED + m[N_VISITS], 0)
    fill(m, case + m[DEADLINES], m[N_DEADLINES], -1)
    fill(m, case + m[CLOCKS], m[N_CLOCKS], -1)
    fill(m, case + m[HANDS], m[N_HANDS], 0)
    m[TURNS] += 1
    m[case + C_BIRTH] = m[case + C_TURN] = m[TURNS]
    m[case + C_ACCOUNT] = m[case + C_WAITING] = -1
    s.f[case + C_PATIENCE] = 1.0
    older = m[CASES]
    m[case + C_OLDER], m[case + C_YOUNGER] = older, 0
    if older:
        m[older + C_YOUNGER] = case
    m[CASES] = case
    return case


@compiled
def drop_case(m, case):  # type: ignore[no-untyped-def]
    """Let a case live no longer; its room is given back when nothing of it can lapse any more."""
    older, younger = m[case + C_OLDER], m[case + C_YOUNGER]
    if older:
        m[older + C_YOUNGER] = younger
    if younger:
        m[younger + C_OLDER] = older
    else:
        m[CASES] = older
    m[case + C_BIRTH], m[case + C_OVER] = 0, 1
    if not m[case + C_LAPSES]:
        give_room_back(m, case)


@compiled
def give_room_back(m, case):  # type: ignore[no-untyped-def]
    """Give the room of a case back."""
    put_back(m, FREE_CASES, C_NEXT, case)


@compiled
def new_task(m, case, step, activity, desk, since, rank, person, fixed_ms):  # type: ignore[no-untyped-def]
    """Take room for a task of a case, or of nobody."""
    task = take(m, FREE_TASKS, Q_NEXT, TASK_SIZE)
    fill(m, task, TASK_SIZE, 0)
    m[task + Q_CASE], m[task + Q_STEP], m[task + Q_ACTIVITY], m[task + Q_DESK] = case, step, activity, desk
    m[task + Q_SINCE], m[task + Q_RANK], m[task + Q_PERSON], m[task + Q_FIXED_MS] = since, rank, person, fixed_ms
    m[task + Q_ID] = m[case + C_ID] if case else -1
    m[task + Q_ACCOUNT] = m[case + C_ACCOUNT] if case else -1
    m[task + Q_STATE], m[task + Q_DUE_MS], m[task + Q_ASKED] = QUEUED, -1, since
    m[task + Q_SLOT_START] = m[task + Q_SLOT_MADE] = -1
    m[task + Q_RESUMES] = 1 if case else 0
    return task


@compiled
def drop_task(m, task):  # type: ignore[no-untyped-def]
    """Give the room of a task back."""
    m[task + Q_STATE] = OVER
    put_back(m, FREE_TASKS, Q_NEXT, task)


@compiled
def activity_at(m, step):  # type: ignore[no-untyped-def]
    """Give the activity of a step, as the design that holds now has it."""
    return m[ACTIVITIES] + m[step + S_ACTIVITY] * ACTIVITY_SIZE
