"""What an account thinks of the company, as `sim.engine.account`."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.accounts import know, likes
from sim.compiled.bonds import pleased
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.rules.satisfaction import drifted, satisfied, touchpoint
from sim.worktime import DAY_MS


@compiled
def current(s, account):  # type: ignore[no-untyped-def]
    """Give satisfaction now, drifted toward neutral since the last touchpoint."""
    m, f = s.m, s.f
    days = (m[NOW] - m[account + U_SATISFIED_AT]) / DAY_MS
    f[account + U_SATISFACTION] = drifted(f[account + U_SATISFACTION], f[NEUTRAL], days, f[HALF_LIFE_DAYS])
    m[account + U_SATISFIED_AT] = m[NOW]
    return f[account + U_SATISFACTION]


@compiled
def touched(s, case, milestone, step, elapsed, expected, person):  # type: ignore[no-untyped-def]
    """Live through a touchpoint: its score moves satisfaction."""
    liking = 0.0
    found = likes(s, s.m[case + C_OF], s.m[person + P_DESK])
    if found >= 0:
        liking = s.f[LIKING] if found else -0.5 * s.f[LIKING]
    score(s, case, milestone, step, touchpoint(float(elapsed), float(expected), liking))


@compiled
def score(s, case, milestone, step, value):  # type: ignore[no-untyped-def]
    """Let the score of a touchpoint, 0 to 1, move satisfaction."""
    m, f = s.m, s.f
    account = m[case + C_OF]
    weight = f[m[MILESTONES] + milestone * MILESTONE_SIZE + X_WEIGHT]
    f[account + U_SATISFACTION] = satisfied(current(s, account), value, weight, f[BAD_FACTOR])
    if m[m[FOLKS] + Z_RESPOND] and value >= f[NEUTRAL]:
        pleased(s, account)
    rows.write_case(s, case, rows.TOUCH, step, 0, -1, value)
    rows.write_case(s, case, rows.STATE, step, 0, -1, f[account + U_SATISFACTION])


@compiled
def neglected(s, account, so):  # type: ignore[no-untyped-def]
    """Be neglected from now on, or no longer; rules read it as they read a trait."""
    m = s.m
    if m[NEGLECTED] >= 0:
        know(s, account)
        s.f[account + ACCOUNT_FIXED + m[NEGLECTED]] = 1.0 if so else 0.0
