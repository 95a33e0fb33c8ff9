"""Cold prospecting, as `sim.engine.calling`: calls touch one account after another."""

from __future__ import annotations

from sim.compiled.accounts import available
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.companies import own
from sim.compiled.draw import draw
from sim.compiled.events import CALL_FINDS, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.needs import take_up
from sim.compiled.rows import CALL, write_person
from sim.compiled.store import put_back, take
from sim.compiled.winners import winner_of
from sim.order import ARRIVAL
from sim.plan import COLD
from sim.worktime import WEEK_MS


@compiled
def called(s, worked_ms, person):  # type: ignore[no-untyped-def]
    """Make the touches that so much work is enough for."""
    m = s.m
    y, week, made = m[OUTREACH], m[NOW] // WEEK_MS, 0
    in_all = m[y + Y_CALLING_MS] + worked_ms
    touches = in_all // m[y + Y_TOUCH_MS]
    m[y + Y_CALLING_MS] = in_all % m[y + Y_TOUCH_MS]
    while made < touches:
        account = _next(m, y, week)
        if not account:
            break
        made += 1
        _touch(s, account, week, person)
    write_person(s, CALL, person, -1, float(made))


@compiled
def _next(m, y, week):  # type: ignore[no-untyped-def]
    """Give the next account on the list that may be called; nothing if there is none."""
    for _ in range(m[y + Y_N_ORDER]):
        account = m[m[y + Y_ORDER] + m[y + Y_CURSOR]]
        m[y + Y_CURSOR] = (m[y + Y_CURSOR] + 1) % m[y + Y_N_ORDER]
        if m[account + U_CALLED_WEEK] != week and available(m, account):
            return account
    return 0


@compiled
def _touch(s, account, week, person):  # type: ignore[no-untyped-def]
    m, f = s.m, s.f
    y = m[OUTREACH]
    m[account + U_CALLED_WEEK] = week
    is_open = _is_open(s, account)
    touch = absorb(absorb(own(m, m[account + U_KEY]), m[W_TOUCH]), week)
    if uniform(touch) >= (f[y + Y_SUCCESS] if is_open else f[y + Y_PUSH]):
        return
    call = take(m, FREE_CALLS, CALL_NEXT, CALL_SIZE)
    m[call + CALL_ACCOUNT], m[call + CALL_PERSON] = account, person
    m[call + CALL_NEED], m[call + CALL_OPENED] = m[account + U_OPEN_NEED], m[account + U_OPEN_SINCE]
    if not is_open:
        m[call + CALL_NEED] = absorb(absorb(m[account + U_KEY], m[W_PUSH]), week)
        m[call + CALL_OPENED] = m[NOW]
    schedule(m, m[NOW], ARRIVAL | rank(own(m, m[call + CALL_NEED])), CALL_FINDS, call, 0)


@compiled
def call_finds(s, call):  # type: ignore[no-untyped-def]
    """Let the need that a call has found become an opportunity, if it still can."""
    m = s.m
    account = m[call + CALL_ACCOUNT]
    need, opened, person = m[call + CALL_NEED], m[call + CALL_OPENED], m[call + CALL_PERSON]
    put_back(m, FREE_CALLS, CALL_NEXT, call)
    if available(m, account):
        take_up(s, account, need, COLD, opened, person)


@compiled
def _is_open(s, account):  # type: ignore[no-untyped-def]
    """Whether the last need that the company did not hear of is still within its decision window."""
    m = s.m
    if not m[account + U_OPEN] or (m[RIVALS] and winner_of(m, m[account + U_OPEN_NEED])):
        return False
    window = m[m[m[STREAMS] + m[N_STREAMS] * STREAM_SIZE + H_JOURNEY] + J_WINDOW]
    if not window:
        return True
    u = uniform(absorb(m[account + U_OPEN_NEED], m[window + N_WORD]))
    length = int(draw(m, s.f, m[window + N_LAW], m[account + U_SEGMENT], u) + 0.5)
    return m[NOW] < m[account + U_OPEN_SINCE] + length
