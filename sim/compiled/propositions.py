"""The best proposition in use, as `sim.engine.marketing`."""

from __future__ import annotations

from sim.compiled.chance import absorb, uniform
from sim.compiled.draw import draw
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import weeks_since
from sim.rules.pace import kept


@compiled
def propose(s, activity, worked_ms, each_ms):  # type: ignore[no-untyped-def]
    """Finish as many propositions as the hours make; the best is what it is worth now."""
    m, f = s.m, s.f
    y = m[OUTREACH]
    toward = m[y + Y_TOWARD] + activity
    finished = (m[toward] + worked_ms) // each_ms
    m[toward] = (m[toward] + worked_ms) % each_ms
    for _ in range(finished):
        m[y + Y_MADE] += 1
        u = uniform(absorb(absorb(m[KEY], m[W_PROPOSITION]), m[y + Y_MADE]))
        new = draw(m, f, m[y + Y_LIFT], 0, u)
        if new > lift(s):
            f[y + Y_BEST], m[y + Y_BEST_SINCE] = new, m[NOW]


@compiled
def lift(s):  # type: ignore[no-untyped-def]
    """Give what the best proposition in use adds to a talk now."""
    return _worn(s, s.f[s.m[OUTREACH] + Y_BEST])


@compiled
def answered(s):  # type: ignore[no-untyped-def]
    """Give the chance that a need not heard of otherwise answers the best proposition in use now."""
    y = s.m[OUTREACH]
    return _worn(s, s.f[y + Y_ANSWERS]) if s.m[y + Y_LIFT] and s.m[y + Y_MADE] else 0.0


@compiled
def _worn(s, amount):  # type: ignore[no-untyped-def]
    m, y = s.m, s.m[OUTREACH]
    if not m[y + Y_LIFT] or amount == 0.0:
        return 0.0
    return kept(amount, weeks_since(m, m[y + Y_BEST_SINCE]), s.f[y + Y_LIFT_HALF_LIFE])
