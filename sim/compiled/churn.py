"""A customer leaves, as `sim.engine.account`."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.accounts import no_longer_customer
from sim.compiled.giving_up import make_void
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.practices import drop_all
from sim.compiled.satisfaction import current


@compiled
def churn(s, account):  # type: ignore[no-untyped-def]
    """Stop being a customer: what does not survive it is void, the account rests."""
    m = s.m
    rows.write(s, rows.CHURN, -1, m[account + U_INDEX], -1, -1, -1, m[account + U_SINCE], current(s, account))
    no_longer_customer(s, account)
    drop_all(s, account)
    case = m[account + U_FIRST_CASE]
    last = 0
    while case:
        last, case = case, m[case + C_AFTER]
    case = m[account + U_FIRST_CASE]
    while case:
        after = m[case + C_AFTER]
        m[case + C_BEREFT] = 1
        if not m[m[case + C_JOURNEY] + J_SURVIVES]:
            make_void(s, case)
        if case == last:
            break
        case = after
