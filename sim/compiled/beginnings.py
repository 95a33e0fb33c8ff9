"""What begins of itself, and at t=0: people, customers, arrivals of a source, sessions, and all that comes weekly."""

from __future__ import annotations

from math import floor

from sim.compiled import rows
from sim.compiled.accounts import become_customer
from sim.compiled.background import next_block
from sim.compiled.bonds import bind_customers
from sim.compiled.calendars import closing, next_open, next_opening
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.change import next_design
from sim.compiled.companies import own
from sim.compiled.desk import open_session
from sim.compiled.draw import draw
from sim.compiled.events import ARRIVES, OPENS, schedule
from sim.compiled.grid import next_week
from sim.compiled.jit import compiled
from sim.compiled.marks import draw_marks
from sim.compiled.memory import *
from sim.compiled.needs import next_row
from sim.compiled.outages import next_outage_week
from sim.compiled.outreach import next_spending
from sim.compiled.staff import open_up
from sim.compiled.store import fill, new_case
from sim.compiled.streams import follow
from sim.compiled.turnover import next_monday
from sim.compiled.walk import live, place_case, register
from sim.order import ARRIVAL, OPENING, SHIFT


@compiled
def start(s):  # type: ignore[no-untyped-def]
    """Put everybody in their place at t=0 and let everything begin."""
    m = s.m
    open_up(s)
    for i in range(m[N_ACCOUNTS]):
        account = m[m[BY_INDEX] + i]
        if m[account + U_SINCE] >= 0:
            rows.write(s, rows.CUSTOMER, -1, i, -1, -1, -1, -1, s.f[account + U_SATISFACTION])
            become_customer(s, account, 1)
    bind_customers(s)
    for i in range(m[N_SOURCES]):
        source = m[SOURCES] + i * SOURCE_SIZE
        m[source + O_TIME] = floor(draw(m, s.f, m[source + O_FIRST], 0, uniform(absorb(m[source + O_KEY], 0))) + 0.5)
        _next_arrival(s, source)
    for i in range(m[N_DESKS]):
        if m[m[DESKS] + i * DESK_SIZE + D_MACHINE]:
            next_outage_week(m, m[DESKS] + i * DESK_SIZE)
    for i in range(m[N_CALENDARS]):
        calendar = m[CALENDARS] + i * CALENDAR_SIZE
        if m[calendar + K_KEPT]:
            _next_session(s, calendar, next_open(m, calendar, 0))
    if m[GRID_WEEK] == 0:
        next_week(s)
    next_design(m, 1)
    if m[m[FOLKS] + Z_STAFF_WEEK] > 0:
        next_monday(m)
    m[m[OUTREACH] + Y_WEEK] = m[m[OUTREACH] + Y_MONEY]
    if m[m[OUTREACH] + Y_SPENDING_WEEK] == 0:
        next_spending(s)
    if m[NEEDS]:
        _start_needs(s)
    for i in range(m[N_BACKGROUND]):
        next_block(s, m[BACKGROUND] + i * BACKGROUND_SIZE)


@compiled
def _start_needs(s):  # type: ignore[no-untyped-def]
    m = s.m
    if m[RECORDED]:
        next_row(s, 0)
        return
    stream = m[STREAMS] + m[N_STREAMS] * STREAM_SIZE
    for i in range(m[N_ACCOUNTS]):
        account = m[m[BY_INDEX] + i]
        if s.f[m[stream + H_RATES] + m[account + U_SEGMENT]] > 0.0:
            follow(s, account, m[N_STREAMS], 0)


# -- arrivals


@compiled
def _case_key(m, source):  # type: ignore[no-untyped-def]
    return absorb(m[source + O_KEY], (m[source + O_N] + 1) << 1)


@compiled
def _next_arrival(s, source):  # type: ignore[no-untyped-def]
    m = s.m
    if m[source + O_N] != m[source + O_COUNT] and m[source + O_TIME] < m[HORIZON]:
        schedule(s.m, m[source + O_TIME], ARRIVAL | rank(own(m, _case_key(m, source))), ARRIVES, source, 0)


@compiled
def arrive(s, source):  # type: ignore[no-untyped-def]
    """Let a case of a source arrive."""
    m = s.m
    key = _case_key(m, source)
    case = new_case(s)
    fill(m, case + m[REGISTERS], m[N_REGISTERS], 0)
    draw_marks(s, case, m[source + O_MARKS], m[source + O_N_MARKS], key, 0.0)
    place_case(m, case, key, m[source + O_JOURNEY])
    register(s, case, -1)
    live(s, case)
    m[source + O_N] += 1
    u = uniform(absorb(m[source + O_KEY], (m[source + O_N] << 1) - 1))
    m[source + O_TIME] += floor(draw(m, s.f, m[source + O_INTERARRIVAL], 0, u) + 0.5)
    _next_arrival(s, source)


# -- sessions


@compiled
def _next_session(s, calendar, at):  # type: ignore[no-untyped-def]
    if at < s.m[HORIZON]:
        schedule(s.m, at, SHIFT | OPENING, OPENS, calendar, 0)


@compiled
def open_sessions(s, calendar):  # type: ignore[no-untyped-def]
    """Open a session of all roles that keep a calendar."""
    m = s.m
    until = closing(m, calendar, m[NOW])
    for i in range(m[N_DESKS]):
        desk = m[DESKS] + i * DESK_SIZE
        if m[desk + D_CALENDAR] == calendar:
            open_session(s, desk, until)
    _next_session(s, calendar, next_opening(m, calendar, m[NOW]))
