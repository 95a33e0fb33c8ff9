"""Writing the trace."""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import FullError, fill
from sim.trace import Event

(
    NEED, BEGIN, START, SETUP, HANDOFF, FINISH, LEAVE, BALK, WAIT, CHOOSE, MILESTONE, MISSED, TOUCH, STATE, BILL,
    BOOK, WON, CHURN, END, ABSENT, CUSTOMER, OPEN_CASE, OPEN_TASK, OPEN_PERSON, OPEN_ACCOUNT, OPEN_MILESTONE,
    OPEN_WAIT, RESERVE, JOIN, DEPART, STOP, TIED, FOLLOW, MISSED_APPOINTMENT, RELEASE, SPEND, REFER, ORIGIN, CALL,
    PAY, PULL, PUSH, ADOPT, OUTAGE, CANNOT, LAPSE, RIVAL, OUTDONE, LEFT_FOR, WON_FROM,
) = map(int, Event)  # fmt: skip


@compiled
def write(s, event, case_id, account, step, role, person, since, value):  # type: ignore[no-untyped-def]
    """Write one row, at this instant; a step by its index."""
    m = s.m
    if m[ROWS] >= m[MOST_ROWS]:
        raise FullError
    at, most = m[ROWS_AT] + m[ROWS], m[MOST_ROWS]
    m[ROWS] += 1
    m[at], m[at + most], m[at + 2 * most], m[at + 3 * most] = m[NOW], event | m[WHOSE], case_id, account
    m[at + 4 * most], m[at + 5 * most], m[at + 6 * most] = step, role, person
    m[at + 7 * most], s.f[at + 8 * most] = since, value


@compiled
def write_case(s, case, event, step, person, since, value):  # type: ignore[no-untyped-def]
    """Write one row about a case at a step, and about a person or nobody."""
    m = s.m
    role, index = -1, -1
    if person:
        role, index = m[m[person + P_DESK] + D_INDEX], m[person + P_INDEX]
    write(s, event, m[case + C_ID], m[case + C_ACCOUNT], m[step + S_INDEX], role, index, since, value)


@compiled
def write_task(s, task, event, step, person, since, value):  # type: ignore[no-untyped-def]
    """Write one row about a task at a step, in somebody's hands."""
    m = s.m
    role, index = m[m[person + P_DESK] + D_INDEX], m[person + P_INDEX]
    write(s, event, m[task + Q_ID], m[task + Q_ACCOUNT], m[step + S_INDEX], role, index, since, value)


@compiled
def write_person(s, event, person, since, value):  # type: ignore[no-untyped-def]
    """Write one row about a person."""
    m = s.m
    write(s, event, -1, -1, -1, m[m[person + P_DESK] + D_INDEX], m[person + P_INDEX], since, value)


@compiled
def sort_rows(m, n):  # type: ignore[no-untyped-def]
    """Write down the places of the first rows event by event, those of each event in the order of time."""
    tally, events, places = m[TALLY], m[ROWS_AT] + m[MOST_ROWS], m[ROWS_AT] + COLUMNS * m[MOST_ROWS]
    fill(m, tally, N_KINDS, 0)
    for i in range(n):
        m[tally + m[events + i]] += 1
    before = 0
    for kind in range(tally, tally + N_KINDS):
        m[kind], before = before, before + m[kind]
    for i in range(n):
        kind = tally + m[events + i]
        m[places + m[kind]] = i
        m[kind] += 1
