"""Who sits in a seat: what a person brings along, as `sim.engine.person`."""

from __future__ import annotations

from sim.compiled.calendars import is_away, next_open, worked
from sim.compiled.chance import absorb, uniform
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.rows import ABSENT, write_person
from sim.compiled.store import take
from sim.portable import exp, normal_quantile
from sim.rules.pay import sorted_skill
from sim.worktime import DAY_MS, WEEK_MS

NOBODY_LEAVES = -1


@compiled
def new_person(s, seat):  # type: ignore[no-untyped-def]
    """Give somebody for a seat, the first to sit there or a newcomer."""
    m, f = s.m, s.f
    person, came, desk, folks = take(m, 0, 0, m[PERSON_SIZE]), m[seat + SEAT_CAME], m[seat + SEAT_ROLE], m[FOLKS]
    m[person + P_INDEX], m[person + P_SEAT] = (seat - m[SEATS]) // SEAT_SIZE, seat
    m[person + P_KEY] = m[seat + SEAT_KEY]
    if came:
        m[person + P_KEY] = absorb(m[seat + SEAT_KEY], came)
    m[person + P_DESK], m[person + P_JOINED], m[person + P_PRESENT] = desk, m[NOW], 1
    m[person + P_LEAVING] = m[person + P_GROUP] = m[person + P_MOVED_DAY] = m[person + P_PERIOD] = -1
    f[person + P_LOAD] = f[folks + Z_REFERENCE_LOAD]
    f[person + P_RAMP_WEEKS] = ramp_weeks(s, person) if came else 0.0
    if came or m[folks + Z_SORTED_AT_START]:
        f[person + P_LOG_SKILL] = sorted_skill(f[desk + D_VARIABLE_SHARE], f[folks + Z_SORTING])
    m[person + P_WEEKS] = person + PERSON_FIXED
    for i in range(EARNED_WEEKS):
        m[m[person + P_WEEKS] + 2 * i] = -1
    for i in range(m[N_ACTIVITIES]):
        m[person + m[PRACTICED_AT] + 2 * i + 1] = -1
    return person


@compiled
def ramp_weeks(s, person):  # type: ignore[no-untyped-def]
    """Draw how long a newcomer takes to work like the others."""
    f, folks = s.f, s.m[FOLKS]
    if f[folks + Z_RAMP_START] >= 1.0:
        return 0.0
    u = uniform(absorb(s.m[person + P_KEY], s.m[W_RAMP]))
    return f[folks + Z_RAMP_WEEKS] * exp(f[folks + Z_RAMP_SIGMA] * normal_quantile(u))


@compiled
def skill_of(s, person, activity):  # type: ignore[no-untyped-def]
    """Give the skill for the kind of an activity: lognormal between people."""
    m, sigma, log_skill = s.m, s.f[SKILL_SIGMA], s.f[person + P_LOG_SKILL]
    if sigma > 0.0:
        log_skill += sigma * normal_quantile(uniform(absorb(m[person + P_KEY], m[activity + A_SKILL])))
    return exp(log_skill) if log_skill != 0.0 else 1.0


@compiled
def worked_by(s, person, a, b):  # type: ignore[no-untyped-def]
    """Give the ms in [a, b) at which a person is rostered and not absent."""
    m = s.m
    desk = m[person + P_DESK]
    return worked(m, m[desk + D_CALENDAR], a, b, person, s.f[desk + D_ABSENCE])


@compiled
def in_training(m, person):  # type: ignore[no-untyped-def]
    """Whether a colleague still spends time on this newcomer."""
    return m[person + P_JOINED] > 0 and m[NOW] - m[person + P_JOINED] < m[m[FOLKS] + Z_TRAINING_MS]


@compiled
def arrive(s, person):  # type: ignore[no-untyped-def]
    """Come to work, or not, at the opening of a session."""
    m, now = s.m, s.m[NOW]
    desk = m[person + P_DESK]
    absence, calendar, day = s.f[desk + D_ABSENCE], m[desk + D_CALENDAR], now // DAY_MS
    if absence <= 0.0 and m[person + P_MOVED_DAY] < 0:
        return
    away = is_away(m, person, absence, day)
    m[person + P_PRESENT] = 0 if away else 1
    if away and day != m[person + P_MOVED_DAY]:  # a day away is written down once
        start = day * DAY_MS
        if now == next_open(m, calendar, start):
            lost = worked(m, calendar, start, start + DAY_MS, 0, 0.0)
            write_person(s, ABSENT, person, start, float(lost))


@compiled
def pass_to(m, case, person):  # type: ignore[no-untyped-def]
    """Let a case be one of a person's, or nobody's, and no longer of who had it before."""
    before = m[case + C_LAST_PERSON]
    if person != before:
        if before:
            m[before + P_OPEN_CASES] -= 1
        if person:
            m[person + P_OPEN_CASES] += 1
        m[case + C_LAST_PERSON] = person


@compiled
def weeks_since(m, instant):  # type: ignore[no-untyped-def]
    """Give the weeks that have passed since an instant."""
    return (m[NOW] - instant) / WEEK_MS
