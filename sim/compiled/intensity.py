"""When needs arise, as `sim.demand.Intensity`; the sums over whole weeks are laid out beforehand."""

from __future__ import annotations

from math import floor

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.worktime import HOUR_MS, WEEK_MS


@compiled
def _above(f, first, n, value):  # type: ignore[no-untyped-def]
    """Give the number of sorted values that are not above one."""
    low, high = 0, n
    while low < high:
        middle = (low + high) >> 1
        if value < f[first + middle]:
            high = middle
        else:
            low = middle + 1
    return low


@compiled
def within_week(s, share):  # type: ignore[no-untyped-def]
    """Give the ms of the week at which a share of the week's needs has arisen."""
    m, f = s.m, s.f
    profile = m[PROFILE]
    hour = min(_above(f, profile, m[N_PROFILE], share), m[N_PROFILE] - 1)
    before = f[profile + hour - 1] if hour else 0.0
    inside = (share - before) / (f[profile + hour] - before)
    return min(floor((hour + inside) * HOUR_MS), WEEK_MS - 1)


@compiled
def instant(s, mass):  # type: ignore[no-untyped-def]
    """Give the ms at which the cumulative intensity reaches a number of average weeks; the horizon if not before."""
    m, f = s.m, s.f
    sums = m[SUMS]
    if f[sums + m[N_SUMS] - 1] <= mass:
        return m[HORIZON]
    week = _above(f, sums, m[N_SUMS], mass) - 1
    share = (mass - f[sums + week]) / (f[sums + week + 1] - f[sums + week])
    return week * WEEK_MS + within_week(s, share)
