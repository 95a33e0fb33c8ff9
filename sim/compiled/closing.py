"""The end of a run, as `sim.engine.closing`: one row for everything that is still open.

What was to happen later is thrown away here, and its calendar used to put the cases in order.
"""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.events import CASE_BEGINS, drop_first, enter
from sim.compiled.hands import part_of
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.milestones import clock_of, expected_ms, is_pending
from sim.compiled.outreach import close_books
from sim.compiled.satisfaction import current
from sim.compiled.taking_back import take_everything


@compiled
def has_room_to_close(m):  # type: ignore[no-untyped-def]
    """Whether there is room to close this company; says how much there should be, if not."""
    cases, case = 0, m[CASES]
    while case:
        cases, case = cases + 1, m[case + C_OLDER]
    rows = cases * (2 + m[N_CLOCKS]) + 2 * m[N_SEATS] + m[N_CUSTOMERS] + m[N_DESKS]
    m[WANTED_EVENTS] = max(m[WANTED_EVENTS], cases)
    m[WANTED_ROWS] += rows
    return m[WANTED_EVENTS] <= m[MOST_EVENTS] and m[ROWS] + m[WANTED_ROWS] <= m[MOST_ROWS]


@compiled
def close(s):  # type: ignore[no-untyped-def]
    """Write down the last week's money, unfinished cases, tasks and waits, every person and every customer."""
    m = s.m
    close_books(s)
    _close_cases(s)
    for i in range(m[N_DESKS]):
        _close_desk(s, m[DESKS] + i * DESK_SIZE)
    for i in range(m[N_SEATS]):
        person = m[m[SEATS] + i * SEAT_SIZE + SEAT_PERSON]
        if person:
            _close_person(s, person)
    account = m[CUSTOMERS]
    while account:
        about, since = m[account + U_INDEX], m[account + U_SINCE]
        rows.write(s, rows.OPEN_ACCOUNT, -1, about, -1, -1, -1, since, current(s, account))
        account = m[account + U_AFTER]


@compiled
def _close_cases(s):  # type: ignore[no-untyped-def]
    """Write down the cases that live, by rank."""
    m = s.m
    m[EVENTS] = 0
    case = m[CASES]
    while case:
        enter(m, m[NOW], m[case + C_RANK], 0, CASE_BEGINS, case, 0)
        case = m[case + C_OLDER]
    while m[EVENTS]:
        case = m[m[EVENTS_AT] + V_WHOM]
        drop_first(m)
        _close_case(s, case)


@compiled
def _close_case(s, case):  # type: ignore[no-untyped-def]
    m = s.m
    journey, step = m[case + C_JOURNEY], m[case + C_STEP]
    rows.write_case(s, case, rows.OPEN_CASE, step, 0, m[case + C_EPOCH], 0.0)
    for i in range(m[journey + J_N_MILESTONES]):
        if is_pending(m, case, i):
            pair = m[journey + J_MILESTONES] + 2 * i
            since, expected = clock_of(m, case, m[pair]), float(expected_ms(s, case, m[pair]))
            rows.write_case(s, case, rows.OPEN_MILESTONE, m[pair + 1], 0, since, expected)
    if m[case + C_WAITING] >= 0:
        rows.write_case(s, case, rows.OPEN_WAIT, step, 0, m[case + C_WAITING], 0.0)


@compiled
def _close_desk(s, desk):  # type: ignore[no-untyped-def]
    """Write down an outage that goes on, and the tasks that wait, in the order in which they came."""
    m, role = s.m, s.m[desk + D_INDEX]
    if m[desk + D_DOWN_UNTIL] > m[NOW]:
        rows.write(s, rows.OUTAGE, -1, -1, -1, role, -1, m[desk + D_DOWN_SINCE], 0.0)
    task = take_everything(s, desk)
    while task:
        step, since = m[m[task + Q_STEP] + S_INDEX], m[task + Q_SINCE]
        rows.write(s, rows.OPEN_TASK, m[task + Q_ID], m[task + Q_ACCOUNT], step, role, -1, since, 0.0)
        task = m[task + Q_LINK]


@compiled
def _close_person(s, person):  # type: ignore[no-untyped-def]
    m = s.m
    task = m[person + P_TASK]
    rows.write_person(s, rows.OPEN_PERSON, person, m[person + P_JOINED], 1.0 if task else 0.0)
    if task:
        part = part_of(m, person, m[person + P_PART])
        rows.write_task(s, task, rows.OPEN_TASK, m[part], person, m[person + P_BEGAN], float(m[part + 1]))
