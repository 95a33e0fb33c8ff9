"""Bonds of accounts to people and to the firm, as `sim.engine.pace` and `sim.engine.bonds` have them."""

from __future__ import annotations

from sim.compiled.accounts import owner_of
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import weeks_since
from sim.compiled.store import put_back, take
from sim.rules.pace import familiar, kept
from sim.rules.staying import tie_share


@compiled
def _tie_of(m, account, person):  # type: ignore[no-untyped-def]
    """Give the tie of an account to a person; nothing if there is none."""
    tie = m[account + U_TIES]
    while tie and m[tie + TIE_PERSON] != person:
        tie = m[tie + TIE_NEXT]
    return tie


@compiled
def _new_tie(m, account, person):  # type: ignore[no-untyped-def]
    """Tie an account to a person, by nothing yet."""
    _drop_forgotten(m, account)
    tie = take(m, FREE_TIES, TIE_NEXT, TIE_SIZE)
    m[tie + TIE_ACCOUNT], m[tie + TIE_PERSON], m[tie + TIE_AMOUNT], m[tie + TIE_AT] = account, person, 0, m[NOW]
    m[tie + TIE_ALSO] = m[person + P_TIES]
    m[person + P_TIES] = tie
    before, after = 0, m[account + U_TIES]
    while after and m[m[after + TIE_PERSON] + P_INDEX] < m[person + P_INDEX]:
        before, after = after, m[after + TIE_NEXT]
    m[tie + TIE_NEXT] = after
    if before:
        m[before + TIE_NEXT] = tie
    else:
        m[account + U_TIES] = tie
    return tie


@compiled
def _drop_forgotten(m, account):  # type: ignore[no-untyped-def]
    before, tie = 0, m[account + U_TIES]
    while tie:
        after = m[tie + TIE_NEXT]
        if not m[m[tie + TIE_PERSON] + P_FORGOTTEN]:
            before = tie
        else:
            if before:
                m[before + TIE_NEXT] = after
            else:
                m[account + U_TIES] = after
            put_back(m, FREE_TIES, TIE_NEXT, tie)
        tie = after


@compiled
def _now(s, tie):  # type: ignore[no-untyped-def]
    """Give what is left of a tie."""
    half_life = s.f[s.m[FOLKS] + Z_TIE_HALF_LIFE]
    return kept(s.f[tie + TIE_AMOUNT], weeks_since(s.m, s.m[tie + TIE_AT]), half_life)


@compiled
def familiarity(s, person, case):  # type: ignore[no-untyped-def]
    """Give how well a person knows the account of a case, 0 to 1."""
    account = s.m[case + C_OF]
    tie = _tie_of(s.m, account, person) if account else 0
    return familiar(_now(s, tie), s.f[s.m[FOLKS] + Z_HALF_TIE]) if tie else 0.0


@compiled
def share_of(s, account, person):  # type: ignore[no-untyped-def]
    """Give the share that a person has in the ties of an account."""
    m = s.m
    mine = _tie_of(m, account, person)
    if not mine:
        return 0.0
    total, tie = 0.0, m[account + U_TIES]
    while tie:
        if not m[m[tie + TIE_PERSON] + P_FORGOTTEN]:
            total += _now(s, tie)
        tie = m[tie + TIE_NEXT]
    return tie_share(_now(s, mine), total, _firm_now(s, account) if m[account + U_FIRM_KNOWN] else 0.0)


@compiled
def _firm_now(s, account):  # type: ignore[no-untyped-def]
    m = s.m
    return kept(s.f[account + U_FIRM], weeks_since(m, m[account + U_FIRM_AT]), s.f[m[FOLKS] + Z_TIE_HALF_LIFE])


@compiled
def pleased(s, account):  # type: ignore[no-untyped-def]
    """Remember a touchpoint at least as good as is thought of everybody."""
    m = s.m
    if not m[account + U_FIRM_KNOWN]:
        m[account + U_FIRM_KNOWN], m[account + U_FIRM_AT] = 1, m[NOW]
    s.f[account + U_FIRM] = _firm_now(s, account) + 1.0
    m[account + U_FIRM_AT] = m[NOW]


@compiled
def met(s, account, person):  # type: ignore[no-untyped-def]
    """Remember that a person has met the customer once more."""
    m = s.m
    tie = _tie_of(m, account, person)
    if not tie:
        tie = _new_tie(m, account, person)
    s.f[tie + TIE_AMOUNT] = _now(s, tie) + 1.0
    m[tie + TIE_AT] = m[NOW]


@compiled
def bind_customers(s):  # type: ignore[no-untyped-def]
    """Tie the customers of t=0 to whoever owns them, and to the firm."""
    m, f = s.m, s.f
    folks, account = m[FOLKS], m[CUSTOMERS]
    if not m[folks + Z_RESPOND]:
        return
    while account:
        if f[folks + Z_FIRM_TIE] > 0.0:
            m[account + U_FIRM_KNOWN], f[account + U_FIRM], m[account + U_FIRM_AT] = 1, f[folks + Z_FIRM_TIE], m[NOW]
        for i in range(m[N_DESKS]):
            desk = m[DESKS] + i * DESK_SIZE
            owner = owner_of(m, account, desk) if m[desk + D_BOOKS] else 0
            if owner and f[folks + Z_OWNER_TIE] > 0.0:
                tie = _tie_of(m, account, owner)
                if not tie:
                    tie = _new_tie(m, account, owner)
                f[tie + TIE_AMOUNT] = f[folks + Z_OWNER_TIE]
        account = m[account + U_AFTER]


@compiled
def forget(m, person):  # type: ignore[no-untyped-def]
    """Forget the ties to a person who has left; they are taken away when somebody comes by."""
    m[person + P_FORGOTTEN] = 1
