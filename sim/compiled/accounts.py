"""An account, as `sim.engine.account`: what it is like, being a customer or not, and its open cases."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.chains import append, remove
from sim.compiled.chance import absorb, uniform
from sim.compiled.draw import draw
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.practices import adopt, begin_as_customer, drop
from sim.compiled.rivalry import joins, leaves, wins
from sim.compiled.streams import start_streams

NOBODY = -1
"""Of channels: the account does not mind."""
_UNKNOWN = -2
TRAIT_SIZE, ACCOUNT_MARK_SIZE = 3, 3
"""(word, laws, offset) and (register, word, chances)."""


@compiled
def know(s, account):  # type: ignore[no-untyped-def]
    """Draw the traits of an account, if nobody has asked for them yet."""
    m, f = s.m, s.f
    if m[account + U_KNOWN]:
        return
    m[account + U_KNOWN] = 1
    for i in range(m[N_TRAITS]):
        trait = m[TRAITS] + i * TRAIT_SIZE
        u = uniform(absorb(m[account + U_KEY], m[trait]))
        f[account + ACCOUNT_FIXED + i] = draw(m, f, m[trait + 1], m[account + U_SEGMENT], u) + f[trait + 2]


@compiled
def mark_case(s, account, case):  # type: ignore[no-untyped-def]
    """Let a case carry what all needs of its account do."""
    m, f = s.m, s.f
    for i in range(m[N_ACCOUNT_MARKS]):
        mark = m[ACCOUNT_MARKS] + i * ACCOUNT_MARK_SIZE
        u = uniform(absorb(m[account + U_KEY], m[mark + 1]))
        yes = u < f[m[mark + 2] + m[account + U_SEGMENT]]
        f[case + m[REGISTERS] + m[mark]] = 1.0 if yes else 0.0


@compiled
def likes(s, account, desk):  # type: ignore[no-untyped-def]
    """Whether the channel of a role is the one that an account prefers; -1 if it does not mind."""
    m, f = s.m, s.f
    if m[account + U_CHANNEL] == _UNKNOWN:
        shares, u = m[CHANNELS] + 4 * m[account + U_SEGMENT], uniform(absorb(m[account + U_KEY], m[W_CHANNEL]))
        n = int(f[shares])
        i = 0
        while i < n and f[shares + 1 + i] <= u:
            i += 1
        m[account + U_CHANNEL] = i if n else NOBODY
    if m[account + U_CHANNEL] == NOBODY:
        return NOBODY
    return 1 if m[account + U_CHANNEL] == m[desk + D_CHANNEL] else 0


@compiled
def owner_of(m, account, desk):  # type: ignore[no-untyped-def]
    """Give the person of a role who owns an account: the one whose hash with it is largest; nothing without people.

    It is kept until somebody comes to the role or leaves it; who was assigned by calling owns it while in the role.
    """
    at = account + m[OWNERS_AT] + OWNER_SIZE * m[desk + D_BOOK_PLACE]
    if m[at + OWNER_ROSTER] != m[desk + D_ROSTER]:
        found = m[at + OWNER_FOUND]
        if not found or not _belongs(m, found, desk):
            m[at + OWNER_FOUND] = 0
            found = _by_hash(m, account, desk, m[at + OWNER], m[at + OWNER_ROSTER])
        m[at + OWNER_ROSTER], m[at + OWNER] = m[desk + D_ROSTER], found
    return m[at + OWNER]


@compiled
def _belongs(m, person, desk):  # type: ignore[no-untyped-def]
    return not m[person + P_GONE] and m[person + P_DESK] == desk


@compiled
def _by_hash(m, account, desk, owner, roster):  # type: ignore[no-untyped-def]
    """Give the owner now, where some roster had another: only who came since then can take an account away."""
    if owner and _belongs(m, owner, desk):
        change = m[desk + D_CHANGES]
        while change and m[change + CHANGE_ROSTER] > roster:
            if _belongs(m, m[change + CHANGE_PERSON], desk):
                owner = _nearer(m, account, owner, m[change + CHANGE_PERSON])
            change = m[change + CHANGE_NEXT]
        return owner
    person = found = m[desk + D_PEOPLE]
    while person:
        found, person = _nearer(m, account, found, person), m[person + P_NEXT]
    return found


@compiled
def _nearer(m, account, a, b):  # type: ignore[no-untyped-def]
    """Give which of two people an account would belong to."""
    mine, yours = absorb(m[account + U_KEY], m[a + P_KEY]), absorb(m[account + U_KEY], m[b + P_KEY])
    return b if yours > mine or (yours == mine and m[b + P_INDEX] < m[a + P_INDEX]) else a


@compiled
def assign(m, account, person):  # type: ignore[no-untyped-def]
    """Let a person own an account while in the role, if the role owns accounts at all."""
    desk = m[person + P_DESK]
    if m[desk + D_BOOKS]:
        at = account + m[OWNERS_AT] + OWNER_SIZE * m[desk + D_BOOK_PLACE]
        m[at + OWNER_ROSTER], m[at + OWNER], m[at + OWNER_FOUND] = m[desk + D_ROSTER], person, person


# -- being a customer


@compiled
def available(m, account):  # type: ignore[no-untyped-def]
    """Whether a need of an account can become an opportunity."""
    return m[account + U_SINCE] < 0 and not m[account + U_IN_NEED] and m[NOW] >= m[account + U_REST_UNTIL]


@compiled
def become_customer(s, account, from_start):  # type: ignore[no-untyped-def]
    """Start being a customer: the recurring streams begin."""
    m = s.m
    m[account + U_SINCE], m[account + U_FROM_START] = m[NOW], from_start
    m[account + U_TENURE] += 1
    append(m, CUSTOMERS, LAST_CUSTOMER, U_BEFORE, U_AFTER, account)
    m[N_CUSTOMERS] += 1
    place = m[account + U_PLACE]
    m[m[CUSTOMER_BITS] + (place >> 5)] |= 1 << (place & 31)
    if from_start:
        begin_as_customer(s, account)
    start_streams(s, account)
    if m[RIVALS]:
        joins(s, account)


@compiled
def no_longer_customer(s, account):  # type: ignore[no-untyped-def]
    """Stop being a customer, and rest."""
    m = s.m
    remove(m, CUSTOMERS, LAST_CUSTOMER, U_BEFORE, U_AFTER, account)
    m[N_CUSTOMERS] -= 1
    place = m[account + U_PLACE]
    m[m[CUSTOMER_BITS] + (place >> 5)] &= ~(1 << (place & 31))
    m[account + U_SINCE] = -1
    if m[RIVALS]:
        leaves(m, account)
    m[account + U_MET_AT] = m[NOW]
    m[account + U_REST_UNTIL] = m[NOW] + m[REST_MS]


# -- cases


@compiled
def add_case(m, account, case):  # type: ignore[no-untyped-def]
    """Take in a case of an account."""
    append(m, account + U_FIRST_CASE, account + U_LAST_CASE, C_BEFORE, C_AFTER, case)


@compiled
def case_ended(s, case, step, value):  # type: ignore[no-untyped-def]
    """Take the consequences of an end for the account."""
    m = s.m
    account, now = m[case + C_OF], m[NOW]
    remove(m, account + U_FIRST_CASE, account + U_LAST_CASE, C_BEFORE, C_AFTER, case)
    if m[account + U_IN_NEED] and m[case + C_KEY] == m[account + U_NEED]:
        m[account + U_IN_NEED] = 0
        m[account + U_MET_AT] = now
    if m[step + S_CUSTOMER] and m[account + U_SINCE] < 0:
        if m[RIVALS]:
            wins(m, case)
        rows.write_case(s, case, rows.WON, step, 0, m[case + C_EPOCH], value)
        become_customer(s, account, 0)
    if m[account + U_SINCE] >= 0:
        if m[step + S_ADOPTS] >= 0:
            adopt(s, account, m[step + S_ADOPTS], case, step)
        if m[step + S_DROPS] >= 0:
            drop(s, account, m[step + S_DROPS], case, step)
    if m[step + S_RESTS]:
        m[account + U_REST_UNTIL] = now + m[REST_MS]
