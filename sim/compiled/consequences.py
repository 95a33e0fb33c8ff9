"""What follows for other companies from what happens, once that is over, as `sim.engine.rivalry`."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.churn import churn
from sim.compiled.companies import swap_in
from sim.compiled.giving_up import cut_present
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import put_back


@compiled
def come_about(s):  # type: ignore[no-untyped-def]
    """Let consequences come about, in order, those of theirs included."""
    m = s.m
    while m[FIRST_CONSEQUENCE]:
        at = m[FIRST_CONSEQUENCE]
        company, whom, which = m[at + CONSEQUENCE_COMPANY], m[at + CONSEQUENCE_WHOM], m[at + CONSEQUENCE_WHICH]
        by, m[FIRST_CONSEQUENCE] = m[at + CONSEQUENCE_BY], m[at + CONSEQUENCE_NEXT]
        put_back(m, FREE_CONSEQUENCES, CONSEQUENCE_NEXT, at)
        swap_in(m, company)
        if by:
            _leave_for(s, whom, which, by)
        elif m[whom + C_BIRTH] == which:
            cut_present(s, whom)


@compiled
def _leave_for(s, account, tenure, by):  # type: ignore[no-untyped-def]
    """Let a customer go to another company, unless it has left since."""
    m = s.m
    if m[account + U_SINCE] >= 0 and m[account + U_TENURE] == tenure:
        rows.write(s, rows.LEFT_FOR, -1, m[account + U_INDEX], -1, -1, -1, m[account + U_SINCE], float(by))
        churn(s, account)
