"""Outages of machines, as `sim.engine.outages`: for a time no new work is begun; what is in hand is finished."""

from __future__ import annotations

from math import floor

from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.events import OUTAGE_BEGINS, OUTAGE_ENDS, OUTAGE_WEEK, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.queues import unsettle
from sim.compiled.rows import OUTAGE, write
from sim.order import SHIFT
from sim.portable import log
from sim.worktime import WEEK_MS


@compiled
def next_outage_week(m, desk):  # type: ignore[no-untyped-def]
    """Let the outages of a week be drawn at its beginning."""
    if m[desk + D_OUTAGE_WEEK] * WEEK_MS < m[HORIZON]:
        schedule(m, m[desk + D_OUTAGE_WEEK] * WEEK_MS, SHIFT | rank(m[desk + D_OUTAGE_KEY]), OUTAGE_WEEK, desk, 0)


@compiled
def outage_week(s, desk):  # type: ignore[no-untyped-def]
    """Begin a week's outages, by the terms that hold now."""
    m, f = s.m, s.f
    m[desk + D_OUTAGE_K], f[desk + D_OUTAGE_START] = 0, 0.0
    f[desk + D_WEEK_EVERY], f[desk + D_WEEK_LENGTH] = f[desk + D_OUTAGE_EVERY], f[desk + D_OUTAGE_MS]
    _next_outage(s, desk)


@compiled
def _next_outage(s, desk):  # type: ignore[no-untyped-def]
    """Find the next outage of this week, or go on to the next week."""
    m, f = s.m, s.f
    if f[desk + D_WEEK_EVERY] > 0.0:
        key = absorb(m[desk + D_OUTAGE_KEY], m[desk + D_OUTAGE_WEEK])
        f[desk + D_OUTAGE_START] -= log(uniform(absorb(key, m[desk + D_OUTAGE_K]))) * f[desk + D_WEEK_EVERY]
        if f[desk + D_OUTAGE_START] < WEEK_MS:
            at = m[desk + D_OUTAGE_WEEK] * WEEK_MS + floor(f[desk + D_OUTAGE_START])
            schedule(m, at, SHIFT | rank(m[desk + D_OUTAGE_KEY]), OUTAGE_BEGINS, desk, 0)
            return
    m[desk + D_OUTAGE_WEEK] += 1
    next_outage_week(m, desk)


@compiled
def outage_begins(s, desk):  # type: ignore[no-untyped-def]
    """Let the machines fail, or stay out of order for longer."""
    m, now = s.m, s.m[NOW]
    key = absorb(absorb(m[desk + D_OUTAGE_KEY], m[desk + D_OUTAGE_WEEK]), m[W_OUTAGE_LENGTH])
    length = floor(-log(uniform(absorb(key, m[desk + D_OUTAGE_K]))) * s.f[desk + D_WEEK_LENGTH] + 0.5)
    m[desk + D_OUTAGE_K] += 1
    if m[desk + D_DOWN_UNTIL] <= now:
        m[desk + D_DOWN_SINCE] = now
    if now + length > m[desk + D_DOWN_UNTIL]:
        m[desk + D_DOWN_UNTIL] = now + length
        schedule(m, now + length, SHIFT | rank(m[desk + D_OUTAGE_KEY]), OUTAGE_ENDS, desk, 0)
    _next_outage(s, desk)


@compiled
def outage_ends(s, desk):  # type: ignore[no-untyped-def]
    """Go on with what waits, unless the outage has become longer."""
    m = s.m
    if m[desk + D_DOWN_UNTIL] == m[NOW]:
        write(s, OUTAGE, -1, -1, -1, m[desk + D_INDEX], -1, m[desk + D_DOWN_SINCE], 0.0)
        unsettle(m, desk)
