"""What makes people faster, slower or better, as `sim.engine.pace`."""

from __future__ import annotations

from sim.compiled.bonds import familiarity, met
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import weeks_since
from sim.rules.pace import juggled, kept, paid, practiced
from sim.rules.staying import ramped


@compiled
def effort_factor(s, person, case, activity):  # type: ignore[no-untyped-def]
    """Give the factor by which effort differs from that of the law."""
    m, f = s.m, s.f
    folks, factor = m[FOLKS], 1.0
    if f[person + P_RAMP_WEEKS] > 0.0:
        since = weeks_since(m, m[person + P_JOINED])
        factor *= ramped(since, f[person + P_RAMP_WEEKS], f[folks + Z_RAMP_START])
    if f[folks + Z_PRACTICE] > 0.0 and f[activity + A_PRACTICED] >= 0.0:
        done = _practice(s, person, activity)
        factor *= practiced(done, f[activity + A_PRACTICED], f[folks + Z_PRACTICE])
    if f[folks + Z_EFFORT] > 0.0:
        factor *= 1.0 - f[folks + Z_EFFORT] * familiarity(s, person, case)
    if f[folks + Z_INCENTIVE] > 0.0:
        share = f[m[m[person + P_DESK] + D_PAID] + m[m[case + C_STEP] + S_ACTIVITY]]
        factor *= paid(share, f[folks + Z_INCENTIVE])
    if f[folks + Z_PER_CASE] > 0.0:
        cases = m[person + P_OPEN_CASES] + (0 if m[case + C_LAST_PERSON] == person else 1)
        factor *= juggled(float(cases), f[folks + Z_PER_CASE], f[folks + Z_CAP])
    return factor


@compiled
def _practice(s, person, activity):  # type: ignore[no-untyped-def]
    """Give the repetitions that a person remembers; everybody joins with the reference."""
    m, f = s.m, s.f
    at = person + m[PRACTICED_AT] + 2 * m[activity + A_INDEX]
    if m[at + 1] < 0:
        f[at], m[at + 1] = f[activity + A_PRACTICED], m[person + P_JOINED]
    return kept(f[at], weeks_since(m, m[at + 1]), f[m[FOLKS] + Z_PRACTICE_HALF_LIFE])


@compiled
def skill_factor(s, person, case):  # type: ignore[no-untyped-def]
    """Give the factor by which knowing the account helps to persuade."""
    return 1.0 + s.f[s.m[FOLKS] + Z_PERSUASION] * familiarity(s, person, case)


@compiled
def quality_factor(s, person, case):  # type: ignore[no-untyped-def]
    """Give the factor on quality that leaves out the defects which knowing the account avoids."""
    return 1.0 / (1.0 - s.f[s.m[FOLKS] + Z_DEFECTS] * familiarity(s, person, case))


@compiled
def did(s, person, case, activity):  # type: ignore[no-untyped-def]
    """Remember that a person has done one more piece, and met the customer if present."""
    m, f = s.m, s.f
    if f[m[FOLKS] + Z_PRACTICE] > 0.0 and f[activity + A_PRACTICED] >= 0.0:
        at = person + m[PRACTICED_AT] + 2 * m[activity + A_INDEX]
        f[at], m[at + 1] = _practice(s, person, activity) + 1.0, m[NOW]
    if m[activity + A_CUSTOMER_PRESENT] and m[case + C_OF]:
        met(s, m[case + C_OF], person)
