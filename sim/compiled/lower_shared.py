"""What all companies of a market have in common in the memory: the calendar, chance, and where they meet."""

from __future__ import annotations

from collections.abc import Sequence

from sim.companies import GUMBEL, REST
from sim.compiled import memory as w
from sim.draws import word_of
from sim.plan import Plan
from sim.worktime import DAY_MS

_WINNERS = 64
"""Room to begin with for who has won a need."""
_WORDS = {
    w.W_ABSENCE: "absence", w.W_WHO: "who", w.W_KIT: "kit", w.W_LEAD_IN: "lead-in", w.W_LUCK: "luck",
    w.W_CHANNEL: "channel", w.W_FIRST_YEAR: "first year", w.W_GAP: "gap", w.W_PHASE: "phase", w.W_CHURN: "churn",
    w.W_WHEN: "when", w.W_CONTACT: "contact", w.W_ELIGIBLE: "eligible", w.W_AT_START: "adopted at start",
    w.W_REFERRAL: "referral", w.W_WHOM: "whom", w.W_PROPOSITION: "proposition", w.W_RAMP: "ramp",
    w.W_CANNOT: "cannot", w.W_OUTAGE_LENGTH: "outage length", w.W_QUIT: "quit", w.W_FOLLOW: "follow",
    w.W_COMPLIANCE: "compliance", w.W_TOUCH: "cold touch", w.W_PUSH: "pushed need", w.W_GUMBEL: GUMBEL,
    w.W_REST: REST,
}  # fmt: skip
"""What the words of addresses stand for, as in the other engine."""


def shared(plans: Sequence[Plan]) -> tuple[dict[int, float], int]:
    """Keep room for what companies have in common.

    Parameters
    ----------
    plans : sequence of Plan
        By company.

    Returns
    -------
    dict, int
        Words of the run as a whole, and where the room of the first company may begin.
    """
    horizon_ms, rivals = plans[0].horizon_ms, len(plans) - 1
    places, accounts = sum(len(plan.roles) for plan in plans), len(plans[0].account_segment)
    rooms = {
        w.COMPANIES: len(plans) * w.OWN_SIZE if rivals else 0,
        w.DAYS: horizon_ms // DAY_MS + 1,
        w.TALLY: w.N_KINDS,
        w.PLACES: places,
        w.UNSETTLED_BITS: 2 * -(-places // 32),
        w.SUPPLIERS: accounts if rivals else 0,
        w.WINNERS: _WINNERS * w.WINNER_SIZE if rivals else 0,
    }
    words: dict[int, float] = {word: word_of(name) for word, name in _WORDS.items()}
    first = w.WORLD_SIZE
    for word, size in rooms.items():
        words[word] = first
        first += size
    numbers = {w.HORIZON: horizon_ms, w.DUE_UNTIL: DAY_MS, w.N_PLACES: places, w.RIVALS: rivals}
    return words | numbers | {w.MOST_WINNERS: _WINNERS}, first
