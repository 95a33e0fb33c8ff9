"""Who of a role's people is free, and who gets which task, as `sim.engine.desk`."""

from __future__ import annotations

from sim.compiled import pairing
from sim.compiled.appointments import book_the_unbooked, room_ms
from sim.compiled.diary import diary_of, next_start
from sim.compiled.hands import begin
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import arrive
from sim.compiled.queues import make_ready, take_out, unsettle
from sim.compiled.store import take


@compiled
def seat(s, person):  # type: ignore[no-untyped-def]
    """Let a person be one of a role's."""
    m = s.m
    desk = m[person + P_DESK]
    before, after = 0, m[desk + D_PEOPLE]
    while after and m[after + P_INDEX] < m[person + P_INDEX]:
        before, after = after, m[after + P_NEXT]
    m[person + P_NEXT] = after
    if before:
        m[before + P_NEXT] = person
    else:
        m[desk + D_PEOPLE] = person
    _note_change(m, desk, person)
    if m[desk + D_APPOINTS]:
        book_the_unbooked(s, desk)


@compiled
def unseat(m, person):  # type: ignore[no-untyped-def]
    """Let a person be one of a role's no longer."""
    desk = m[person + P_DESK]
    before, at = 0, m[desk + D_PEOPLE]
    while at != person:
        before, at = at, m[at + P_NEXT]
    if before:
        m[before + P_NEXT] = m[person + P_NEXT]
    else:
        m[desk + D_PEOPLE] = m[person + P_NEXT]
    m[person + P_NEXT] = 0
    _note_change(m, desk, person)
    if m[person + P_IDLE]:
        _stand_by_no_more(m, person)
    _drop_unready(m, desk)


@compiled
def _note_change(m, desk, person):  # type: ignore[no-untyped-def]
    """Give the roster a new number; who owns which account by now is seen to when that is asked."""
    m[desk + D_ROSTER] += 1
    if m[desk + D_BOOK_PLACE] >= 0:
        change = take(m, 0, 0, CHANGE_SIZE)
        m[change + CHANGE_ROSTER], m[change + CHANGE_PERSON] = m[desk + D_ROSTER], person
        m[change + CHANGE_NEXT] = m[desk + D_CHANGES]
        m[desk + D_CHANGES] = change


@compiled
def free(m, person):  # type: ignore[no-untyped-def]
    """Take back a person who has nothing to do."""
    desk = m[person + P_DESK]
    m[person + P_CREDIT] = 0
    m[person + P_FREE_OFFSET] = m[NOW] - m[desk + D_SESSION]
    _stand_by(m, person, m[person + P_FREE_OFFSET])
    unsettle(m, desk)


@compiled
def _stand_by(m, person, value):  # type: ignore[no-untyped-def]
    """Join the idle, who are in order of how long they have been; who has the smallest value is the first."""
    desk = m[person + P_DESK]
    m[person + P_VALUE], m[person + P_SINCE], m[person + P_RANK] = value, 0, 0
    m[person + P_SERIAL], m[person + P_IDLE] = m[person + P_INDEX], 1
    m[desk + D_IDLE] = pairing.insert(m, m[desk + D_IDLE], person)
    make_ready(m, person)


@compiled
def _stand_by_no_more(m, person):  # type: ignore[no-untyped-def]
    desk = m[person + P_DESK]
    m[desk + D_IDLE] = pairing.without(m, m[desk + D_IDLE], person)
    m[person + P_IDLE] = 0


@compiled
def _drop_unready(m, desk):  # type: ignore[no-untyped-def]
    """Keep, of those who were idle with work of their own, those who still are."""
    before, person = 0, m[desk + D_READY]
    while person:
        after = m[person + P_READY_NEXT]
        if m[person + P_IDLE] and m[person + P_OWN]:
            before = person
        else:
            m[person + P_READY] = 0
            if before:
                m[before + P_READY_NEXT] = after
            else:
                m[desk + D_READY] = after
        person = after


@compiled
def settle(s, desk):  # type: ignore[no-untyped-def]
    """Give the best task to the longest idle person who may do it, again and again, until there is no such pair."""
    m, now = s.m, s.m[NOW]
    m[desk + D_SETTLED] = 1
    if not m[desk + D_IDLE] or not m[desk + D_SESSION] <= now < m[desk + D_OPEN_UNTIL] or now < m[desk + D_DOWN_UNTIL]:
        return
    if m[desk + D_APPOINTS]:
        _settle_around_slots(s, desk)
        return
    while m[desk + D_IDLE]:
        best, who = m[desk + D_QUEUE], m[desk + D_IDLE]
        if m[desk + D_READY]:
            _drop_unready(m, desk)
            person = m[desk + D_READY]
            while person:
                own = m[person + P_OWN]
                if not best or pairing.precedes(m, own, best):
                    best, who = own, person
                person = m[person + P_READY_NEXT]
        if not best:
            return
        take_out(m, best)
        _stand_by_no_more(m, who)
        begin(s, who, best)


@compiled
def _settle_around_slots(s, desk):  # type: ignore[no-untyped-def]
    """Give the best task that fits somebody idle to the longest idle of those whom it fits, again and again."""
    m = s.m
    if not m[desk + D_FITTING]:
        person = m[desk + D_PEOPLE]
        while person:  # slots are forgotten when somebody idle is looked at
            if m[person + P_IDLE]:
                next_start(m, diary_of(m, person, desk))
            person = m[person + P_NEXT]
        return
    first, last = 0, 0
    while m[desk + D_IDLE]:
        person = m[desk + D_IDLE]
        _stand_by_no_more(m, person)
        m[person + P_ROOM], m[person + P_LINK] = room_ms(m, person), 0
        if last:
            m[last + P_LINK] = person
        else:
            first = person
        last = person
    while first:
        best, who, before_who = 0, 0, 0
        heap = m[desk + D_HEAPS]
        while heap:
            task = m[heap + HEAP_FIRST]
            if task and (not best or pairing.precedes(m, task, best)):
                before, person = 0, first
                while person and not _fits(m, heap, person):
                    before, person = person, m[person + P_LINK]
                if person:
                    best, who, before_who = task, person, before
            heap = m[heap + HEAP_NEXT]
        if not best:
            break
        if before_who:
            m[before_who + P_LINK] = m[who + P_LINK]
        else:
            first = m[who + P_LINK]
        m[who + P_BEGUN] = m[NOW]
        take_out(m, best)
        begin(s, who, best)
    while first:
        after = m[first + P_LINK]
        _stand_by(m, first, m[first + P_VALUE])
        first = after


@compiled
def _fits(m, heap, person):  # type: ignore[no-untyped-def]
    """Whether the tasks of a heap fit before a person's next slot, and are not somebody else's."""
    owner = m[heap + HEAP_OWNER]
    return m[heap + HEAP_PLANNED_MS] <= m[person + P_ROOM] and (not owner or owner == person)


@compiled
def open_session(s, desk, until):  # type: ignore[no-untyped-def]
    """Start a session: idle people of the last one keep what they have waited, those absent are not there."""
    m = s.m
    length = m[desk + D_OPEN_UNTIL] - m[desk + D_SESSION]
    person = m[desk + D_PEOPLE]
    while person:
        if not m[person + P_TASK]:
            if m[person + P_PRESENT]:
                m[person + P_CREDIT] += max(0, length - m[person + P_FREE_OFFSET])
            m[person + P_FREE_OFFSET] = 0
        m[person + P_IDLE] = 0
        person = m[person + P_NEXT]
    m[desk + D_SESSION], m[desk + D_OPEN_UNTIL], m[desk + D_IDLE] = m[NOW], until, 0
    person = m[desk + D_PEOPLE]
    while person:
        arrive(s, person)
        if not m[person + P_TASK] and m[person + P_PRESENT]:
            _stand_by(m, person, -m[person + P_CREDIT])
        person = m[person + P_NEXT]
    unsettle(m, desk)
