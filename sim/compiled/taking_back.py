"""Taking queued tasks out of a queue, to be given to somebody else, as `sim.engine.desk`."""

from __future__ import annotations

from sim.compiled.assign import stays
from sim.compiled.giving_up import release
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.pairing import insert, next_in_order, without
from sim.compiled.queues import take_out


@compiled
def take_back_of(s, desk, person):  # type: ignore[no-untyped-def]
    """Take what is a person's alone; the tasks are linked in the order in which they came, appointments are off."""
    m, taken = s.m, 0
    task = _all_at(m, desk, person)
    while task:
        after = m[task + Q_LINK]
        if m[task + Q_PERSON] == person:
            taken = _take(m, task, taken)
        task = after
    return _released(s, taken)


@compiled
def take_everything(s, desk):  # type: ignore[no-untyped-def]
    """Take all tasks; they are linked in the order in which they came, and appointments stand."""
    m, taken = s.m, 0
    task = _all_at(m, desk, 0)
    while task:
        after = m[task + Q_LINK]
        taken = _take(m, task, taken)
        task = after
    return _in_order(m, taken)


@compiled
def take_back_misplaced(s, desk, anew):  # type: ignore[no-untyped-def]
    """Take what would not come to this desk in the design that holds now, or everything."""
    m, taken = s.m, 0
    task = _all_at(m, desk, 0)
    while task:
        after = m[task + Q_LINK]
        if anew or not stays(s, task):
            taken = _take(m, task, taken)
        task = after
    return _released(s, taken)


@compiled
def _all_at(m, desk, leaver):  # type: ignore[no-untyped-def]
    """Link all tasks that wait at a desk, those of somebody who leaves it included; the first."""
    first = _linked(m, m[desk + D_QUEUE], 0)
    if leaver:
        first = _linked(m, m[leaver + P_OWN], first)
    person = m[desk + D_PEOPLE]
    while person:
        first = _linked(m, m[person + P_OWN], first)
        person = m[person + P_NEXT]
    heap = m[desk + D_HEAPS]
    while heap:
        first = _linked(m, m[heap + HEAP_FIRST], first)
        heap = m[heap + HEAP_NEXT]
    task = m[desk + D_FIRST_APART]
    while task:
        m[task + Q_LINK] = first
        first, task = task, m[task + Q_SIBLING]
    return first


@compiled
def _linked(m, heap, first):  # type: ignore[no-untyped-def]
    task = heap
    while task:
        m[task + Q_LINK] = first
        first, task = task, next_in_order(m, task)
    return first


@compiled
def _take(m, task, taken):  # type: ignore[no-untyped-def]
    """Take a task out of its queue and sort it in among those taken before."""
    take_out(m, task)
    m[task + Q_VALUE], m[task + Q_SERIAL] = 0, m[m[task + Q_STEP] + S_INDEX]
    return insert(m, taken, task)


@compiled
def _in_order(m, taken):  # type: ignore[no-untyped-def]
    """Link tasks in order; the first."""
    first, last = 0, 0
    while taken:
        task = taken
        taken = without(m, taken, task)
        m[task + Q_LINK] = 0
        if last:
            m[last + Q_LINK] = task
        else:
            first = task
        last = task
    return first


@compiled
def _released(s, taken):  # type: ignore[no-untyped-def]
    """Link tasks in order and write down that their appointments are off; the first."""
    first = _in_order(s.m, taken)
    task = first
    while task:
        release(s, task)
        task = s.m[task + Q_LINK]
    return first
