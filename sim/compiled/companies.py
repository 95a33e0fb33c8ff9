"""Several companies in one memory: whose turn it is, and what the others have in the meantime.

Code knows one company only: the one whose words stand at the beginning of the memory. What happens to another one is
preceded by swapping its words in.
"""

from __future__ import annotations

import numpy as np

from sim.compiled.chance import absorb
from sim.compiled.jit import compiled
from sim.compiled.memory import *


@compiled
def swap_in(m, company):  # type: ignore[no-untyped-def]
    """Let it be a company's turn."""
    if company != m[COMPANY]:
        _swap(m, company)


@compiled
def _swap(m, company):  # type: ignore[no-untyped-def]
    block = _block(m, m[COMPANY])
    for i in range(COMPANY, COMPANY + OWN_SIZE):
        m[block + i] = m[i]
    block = _block(m, company)
    for i in range(COMPANY, COMPANY + OWN_SIZE):
        m[i] = m[block + i]


@compiled
def _block(m, company):  # type: ignore[no-untyped-def]
    """Give where the words of a company stand while it is another's turn, less where they do otherwise."""
    return m[COMPANIES] + company * OWN_SIZE - COMPANY


@compiled
def word_at(m, company, word):  # type: ignore[no-untyped-def]
    """Give a word of a company, whosever turn it is."""
    return m[word] if company == m[COMPANY] else m[_block(m, company) + word]


@compiled
def account_at(m, company, account):  # type: ignore[no-untyped-def]
    """Give what a company knows of an account of another one."""
    return word_at(m, company, ACCOUNTS) + m[account + U_PLACE] * word_at(m, company, ACCOUNT_SIZE)


@compiled
def own(m, key):  # type: ignore[no-untyped-def]
    """Give the company's own address of what belongs to the market; the same for the company in question."""
    return absorb(key, m[COMPANY_WORD]) if m[COMPANY] else np.uint64(key)
