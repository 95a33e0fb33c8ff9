"""What companies have to do with one another, as `sim.engine.rivalry`: one supplier, one winner, and who hears of it.

Companies are told apart by their numbers, from 1 on, wherever 0 stands for none.
"""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.companies import account_at, word_at
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import take
from sim.compiled.winners import note_winner, winner_of


@compiled
def write_down(s):  # type: ignore[no-untyped-def]
    """Write down how many customers each other company has now."""
    m = s.m
    for company in range(m[RIVALS] + 1):
        if company != m[COMPANY]:
            customers = word_at(m, company, N_CUSTOMERS)
            rows.write(s, rows.RIVAL, -1, -1, -1, -1, -1, company + 1, float(customers))


@compiled
def _let_follow(m, company, whom, which, by):  # type: ignore[no-untyped-def]
    """Put what follows for another company behind all that follows before."""
    new = take(m, FREE_CONSEQUENCES, CONSEQUENCE_NEXT, CONSEQUENCE_SIZE)
    m[new + CONSEQUENCE_COMPANY], m[new + CONSEQUENCE_WHOM], m[new + CONSEQUENCE_WHICH] = company, whom, which
    m[new + CONSEQUENCE_BY], m[new + CONSEQUENCE_NEXT] = by, 0
    if m[FIRST_CONSEQUENCE]:
        m[m[LAST_CONSEQUENCE] + CONSEQUENCE_NEXT] = new
    else:
        m[FIRST_CONSEQUENCE] = new
    m[LAST_CONSEQUENCE] = new


# -- one supplier


@compiled
def joins(s, account):  # type: ignore[no-untyped-def]
    """Let an account that is customer of this company by now be no longer that of another."""
    m = s.m
    place, company = m[SUPPLIERS] + m[account + U_INDEX], m[COMPANY] + 1
    before = m[place]
    m[place] = company
    if before:
        rows.write(s, rows.WON_FROM, -1, m[account + U_INDEX], -1, -1, -1, -1, float(before))
        there = account_at(m, before - 1, account)
        _let_follow(m, before - 1, there, m[there + U_TENURE], company)


@compiled
def leaves(m, account):  # type: ignore[no-untyped-def]
    """Let an account be nobody's customer, unless it is another company's already."""
    place = m[SUPPLIERS] + m[account + U_INDEX]
    if m[place] == m[COMPANY] + 1:
        m[place] = 0


# -- one winner


@compiled
def enters(m, case):  # type: ignore[no-untyped-def]
    """Tell a case that begins if another company has won its need already."""
    won = winner_of(m, m[case + C_SALE])
    if won and won != m[COMPANY] + 1:
        m[case + C_OUTDONE], m[case + C_EXPIRED] = won, 1


@compiled
def first_case(m, company, case):  # type: ignore[no-untyped-def]
    """Give the first of the cases that began with the same need at another company; nothing if there is none."""
    return _begun_with(m, m[account_at(m, company, m[case + C_OF]) + U_FIRST_CASE], m[case + C_SALE])


@compiled
def next_case(m, other):  # type: ignore[no-untyped-def]
    """Give the next of such cases."""
    return _begun_with(m, m[other + C_AFTER], m[other + C_SALE])


@compiled
def _begun_with(m, case, sale):  # type: ignore[no-untyped-def]
    while case and (m[case + C_SALE] != sale or m[case + C_NEED] != sale):
        case = m[case + C_AFTER]
    return case


@compiled
def wins(m, case):  # type: ignore[no-untyped-def]
    """Let a case win its need, unless it has already; who queues for the customer elsewhere is told."""
    if winner_of(m, m[case + C_SALE]):
        return
    note_winner(m, m[case + C_SALE])
    for company in range(m[RIVALS] + 1):
        other = first_case(m, company, case) if company != m[COMPANY] else 0
        while other:
            if not m[other + C_OUTDONE]:
                m[other + C_OUTDONE], m[other + C_EXPIRED] = m[COMPANY] + 1, 1
                _let_follow(m, company, other, m[other + C_BIRTH], 0)
            other = next_case(m, other)


@compiled
def is_lost(m, case):  # type: ignore[no-untyped-def]
    """Whether another company has won what a case began with; the case then knows by whom."""
    won = winner_of(m, m[case + C_SALE])
    if won and won != m[COMPANY] + 1:
        m[case + C_OUTDONE] = won
    return m[case + C_OUTDONE] != 0


# -- who hears of it


@compiled
def refused_to(s, case):  # type: ignore[no-untyped-def]
    """Give the step to which a case goes whose customer wants no more of it, and write down why if not for time."""
    m = s.m
    journey = m[case + C_JOURNEY]
    if not m[case + C_OUTDONE]:
        return m[journey + J_WINDOW_TO]
    note_outdone(s, case)
    return m[journey + J_RIVAL_TO]


@compiled
def note_outdone(s, case):  # type: ignore[no-untyped-def]
    """Write down, once, that the account takes another company's offer."""
    m = s.m
    if not m[case + C_TOLD]:
        m[case + C_TOLD] = 1
        rows.write_case(s, case, rows.OUTDONE, m[case + C_STEP], 0, -1, float(m[case + C_OUTDONE]))
