"""A person's reservations in a role, as `sim.engine.diary`: linked in the order of time."""

from __future__ import annotations

from sim.compiled.calendars import closing, next_open, opening_of
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.store import put_back, take

FOREVER = 1 << 62


@compiled
def diary_of(m, person, desk):  # type: ignore[no-untyped-def]
    """Give the diary of a person in a role; who comes back to a role finds the one of before."""
    diary = m[person + P_DIARIES]
    while diary and m[diary + DIARY_DESK] != desk:
        diary = m[diary + DIARY_NEXT]
    if not diary:
        diary = take(m, 0, 0, DIARY_SIZE)
        m[diary + DIARY_DESK], m[diary + DIARY_NEXT] = desk, m[person + P_DIARIES]
        m[person + P_DIARIES] = diary
    return diary


@compiled
def first_free(m, diary, after_ms, slot_ms):  # type: ignore[no-untyped-def]
    """Give the start of the first free slot at or after an instant."""
    calendar, t = m[m[diary + DIARY_DESK] + D_CALENDAR], after_ms
    while True:
        t = next_open(m, calendar, t)
        opening, end = opening_of(m, calendar, t), closing(m, calendar, t)
        start = opening + max(0, -((opening - t) // slot_ms)) * slot_ms
        slot = m[diary + DIARY_SLOTS]
        while slot and m[slot + SLOT_END] <= start:
            slot = m[slot + SLOT_NEXT]
        while start + slot_ms <= end:
            if not slot or start + slot_ms <= m[slot + SLOT_START]:
                return start
            start = opening - (opening - m[slot + SLOT_END]) // slot_ms * slot_ms
            slot = m[slot + SLOT_NEXT]
        t = end


@compiled
def reserve(m, diary, start_ms, slot_ms):  # type: ignore[no-untyped-def]
    """Reserve a free slot."""
    slot = take(m, FREE_SLOTS, SLOT_NEXT, SLOT_SIZE)
    before, after = 0, m[diary + DIARY_SLOTS]
    while after and m[after + SLOT_START] < start_ms:
        before, after = after, m[after + SLOT_NEXT]
    m[slot + SLOT_START], m[slot + SLOT_END], m[slot + SLOT_NEXT] = start_ms, start_ms + slot_ms, after
    if before:
        m[before + SLOT_NEXT] = slot
    else:
        m[diary + DIARY_SLOTS] = slot
    m[diary + DIARY_N_SLOTS] += 1


@compiled
def give_back(m, diary, start_ms):  # type: ignore[no-untyped-def]
    """Give a reserved slot back."""
    before, slot = 0, m[diary + DIARY_SLOTS]
    while m[slot + SLOT_START] != start_ms:
        before, slot = slot, m[slot + SLOT_NEXT]
    if before:
        m[before + SLOT_NEXT] = m[slot + SLOT_NEXT]
    else:
        m[diary + DIARY_SLOTS] = m[slot + SLOT_NEXT]
    _drop(m, diary, slot)


@compiled
def next_start(m, diary):  # type: ignore[no-untyped-def]
    """Give the start of the first reserved slot after now, `FOREVER` if there is none; forget those that ended."""
    while m[diary + DIARY_SLOTS] and m[m[diary + DIARY_SLOTS] + SLOT_END] <= m[NOW]:
        slot = m[diary + DIARY_SLOTS]
        m[diary + DIARY_SLOTS] = m[slot + SLOT_NEXT]
        _drop(m, diary, slot)
    slot = m[diary + DIARY_SLOTS]
    while slot and m[slot + SLOT_START] <= m[NOW]:
        slot = m[slot + SLOT_NEXT]
    return m[slot + SLOT_START] if slot else FOREVER


@compiled
def _drop(m, diary, slot):  # type: ignore[no-untyped-def]
    put_back(m, FREE_SLOTS, SLOT_NEXT, slot)
    m[diary + DIARY_N_SLOTS] -= 1
