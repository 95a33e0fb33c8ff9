"""Work that nobody asks for, as `sim.engine.background`: released in blocks over the week."""

from __future__ import annotations

from math import floor

from sim.compiled.appointments import put
from sim.compiled.calendars import finish, is_away, is_closed_day, worked
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.events import RELEASES, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import activity_at, new_task
from sim.order import SHIFT
from sim.worktime import DAY_MS, WEEK_MS

_EVER = 1 << 62


@compiled
def next_block(s, work):  # type: ignore[no-untyped-def]
    """Find the release of the next block, evenly over the open hours of its week, staggered between seats."""
    m = s.m
    calendar, blocks, stagger = m[m[work + B_DESK] + D_WEEKLY], m[work + B_BLOCKS], uniform(m[work + B_KEY])
    open_ms = worked(m, calendar, 0, WEEK_MS, 0, 0.0)
    while m[work + B_WEEK] * WEEK_MS < m[HORIZON]:
        while m[work + B_BLOCK] < blocks:
            offset = floor((m[work + B_BLOCK] + stagger) / blocks * open_ms)
            at = finish(m, calendar, m[work + B_WEEK] * WEEK_MS, offset, 0, 0.0, _EVER)
            m[work + B_BLOCK] += 1
            if at >= m[NOW]:
                schedule(s.m, at, SHIFT | rank(m[work + B_KEY]), RELEASES, work, 0)
                return
        m[work + B_WEEK] += 1
        m[work + B_BLOCK] = 0


@compiled
def release_block(s, work):  # type: ignore[no-untyped-def]
    """Release a block, unless it falls on a day off or another design holds by now."""
    m, now = s.m, s.m[NOW]
    if m[work + B_PHASE] != m[PHASE]:
        return
    desk, person, step = m[work + B_DESK], 0, m[work + B_STEP]
    off = is_closed_day(m, m[desk + D_CALENDAR], now // DAY_MS)
    if m[work + B_SEAT] and not off:
        person = m[m[work + B_SEAT] + SEAT_PERSON]
        off = not person or m[person + P_DESK] != desk
        off = off or (s.f[desk + D_ABSENCE] > 0.0 and is_away(m, person, s.f[desk + D_ABSENCE], now // DAY_MS))
    if not off:
        place = rank(absorb(m[work + B_KEY], m[work + B_WEEK]))
        put(s, new_task(m, 0, step, activity_at(m, step), desk, now, place, person, m[work + B_BLOCK_MS]))
    next_block(s, work)
