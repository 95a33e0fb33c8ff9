"""A role's queue and who of its people is free: which task goes to whom."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from sim.engine.task import Task
from sim.outcomes import QUEUED, SERVING
from sim.plan import BEST_PAID_FIRST, EARLIEST_DUE, PERSUASION_FIRST, PRIORITY, PlanRole
from sim.rules import expected_commission
from sim.worktime import HOUR_MS

if TYPE_CHECKING:
    from sim.engine.clock import Clock
    from sim.engine.person import Person

Entry = tuple[int, int, int, int, Task]
"""(value of the dispatch rule, entry into the queue, rank, serial, task): smallest first."""

_STALE_SLACK = 64
_NO_DUE = 1 << 62


class Desk:
    """The queue of one role: one heap that all share, and one for each person who owns accounts.

    Idle people stand in a heap by (minus) the time they have been idle while rostered: `free_offset - credit`, both
    in open ms, where `credit` is idle time of earlier sessions and `free_offset` the moment of this session at which
    they came free. Within a session the order does not change; at each opening the heap is made anew with those
    present.
    """

    def __init__(self, index: int, role: PlanRole, clock: Clock, place: int = -1) -> None:
        self.index = index
        self.place = index if place < 0 else place
        self.role = role
        self.clock = clock
        self.people: list[Person] = []
        self.roster = 0
        self.always = role.calendar.is_always
        self.session_start = 0
        self.open_until = 1 << 62 if self.always else 0
        self.down_since = self.down_until = 0
        self._dispatch = role.dispatch
        self._shared: list[Entry] = []
        self._own: dict[Person, list[Entry]] = {}
        self._idle: list[tuple[int, int, int, Person]] = []
        self._serial = 0
        self._stale = 0
        self._settled = True

    def take_terms(self, role: PlanRole) -> None:
        """Work by the terms of another design."""
        self.role = role
        self._dispatch = role.dispatch

    def enqueue(self, task: Task) -> None:
        """Put a task where its people will look for it."""
        entry = self.entry(self.urgency(task) if self._dispatch else 0, task)
        if task.person is None:
            heappush(self._shared, entry)
        else:
            heappush(self._own.setdefault(task.person, []), entry)
        self.unsettle()

    def urgency(self, task: Task) -> int:
        """Give what the role's dispatch rule sorts by, smallest first; a booking is as urgent as what it is for."""
        rule = self._dispatch
        activity = task.activity if task.books is None else task.books
        if rule == PRIORITY:
            return activity.priority
        if rule == EARLIEST_DUE:
            return task.due_ms if task.due_ms >= 0 else _NO_DUE
        if rule == PERSUASION_FIRST:
            return 0 if activity.kind == "persuasion" else 1
        if rule == BEST_PAID_FIRST:
            return -_cents_per_h(task, self.role)
        return 0

    def entry(self, value: int, task: Task) -> Entry:
        """Give a task's place among others."""
        self._serial += 1
        return (value, task.since, task.rank, self._serial, task)

    def unsettle(self) -> None:
        """Ask for a look at who could do what in the next dispatch round."""
        if self._settled:
            self._settled = False
            self.clock.unsettled.append(self)

    def heaps(self) -> list[list[Entry]]:
        """Give every heap in which tasks wait."""
        return [self._shared, *self._own.values()]

    def withdraw(self, task: Task) -> None:
        """Forget a queued task, whose state has already been changed."""
        self._stale += 1
        if self._stale > _STALE_SLACK and self._stale * 2 > sum(map(len, self.heaps())):
            for heap in self.heaps():
                heap[:] = [e for e in heap if e[4].state == QUEUED]
                heapify(heap)
            self._stale = 0

    def take_back(self, wanted: Callable[[Task], bool]) -> list[Task]:
        """Take queued tasks out of the queue, to be given to somebody else; in the order in which they came."""
        found = sorted(filter(wanted, self.queued()), key=lambda t: (t.since, t.rank, t.step.index))
        if found:
            gone = set(found)
            for heap in self.heaps():
                heap[:] = [e for e in heap if e[4].state == QUEUED and e[4] not in gone]
                heapify(heap)
            self._stale = 0
        return found

    def seat(self, person: Person) -> None:
        """Let a person be one of this role's."""
        insort(self.people, person, key=lambda p: p.index)
        self.roster += 1

    def unseat(self, person: Person) -> None:
        """Let a person be one of this role's no longer."""
        self.people.remove(person)
        self.roster += 1

    def free(self, person: Person) -> None:
        """Take back a person who has nothing to do."""
        person.credit = 0
        person.free_offset = self.clock._now - self.session_start
        person.stamp += 1
        heappush(self._idle, (person.free_offset, person.index, person.stamp, person))
        self.unsettle()

    def open_session(self, now: int, until: int) -> None:
        """Start a session: idle people of the last one keep what they have waited, those absent are not there."""
        length = self.open_until - self.session_start
        for person in self.people:
            if person.task is None and person.present:
                person.credit += max(0, length - person.free_offset)
            if person.task is None:
                person.free_offset = 0
        self.session_start, self.open_until = now, until
        self._idle.clear()
        for person in self.people:
            person.arrive(now)
            if person.task is None and person.present:
                person.stamp += 1
                self._idle.append((-person.credit, person.index, person.stamp, person))
        heapify(self._idle)
        self.unsettle()

    def settle(self) -> None:
        """Give the best task to the longest idle person who may do it, again and again, until there is no such pair."""
        self._settled = True
        idle, shared = self._idle, self._shared
        now = self.clock._now
        if not idle or not self.session_start <= now < self.open_until or now < self.down_until:
            return
        while True:
            while idle and idle[0][2] != idle[0][3].stamp:
                heappop(idle)
            if not idle:
                return
            while shared and shared[0][4].state != QUEUED:
                heappop(shared)
                self._stale -= 1
            who = idle[0][3]
            best = shared[0] if shared else None
            heap = shared
            if self._own:
                for person, own in self._own.items():
                    if own and person.task is None and person.present:
                        while own and own[0][4].state != QUEUED:
                            heappop(own)
                            self._stale -= 1
                        if own and (best is None or own[0] < best):
                            best, who, heap = own[0], person, own
            if best is None:
                return
            heappop(heap)
            self.give(best[4], who)

    def give(self, task: Task, who: Person) -> None:
        """Put a task into the hands of somebody idle, who begins at once."""
        who.stamp += 1
        task.state = SERVING
        who.task = task
        who.gate.open(task)

    def queued(self) -> list[Task]:
        """Give the tasks still waiting, in no special order."""
        return [e[4] for heap in self.heaps() for e in heap if e[4].state == QUEUED]


def _cents_per_h(task: Task, role: PlanRole) -> int:
    """Give the commission that a task promises per hour, in whole cents; 0 where nothing can be earned."""
    case = task.case
    if case is None or not task.resumes or not role.commission:
        return 0
    rate = role.commission[task.step.journey]
    if rate <= 0.0:
        return 0
    technical = case.world.plan.technical
    way_ms = role.ways_ms[task.step.index][2 * case.segment + (technical >= 0 and case.registers[technical] > 0.0)]
    if way_ms < 0.0:
        return 0
    usd_per_h = expected_commission(rate, case.value, task.activity.stage_probability, way_ms / HOUR_MS)
    return int(100.0 * usd_per_h + 0.5)
