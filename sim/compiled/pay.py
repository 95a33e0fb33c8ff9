"""Who is credited with what is booked, and what that pays them, as `sim.engine.pay`."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.accounts import owner_of
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.rules.pay import conceded, in_reach, leaving
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR

QUARTER = 13
"""Weeks of pay that people remember."""


@compiled
def remember_hands(m, case, person):  # type: ignore[no-untyped-def]
    """Remember who of a role that earns something had a case last."""
    desk = m[person + P_DESK]
    if m[desk + D_COMMISSION] or m[desk + D_QUOTA_MS]:
        m[case + m[HANDS] + m[desk + D_EARN_PLACE]] = person


@compiled
def pay_for(s, case, step, value):  # type: ignore[no-untyped-def]
    """Credit what a case books, and pay the commission on it."""
    m, f = s.m, s.f
    journey = m[step + S_JOURNEY]
    for i in range(m[N_DESKS]):
        desk = m[DESKS] + i * DESK_SIZE
        rate = f[m[desk + D_COMMISSION] + journey] if m[desk + D_COMMISSION] else 0.0
        counts = m[desk + D_QUOTA_MS] != 0 and m[m[desk + D_QUOTA_COUNTS] + journey] != 0
        if rate <= 0.0 and not counts:
            continue
        person = _credited(m, case, desk)
        if not person:
            continue
        if counts:
            f[person + P_BOOKED] = _booked(s, person, desk) + value
            m[person + P_PERIOD_MS] = m[desk + D_QUOTA_MS]
            m[person + P_PERIOD] = m[NOW] // m[desk + D_QUOTA_MS]
        if rate > 0.0:
            usd = rate * value
            rows.write_case(s, case, rows.PAY, step, person, -1, usd)
            if f[m[FOLKS] + Z_LEAVING] > 0.0:
                _earn(s, person, usd)


@compiled
def _credited(m, case, desk):  # type: ignore[no-untyped-def]
    if m[desk + D_BOOKS] and m[case + C_OF] and m[desk + D_PEOPLE]:
        return owner_of(m, m[case + C_OF], desk)
    person = m[case + m[HANDS] + m[desk + D_EARN_PLACE]]
    if person and not m[person + P_GONE] and m[person + P_DESK] == desk:
        return person
    return 0


@compiled
def _booked(s, person, desk):  # type: ignore[no-untyped-def]
    """Give what a person is credited with in this period of a role's quota; one of another length begins anew."""
    m, period_ms = s.m, s.m[desk + D_QUOTA_MS]
    this_period = m[person + P_PERIOD_MS] == period_ms and m[person + P_PERIOD] == m[NOW] // period_ms
    return s.f[person + P_BOOKED] if this_period else 0.0


@compiled
def _earn(s, person, usd):  # type: ignore[no-untyped-def]
    m, week = s.m, s.m[NOW] // WEEK_MS
    at = m[person + P_WEEKS] + 2 * (week % EARNED_WEEKS)
    if m[at] != week:
        m[at], s.f[at + 1] = week, 0.0
    s.f[at + 1] += usd


@compiled
def leaving_factor(s, person):  # type: ignore[no-untyped-def]
    """Give the factor on a person's hazard of quitting in this week, by what they earned in the 13 weeks before it."""
    m, f = s.m, s.f
    response, desk = f[m[FOLKS] + Z_LEAVING], m[person + P_DESK]
    target = (f[desk + D_PAY_USD] + f[desk + D_VARIABLE_USD]) / WEEKS_PER_YEAR * QUARTER
    if response <= 0.0 or not m[desk + D_COMMISSION] or target <= 0.0:
        return 1.0
    week = m[NOW] // WEEK_MS
    first = week - QUARTER
    here = week - max(first, m[person + P_HIRED_WEEK])
    earned = 0.0
    for old in range(max(first, 0), week):
        at = m[person + P_WEEKS] + 2 * (old % EARNED_WEEKS)
        if m[at] == old:
            earned += f[at + 1]
    pay, variable = f[desk + D_PAY_USD], f[desk + D_VARIABLE_USD]
    realized = pay / WEEKS_PER_YEAR * QUARTER + earned + variable / WEEKS_PER_YEAR * (QUARTER - here)
    return leaving(realized / target, response)


# -- deals at the end of a period


@compiled
def pulls_in(s, case, step):  # type: ignore[no-untyped-def]
    """Tell whether whoever has a case hurries the customer, and give a part of the value away if so."""
    m, f = s.m, s.f
    if not _near_end(m, case) or not _in_reach(s, case):
        return False
    before, after = 0.0, 0.0
    if m[VALUE] >= 0:
        at = case + m[REGISTERS] + m[VALUE]
        before = f[at]
        f[at] = conceded(before, f[m[FOLKS] + Z_CONCESSION])
        after = f[at]
    rows.write_case(s, case, rows.PULL, step, m[case + C_LAST_PERSON], -1, before - after)
    return True


@compiled
def held_until(s, case, step):  # type: ignore[no-untyped-def]
    """Give the instant until which a customer who is ready is asked to wait; now, if not at all."""
    m, now = s.m, s.m[NOW]
    if not _near_end(m, case) or _in_reach(s, case):
        return now
    period_ms = m[m[m[case + C_LAST_PERSON] + P_DESK] + D_QUOTA_MS]
    until = (now // period_ms + 1) * period_ms
    rows.write_case(s, case, rows.PUSH, step, m[case + C_LAST_PERSON], -1, float(until - now))
    return until


@compiled
def _near_end(m, case):  # type: ignore[no-untyped-def]
    """Whether whoever worked on a case last is still there and has a quota on it whose period is about to end."""
    person = m[case + C_LAST_PERSON]
    if not person or m[person + P_GONE]:
        return False
    desk = m[person + P_DESK]
    if not m[desk + D_QUOTA_MS] or not m[m[desk + D_QUOTA_COUNTS] + m[m[case + C_STEP] + S_JOURNEY]]:
        return False
    return m[desk + D_QUOTA_MS] - m[NOW] % m[desk + D_QUOTA_MS] <= m[m[FOLKS] + Z_NEAR_MS]


@compiled
def _in_reach(s, case):  # type: ignore[no-untyped-def]
    person = s.m[case + C_LAST_PERSON]
    desk = s.m[person + P_DESK]
    return in_reach(_booked(s, person, desk), s.f[desk + D_QUOTA_USD], s.f[s.m[FOLKS] + Z_IN_REACH])
