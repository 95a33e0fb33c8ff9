"""The weekly grid, as `sim.engine.grid`: customers who leave, tell others, or have needs that hang on satisfaction."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.chance import absorb, choice, rank, uniform
from sim.compiled.churn import churn
from sim.compiled.companies import own
from sim.compiled.events import IN_THE_WEEK, WEEK_BEGINS, schedule
from sim.compiled.intensity import within_week
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.needs import begin_recurring
from sim.compiled.outreach import remember
from sim.compiled.satisfaction import current
from sim.compiled.streams import need_key
from sim.order import ARRIVAL, GRID, SHIFT
from sim.rules.satisfaction import hazard_chance
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR


@compiled
def next_week(s):  # type: ignore[no-untyped-def]
    """Let the next week begin in its time."""
    m = s.m
    at = m[GRID_WEEK] * WEEK_MS
    if at < m[HORIZON]:
        schedule(s.m, at, SHIFT | GRID, WEEK_BEGINS, 0, 0)


@compiled
def week_begins(s):  # type: ignore[no-untyped-def]
    """First let customers leave, then let those who stay refer, and have needs; by their hash."""
    m, f = s.m, s.f
    y, over_neutral = m[OUTREACH], 0.0
    for word in range(m[N_CUSTOMER_BITS]):
        bits, place = m[m[CUSTOMER_BITS] + word], word << 5
        while bits:
            if bits & 1:
                account = m[ACCOUNTS] + place * m[ACCOUNT_SIZE]
                satisfaction = current(s, account)
                if not _leaves(s, account, satisfaction):
                    over_neutral += satisfaction - f[NEUTRAL]
                    if m[y + Y_REFERS]:
                        _refer(s, account, satisfaction)
                    _have_needs(s, account, satisfaction)
            bits >>= 1
            place += 1
    if (f[y + Y_CONVICTION] != 0.0 or f[y + Y_REACH] != 0.0) and m[N_CUSTOMERS]:
        remember(s, over_neutral / m[N_CUSTOMERS])
    m[GRID_WEEK] += 1
    next_week(s)


@compiled
def _leaves(s, account, satisfaction):  # type: ignore[no-untyped-def]
    m, f = s.m, s.f
    if not m[CHURN]:
        return False
    chance = hazard_chance(f[m[CHURN] + m[account + U_SEGMENT]], f[CHURN_EFFECT], satisfaction, f[NEUTRAL])
    if uniform(absorb(absorb(m[account + U_KEY], m[W_CHURN]), m[GRID_WEEK])) >= chance:
        return False
    churn(s, account)
    return True


@compiled
def _refer(s, account, satisfaction):  # type: ignore[no-untyped-def]
    """Let a customer tell a prospect, or not."""
    m, f = s.m, s.f
    y = m[OUTREACH]
    key = absorb(absorb(m[account + U_KEY], m[W_REFERRAL]), m[GRID_WEEK])
    chance = hazard_chance(f[m[y + Y_REFERS] + m[account + U_SEGMENT]], f[y + Y_REFER_EFFECT], satisfaction, f[NEUTRAL])
    if uniform(key) >= chance:
        return
    prospect = m[m[PROSPECTS] + choice(absorb(key, m[W_WHOM]), m[N_PROSPECTS])]
    m[prospect + U_REFERRED_UNTIL] = m[NOW] + m[y + Y_FRESH_MS]
    rows.write(s, rows.REFER, -1, m[account + U_INDEX], -1, -1, -1, -1, float(m[prospect + U_INDEX]))


@compiled
def _have_needs(s, account, satisfaction):  # type: ignore[no-untyped-def]
    m, f = s.m, s.f
    for i in range(m[N_STREAMS]):
        stream = m[STREAMS] + i * STREAM_SIZE
        if m[stream + H_HAZARD]:
            rate = f[m[stream + H_RATES] + m[account + U_SEGMENT]] * WEEKS_PER_YEAR
            chance = hazard_chance(rate, f[stream + H_EFFECT], satisfaction, f[NEUTRAL])
            key = need_key(m, account, stream, m[GRID_WEEK])
            if uniform(key) < chance:
                at = m[GRID_WEEK] * WEEK_MS + within_week(s, uniform(absorb(key, m[W_WHEN])))
                which = (m[account + U_TENURE] * m[N_STREAMS] + i) << 14 | m[GRID_WEEK]
                if at < m[HORIZON]:
                    schedule(s.m, at, ARRIVAL | rank(own(m, key)), IN_THE_WEEK, account, which)


@compiled
def arise_in_the_week(s, account, which):  # type: ignore[no-untyped-def]
    """Let such a need arise at its own place in the week."""
    m = s.m
    week, tenure = which & 0x3FFF, (which >> 14) // m[N_STREAMS]
    stream = m[STREAMS] + (which >> 14) % m[N_STREAMS] * STREAM_SIZE
    if m[account + U_SINCE] >= 0 and m[account + U_TENURE] == tenure:
        begin_recurring(s, account, stream, need_key(m, account, stream, week))
