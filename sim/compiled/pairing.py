"""Pairing heaps inside the memory: each record has its own links, so that a queue takes no room of its own.

A heap is the reference of its first record, 0 if it is empty. A record that can stand in one begins with seven words:
value, since, rank and serial, by which they are in order as in the other engine's heaps (no two are equal in all); and
the first child, the next child of the same parent, and the previous one, or the parent if there is none.

References
----------
M. L. Fredman, R. Sedgewick, D. D. Sleator and R. E. Tarjan (1986), The pairing heap, Algorithmica 1, 111-129.
"""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import Q_BEFORE as BEFORE
from sim.compiled.memory import Q_CHILD as CHILD
from sim.compiled.memory import Q_SIBLING as SIBLING


@compiled
def precedes(m, a, b):  # type: ignore[no-untyped-def]
    """Whether one record comes before another."""
    for i in range(3):
        if m[a + i] != m[b + i]:
            return m[a + i] < m[b + i]
    return m[a + 3] < m[b + 3]


@compiled
def _meld(m, a, b):  # type: ignore[no-untyped-def]
    """Make one heap of two; the first record of both."""
    if not a:
        return b
    if not b:
        return a
    if precedes(m, b, a):
        a, b = b, a
    child = m[a + CHILD]
    m[b + SIBLING], m[b + BEFORE] = child, a
    if child:
        m[child + BEFORE] = b
    m[a + CHILD] = b
    return a


@compiled
def insert(m, heap, new):  # type: ignore[no-untyped-def]
    """Put a record into a heap; its first record."""
    m[new + CHILD] = m[new + SIBLING] = m[new + BEFORE] = 0
    return _meld(m, heap, new)


@compiled
def _without_first(m, heap):  # type: ignore[no-untyped-def]
    """Take the first record out of a heap: its children join in pairs, then one after another."""
    child = m[heap + CHILD]
    m[heap + CHILD] = 0
    pairs = 0
    while child:
        second, after = m[child + SIBLING], 0
        m[child + SIBLING] = m[child + BEFORE] = 0
        if second:
            after = m[second + SIBLING]
            m[second + SIBLING] = m[second + BEFORE] = 0
        pair = _meld(m, child, second)
        m[pair + SIBLING] = pairs
        pairs, child = pair, after
    first = 0
    while pairs:
        after = m[pairs + SIBLING]
        m[pairs + SIBLING] = 0
        first = _meld(m, first, pairs)
        pairs = after
    return first


@compiled
def without(m, heap, gone):  # type: ignore[no-untyped-def]
    """Take any record out of its heap; the first of the rest."""
    if gone == heap:
        return _without_first(m, heap)
    before, sibling = m[gone + BEFORE], m[gone + SIBLING]
    if m[before + CHILD] == gone:
        m[before + CHILD] = sibling
    else:
        m[before + SIBLING] = sibling
    if sibling:
        m[sibling + BEFORE] = before
    m[gone + SIBLING] = m[gone + BEFORE] = 0
    return _meld(m, heap, _without_first(m, gone))


@compiled
def next_in_order(m, at):  # type: ignore[no-untyped-def]
    """Give the record after one when walking through a heap from its first record on; nothing after the last."""
    if m[at + CHILD]:
        return m[at + CHILD]
    while not m[at + SIBLING]:
        while m[at + BEFORE] and m[m[at + BEFORE] + CHILD] != at:
            at = m[at + BEFORE]
        at = m[at + BEFORE]
        if not at:
            return 0
    return m[at + SIBLING]
