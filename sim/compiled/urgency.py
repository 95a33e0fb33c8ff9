"""What a role's dispatch rule sorts by, as `sim.engine.desk`."""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.plan import BEST_PAID_FIRST, EARLIEST_DUE, PERSUASION_FIRST, PRIORITY
from sim.rules.pay import expected_commission
from sim.worktime import HOUR_MS

_NO_DUE = 1 << 62


@compiled
def urgency(s, task):  # type: ignore[no-untyped-def]
    """Give what tasks are sorted by, smallest first; a booking is as urgent as what it is for."""
    m = s.m
    rule, activity = m[m[task + Q_DESK] + D_DISPATCH], m[task + Q_ACTIVITY]
    if m[task + Q_BOOKS]:
        activity = m[task + Q_BOOKS]
    if rule == PRIORITY:
        return m[activity + A_PRIORITY]
    if rule == EARLIEST_DUE:
        return m[task + Q_DUE_MS] if m[task + Q_DUE_MS] >= 0 else _NO_DUE
    if rule == PERSUASION_FIRST:
        return 0 if m[activity + A_PERSUASION] else 1
    if rule == BEST_PAID_FIRST:
        return -_cents_per_h(s, task)
    return 0


@compiled
def _cents_per_h(s, task):  # type: ignore[no-untyped-def]
    """Give the commission that a task promises per hour, in whole cents; 0 where nothing can be earned."""
    m, f = s.m, s.f
    case, desk, step = m[task + Q_CASE], m[task + Q_DESK], m[task + Q_STEP]
    if not m[task + Q_RESUMES] or not m[desk + D_COMMISSION]:
        return 0
    rate = f[m[desk + D_COMMISSION] + m[step + S_JOURNEY]]
    if rate <= 0.0:
        return 0
    technical = 1 if m[TECHNICAL] >= 0 and f[case + m[REGISTERS] + m[TECHNICAL]] > 0.0 else 0
    way_ms = f[m[desk + D_WAYS] + 2 * m[N_SEGMENTS] * m[step + S_INDEX] + 2 * m[case + C_SEGMENT] + technical]
    if way_ms < 0.0:
        return 0
    value = f[case + m[REGISTERS] + m[VALUE]] if m[VALUE] >= 0 else 0.0
    chance = f[m[task + Q_ACTIVITY] + A_STAGE_PROBABILITY]
    return int(100.0 * expected_commission(rate, value, chance, way_ms / HOUR_MS) + 0.5)
