"""Several companies in one market, the same in every engine: addresses, customers of t=0, words of chance."""

from __future__ import annotations

from collections.abc import Sequence

from sim.draws import absorb, word_of
from sim.plan import Plan

AT_START, GUMBEL, REST = "company at start", "gumbel", "rest"
"""Names of what is drawn between an account and several companies."""
TAKEN = 0
"""The branch of a decision on an offer that takes it."""
STAYING = -1
"""In place of a company: staying as one is."""

_COMPANY = word_of("company")


def company_word(company: int) -> int:
    """Give the word that a company adds to addresses that are its own; 0, for none, for the one in question."""
    return absorb(_COMPANY, company) if company else 0


def ends_at_start(plans: Sequence[Plan]) -> list[float]:
    """Give, for each company but the last, where on (0, 1) its share of the customers of t=0 ends.

    Parameters
    ----------
    plans : sequence of Plan
        By company, the one in question first.
    """
    shares = [plan.start_share for plan in plans]
    return [sum(shares[: c + 1]) for c in range(len(shares) - 1)]
