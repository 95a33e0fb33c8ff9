"""Putting tasks into the queues of a desk, and taking them out.

A desk has one queue that all share, and one for each person whose work is theirs alone. One that works by appointment
has a queue for each owner and mean effort instead, and a list of the tasks that stand apart, with an appointment ahead
or waiting for somebody to make one with.
"""

from __future__ import annotations

from sim.compiled import pairing
from sim.compiled.chains import append, remove
from sim.compiled.diary import diary_of, give_back
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import take
from sim.compiled.urgency import urgency

SHARED, OWNED, FITTING, RESERVED, UNBOOKED = range(1, 6)
"""Ways in which a task waits."""


@compiled
def unsettle(m, desk):  # type: ignore[no-untyped-def]
    """Ask for a look at who could do what in the next dispatch round."""
    if m[desk + D_SETTLED]:
        m[desk + D_SETTLED] = 0
        m[UNSETTLED] = 1
        m[m[UNSETTLED_BITS] + (m[desk + D_PLACE] >> 5)] |= 1 << (m[desk + D_PLACE] & 31)


@compiled
def push(s, task):  # type: ignore[no-untyped-def]
    """Put a task where the people of a desk without appointments will look for it."""
    m = s.m
    desk, person = m[task + Q_DESK], m[task + Q_PERSON]
    _enter(m, task, urgency(s, task))
    if person:
        m[task + Q_PLACE] = OWNED
        m[person + P_OWN] = pairing.insert(m, m[person + P_OWN], task)
        make_ready(m, person)
    else:
        m[task + Q_PLACE] = SHARED
        m[desk + D_QUEUE] = pairing.insert(m, m[desk + D_QUEUE], task)
    unsettle(m, desk)


@compiled
def make_ready(m, person):  # type: ignore[no-untyped-def]
    """Let an idle person with work of their own be found in the next dispatch round."""
    if m[person + P_IDLE] and m[person + P_OWN] and not m[person + P_READY]:
        desk = m[person + P_DESK]
        m[person + P_READY], m[person + P_READY_NEXT] = 1, m[desk + D_READY]
        m[desk + D_READY] = person


@compiled
def push_fitting(m, task, value, planned_ms):  # type: ignore[no-untyped-def]
    """Put a task among those of a desk with appointments that have one owner and mean effort."""
    desk, owner = m[task + Q_DESK], m[task + Q_PERSON]
    heap = m[desk + D_HEAPS]
    while heap and (m[heap + HEAP_OWNER] != owner or m[heap + HEAP_PLANNED_MS] != planned_ms):
        heap = m[heap + HEAP_NEXT]
    if not heap:
        heap = take(m, 0, 0, HEAP_SIZE)
        m[heap + HEAP_OWNER], m[heap + HEAP_PLANNED_MS], m[heap + HEAP_NEXT] = owner, planned_ms, m[desk + D_HEAPS]
        m[desk + D_HEAPS] = heap
    _enter(m, task, value)
    m[task + Q_PLACE], m[task + Q_HEAP] = FITTING, heap
    m[heap + HEAP_FIRST] = pairing.insert(m, m[heap + HEAP_FIRST], task)
    m[desk + D_FITTING] += 1
    unsettle(m, desk)


@compiled
def _enter(m, task, value):  # type: ignore[no-untyped-def]
    desk = m[task + Q_DESK]
    m[task + Q_VALUE] = value
    m[desk + D_SERIAL] += 1
    m[task + Q_SERIAL] = m[desk + D_SERIAL]


@compiled
def stand_apart(m, task, place):  # type: ignore[no-untyped-def]
    """Wait for an appointment, or for somebody to make one with."""
    desk = m[task + Q_DESK]
    m[task + Q_PLACE] = place
    append(m, desk + D_FIRST_APART, desk + D_LAST_APART, Q_BEFORE, Q_SIBLING, task)


@compiled
def take_out(m, task):  # type: ignore[no-untyped-def]
    """Take a task out of where it waits; a slot reserved for it is free again."""
    desk, person, place = m[task + Q_DESK], m[task + Q_PERSON], m[task + Q_PLACE]
    m[task + Q_PLACE] = 0
    if place == SHARED:
        m[desk + D_QUEUE] = pairing.without(m, m[desk + D_QUEUE], task)
    elif place == OWNED:
        m[person + P_OWN] = pairing.without(m, m[person + P_OWN], task)
    elif place == FITTING:
        heap = m[task + Q_HEAP]
        m[heap + HEAP_FIRST] = pairing.without(m, m[heap + HEAP_FIRST], task)
        m[desk + D_FITTING] -= 1
    else:
        remove(m, desk + D_FIRST_APART, desk + D_LAST_APART, Q_BEFORE, Q_SIBLING, task)
        if place == RESERVED:
            m[task + Q_RESERVATION] = 0
            give_back(m, diary_of(m, person, desk), m[task + Q_SLOT_START])
