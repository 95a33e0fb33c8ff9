"""Who has won a need: a table with open addressing, which doubles when it is half full.

References
----------
D. E. Knuth (1998), The Art of Computer Programming 3, 2nd ed., section 6.4, algorithm L.
"""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import fill, take


@compiled
def winner_of(m, need):  # type: ignore[no-untyped-def]
    """Give the number of the company that has won a need; 0 if none has."""
    return m[_place(m, m[WINNERS], m[MOST_WINNERS], need) + WINNER]


@compiled
def note_winner(m, need):  # type: ignore[no-untyped-def]
    """Take down that this company wins a need, which nobody has won before."""
    if 2 * m[N_WINNERS] >= m[MOST_WINNERS]:
        _double(m)
    _enter(m, m[WINNERS], m[MOST_WINNERS], need, m[COMPANY] + 1)
    m[N_WINNERS] += 1


@compiled
def _place(m, table, most, need):  # type: ignore[no-untyped-def]
    """Give where a need stands, or would."""
    i = need & (most - 1)
    while m[table + i * WINNER_SIZE + WINNER] and m[table + i * WINNER_SIZE + WINNER_NEED] != need:
        i = (i + 1) & (most - 1)
    return table + i * WINNER_SIZE


@compiled
def _enter(m, table, most, need, winner):  # type: ignore[no-untyped-def]
    at = _place(m, table, most, need)
    m[at + WINNER_NEED], m[at + WINNER] = need, winner


@compiled
def _double(m):  # type: ignore[no-untyped-def]
    before, most = m[WINNERS], m[MOST_WINNERS]
    table = take(m, 0, 0, 2 * most * WINNER_SIZE)
    fill(m, table, 2 * most * WINNER_SIZE, 0)
    for i in range(most):
        at = before + i * WINNER_SIZE
        if m[at + WINNER]:
            _enter(m, table, 2 * most, m[at + WINNER_NEED], m[at + WINNER])
    m[WINNERS], m[MOST_WINNERS] = table, 2 * most
