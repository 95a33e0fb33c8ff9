"""How the compiled engine finds the code of a rule: by its number, one comparison after another."""

from __future__ import annotations

from sim.compiled.accounts import know
from sim.compiled.chance import absorb, uniform
from sim.compiled.codes import *
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.pointers import shifted
from sim.plan import ACCOUNT, CASE, PERSON, SKILL
from sim.rules.buying import closes, convinced, offer_value, refused, still_convinced, talk
from sim.rules.quality import arrange, delivers_right, draft, finds_defects, revise


@compiled
def _arguments(s, rule, case, skill, quality):  # type: ignore[no-untyped-def]
    """Give what a rule reads."""
    m, f = s.m, s.f
    a, registers = shifted(f, ARGUMENTS), case + m[REGISTERS]
    if m[case + C_OF]:
        know(s, m[case + C_OF])
    for i in range(m[rule + R_N_READS]):
        space, at = m[m[rule + R_READS] + 2 * i], m[m[rule + R_READS] + 2 * i + 1]
        if space == CASE:
            a[i] = f[registers + at]
        elif space == ACCOUNT:
            a[i] = f[m[case + C_OF] + ACCOUNT_FIXED + at] if m[case + C_OF] else 0.0
        elif space == PERSON:
            a[i] = skill if at == SKILL else quality
        else:
            a[i] = f[m[rule + R_PARAMS] + at]
    return a


@compiled
def apply_rule(s, rule, case, skill, quality, u):  # type: ignore[no-untyped-def]
    """Call a rule and write its results into the case's registers; the branch taken, -1 for an effect."""
    m, f = s.m, s.f
    a, registers = _arguments(s, rule, case, skill, quality), case + m[REGISTERS]
    code, to = m[rule + R_CODE], m[rule + R_WRITES]
    if code == TALK:
        f[registers + m[to]], f[registers + m[to + 1]] = talk(a[0], a[1], a[2], a[3], a[4], a[5], a[6])
    elif code == DRAFT:
        f[registers + m[to]], f[registers + m[to + 1]] = draft(a[0], a[1], u)
    elif code == ARRANGE:
        f[registers + m[to]] = arrange(a[0], a[1], a[2], a[3], a[4], u)[0]
    elif code == REVISE:
        f[registers + m[to]], f[registers + m[to + 1]] = revise(a[0], a[1])
    elif code == CONVINCED:
        return convinced(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7])[0]
    elif code == STILL_CONVINCED:
        return still_convinced(a[0], a[1], a[2], a[3], a[4], a[5])[0]
    elif code == CLOSES:
        return closes(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12], u)[0]
    elif code == FINDS_DEFECTS:
        branch, found = finds_defects(a[0], a[1], u)
        f[registers + m[to]] = found
        return branch
    else:
        return delivers_right(a[0], a[1], a[2], u)[0]
    return -1


@compiled
def value_of(s, rule, case):  # type: ignore[no-untyped-def]
    """Give what an offer is worth by a rule that decides on one, in log-odds over staying as one is."""
    a = _arguments(s, rule, case, 1.0, 1.0)
    return offer_value(a[0], a[1], a[2], a[3], a[4], a[5], a[6], a[7], a[8], a[9], a[10], a[11], a[12])


@compiled
def refused_of(s, rule, case, u):  # type: ignore[no-untyped-def]
    """Give the branch of a decision on an offer that is not taken."""
    a = _arguments(s, rule, case, 1.0, 1.0)
    return refused(a[11], a[12], u)[0]


@compiled
def luck(key, word, visit):  # type: ignore[no-untyped-def]
    """Give the uniform of a decision: of a case's address, at a step, for the n-th time."""
    return uniform(absorb(absorb(key, word), visit))
