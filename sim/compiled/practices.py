"""What an account has adopted, as `sim.engine.practices`: one bit for each practice."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.chance import absorb, uniform
from sim.compiled.jit import compiled
from sim.compiled.memory import *


@compiled
def _record(m, practice):  # type: ignore[no-untyped-def]
    return m[PRACTICES] + practice * PRACTICE_SIZE


@compiled
def follows(m, account, practice):  # type: ignore[no-untyped-def]
    """Whether an account has adopted a practice that the design offers."""
    return (m[account + U_ADOPTED] >> practice & 1) != 0 and m[_record(m, practice) + G_OFFERED] != 0


@compiled
def may_adopt(s, account, practice):  # type: ignore[no-untyped-def]
    """Whether persuading makes sense: offered, possible for this account, not adopted yet."""
    m, p = s.m, _record(s.m, practice)
    if not m[p + G_OFFERED] or m[account + U_ADOPTED] >> practice & 1:
        return False
    return _draw(m, account, m[W_ELIGIBLE], p) < s.f[m[p + G_ELIGIBLE] + m[account + U_SEGMENT]]


@compiled
def begin_as_customer(s, account):  # type: ignore[no-untyped-def]
    """Adopt, at t=0, what a customer of then follows already."""
    m = s.m
    for i in range(m[N_PRACTICES]):
        p = _record(m, i)
        if may_adopt(s, account, i):
            if _draw(m, account, m[W_AT_START], p) < s.f[m[p + G_AT_START] + m[account + U_SEGMENT]]:
                adopt(s, account, i, 0, 0)


@compiled
def adopt(s, account, practice, case, step):  # type: ignore[no-untyped-def]
    """Follow a practice from now on."""
    m = s.m
    if not m[account + U_ADOPTED] >> practice & 1:
        m[account + U_ADOPTED] |= 1 << practice
        _note(s, account, float(practice), case, step)


@compiled
def drop(s, account, practice, case, step):  # type: ignore[no-untyped-def]
    """Give a practice up."""
    m = s.m
    if m[account + U_ADOPTED] >> practice & 1:
        m[account + U_ADOPTED] &= ~(1 << practice)
        _note(s, account, -1.0 - practice, case, step)


@compiled
def drop_all(s, account):  # type: ignore[no-untyped-def]
    """Give up every practice, as who stops being a customer does."""
    for practice in range(s.m[N_PRACTICES]):
        drop(s, account, practice, 0, 0)


@compiled
def _draw(m, account, word, p):  # type: ignore[no-untyped-def]
    return uniform(absorb(absorb(m[account + U_KEY], word), m[p + G_WORD]))


@compiled
def _note(s, account, value, case, step):  # type: ignore[no-untyped-def]
    m = s.m
    about, at = m[case + C_ID] if case else -1, m[step + S_INDEX] if step else -1
    rows.write(s, rows.ADOPT, about, m[account + U_INDEX], at, -1, -1, -1, value)
