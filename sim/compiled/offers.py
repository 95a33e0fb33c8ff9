"""How an account decides between offers that it has in hand, as `sim.engine.rivalry`: by value and luck."""

from __future__ import annotations

from sim.companies import STAYING, TAKEN
from sim.compiled.chance import absorb, uniform
from sim.compiled.companies import account_at, swap_in, word_at
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.rivalry import first_case, next_case, note_outdone, wins
from sim.compiled.rules import apply_rule, luck, refused_of, value_of
from sim.compiled.satisfaction import current
from sim.portable import log


@compiled
def decides(s, case, step, u):  # type: ignore[no-untyped-def]
    """Decide on the offer of a case, with the uniform with which the rule decides alone; the branch."""
    m, rule = s.m, s.m[step + S_RULE]
    if not m[case + C_OF]:
        return apply_rule(s, rule, case, 1.0, 1.0, u)
    if m[case + C_OUTDONE]:
        note_outdone(s, case)
        return m[rule + R_RIVAL]
    kept = _kept(s, m[case + C_OF])
    by, best = _best_of_others(s, case, rule, m[step + S_WORD])
    if m[COMPANY] == 0 and not by and kept == 0.0:
        branch = apply_rule(s, rule, case, 1.0, 1.0, u)
    else:
        branch = _compare(s, case, step, kept, by, best)
    if branch == TAKEN:
        wins(m, case)
    return branch


@compiled
def _kept(s, account):  # type: ignore[no-untyped-def]
    """Give what keeps an account as it is, in log-odds: more if it is another company's customer."""
    m, f = s.m, s.f
    mine, supplier = m[COMPANY], m[m[SUPPLIERS] + m[account + U_INDEX]]
    if not supplier or supplier == mine + 1:
        return 0.0
    there = account_at(m, supplier - 1, account)
    swap_in(m, supplier - 1)
    over_neutral = current(s, there) - f[NEUTRAL]
    swap_in(m, mine)
    return f[INCUMBENT] + f[INCUMBENT_EFFECT] * over_neutral


@compiled
def _best_of_others(s, case, rule, word):  # type: ignore[no-untyped-def]
    """Give the number of the company whose offer is the best of others' in hand, 0 if there are none; and its worth."""
    m = s.m
    mine, offer, by, best = m[COMPANY], m[OFFER], 0, 0.0
    if offer < 0:
        return by, best
    for company in range(m[RIVALS] + 1):
        other = first_case(m, company, case) if company != mine else 0
        while other:
            if m[other + C_REACHED] >> offer & 1 and not m[other + C_EXPIRED]:
                bound = word_at(m, company, RULES) + rule - m[RULES]
                swap_in(m, company)
                worth = value_of(s, bound, other)
                swap_in(m, mine)
                worth += _gumbel(m, m[case + C_NEED], word, company)
                if not by or worth > best:
                    by, best = company + 1, worth
            other = next_case(m, other)
    return by, best


@compiled
def _compare(s, case, step, kept, by, best):  # type: ignore[no-untyped-def]
    """Give the branch, where an offer is not alone."""
    m = s.m
    rule, need, word = m[step + S_RULE], m[case + C_NEED], m[step + S_WORD]
    staying = kept + _gumbel(m, need, word, STAYING)
    mine = value_of(s, rule, case) + _gumbel(m, need, word, m[COMPANY])
    if not by or best <= staying:
        by, best = 0, staying
    if mine > best:
        return TAKEN
    if by:
        m[case + C_OUTDONE] = by
        note_outdone(s, case)
        return m[rule + R_RIVAL]
    return refused_of(s, rule, case, uniform(absorb(absorb(m[case + C_KEY], word), m[W_REST])))


@compiled
def _gumbel(m, need, word, company):  # type: ignore[no-untyped-def]
    """Give a need's Gumbel variate for a company, or for staying as it is."""
    key = absorb(need, m[W_GUMBEL])
    if company > 0:
        return -log(-log(uniform(absorb(key, company))))
    u = luck(need, word, 0)
    both = -log(uniform(absorb(key, 0))) - log(uniform(absorb(key, STAYING)))
    return -log(both * ((1.0 - u) if company == STAYING else u))
