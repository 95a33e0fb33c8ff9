"""What needs are like, as `sim.marks`: each mark drawn from an address of its own."""

from __future__ import annotations

from sim.compiled.chance import absorb, uniform
from sim.compiled.companies import own
from sim.compiled.draw import draw
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.propositions import lift
from sim.portable import power


@compiled
def draw_marks(s, case, marks, n, key, contact):  # type: ignore[no-untyped-def]
    """Draw the marks of a need into the registers of its case; its luck is between the account and the company.

    What marketing and the company's name do for the case is settled with them.
    """
    m, f = s.m, s.f
    registers, segment = case + m[REGISTERS], m[case + C_SEGMENT]
    if m[LUCK] >= 0:
        f[registers + m[LUCK]] = uniform(absorb(own(m, key), m[W_LUCK]))
    for i in range(n):
        mark = marks + i * MARK_SIZE
        u = uniform(absorb(key, m[mark + MARK_WORD]))
        place, by = registers + m[mark + MARK_REGISTER], m[mark + MARK_BY]
        if m[mark + MARK_CHANCE]:
            chance, falls, reference = (
                f[m[mark + MARK_CHANCE] + segment],
                f[mark + MARK_FALLS],
                f[m[OUTREACH] + Y_REFERENCE],
            )
            if falls > 0.0 and contact > 0.0 and reference > 0.0:
                chance *= (1.0 - falls) * power(contact / reference, -falls)
            f[place] = 1.0 if u < chance else 0.0
        elif by >= 0:
            f[place] = draw(m, f, m[mark + MARK_LAW], 0 if f[registers + by] > 0.0 else 1, u)
        else:
            f[place] = draw(m, f, m[mark + MARK_LAW], segment, u)
    y = m[OUTREACH]
    if m[LIFT] >= 0 and m[y + Y_MADE]:
        f[registers + m[LIFT]] = lift(s)
    if m[REPUTATION] >= 0 and f[y + Y_CONVICTION] != 0.0:
        f[registers + m[REPUTATION]] = f[y + Y_CONVICTION] * f[y + Y_NAME]
