"""The queue of a role that also works by appointment: slots on its people's calendars, other work around them.

Who comes to an activity done by appointment gets the first free standard slot of the person who must do it, or of
anybody of the role: the earliest, then whoever has fewer slots reserved, then list order; none before the work in hand
is done, if it takes its mean effort. When the slot begins, the task, with what is done right before it, goes before all
other work of that person, who may still be busy with what ran over. Other work is started
before a slot only if its mean effort fits; what it will really take is not known to anybody. Nobody knows either
who will be ill, or who will not keep to the booking (`Plan.compliance`): the appointment is missed when it should
begin, and made anew. Where somebody must book it, that is work, and the case goes back for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.engine.desk import Desk, Entry
from sim.engine.diary import FOREVER, Diary
from sim.engine.leaving import release
from sim.engine.task import Task
from sim.order import ARRIVAL
from sim.outcomes import MISSED, OVER, QUEUED
from sim.plan import PlanRole
from sim.trace import AWAY, NOT_KEPT, Event
from sim.worktime import DAY_MS

if TYPE_CHECKING:
    from sim.engine.person import Person
    from sim.engine.world import World

_COMPLIANCE = word_of("compliance")
_DUE = -1
"""In place of the mean effort: an appointment that is due always fits."""
_FIRST = -(1 << 62)
"""Value in a dispatch rule that goes before every other."""


class AppointmentDesk(Desk):
    """A desk whose tasks stand in heaps of equal mean effort, so that the best one that fits is on top of some heap.

    Tasks whose slot has not begun stand in no heap, only with its start in `_reserved`.
    """

    def __init__(self, index: int, role: PlanRole, world: World) -> None:
        super().__init__(index, role, world.clock, world.place_of(index))
        self._world = world
        self._heaps: dict[tuple[Person | None, int], list[Entry]] = {}
        self._diaries: dict[Person, Diary] = {}
        self._reserved: dict[Task, int] = {}
        self._begun: dict[Person, int] = {}
        self._unbooked: dict[Task, None] = {}

    def enqueue(self, task: Task) -> None:
        """Reserve a slot, or put the task where its people will look for it."""
        if task.activity.slot_ms and task.resumes and task.fixed_ms < 0:
            self._reserve(task, self.people if task.person is None else [task.person])
        else:
            self._push(self.urgency(task), task, _planned_ms(task))

    def withdraw(self, task: Task) -> None:
        """Forget a queued task, whose state has already been changed."""
        if task in self._unbooked:
            del self._unbooked[task]
            return
        if task not in self._reserved:
            super().withdraw(task)
            return
        assert task.person is not None
        self._diary(task.person).release(self._reserved.pop(task), _slot_ms(task))
        self.unsettle()

    def take_back(self, wanted: Callable[[Task], bool]) -> list[Task]:
        """Take queued tasks out of the queue; appointments among them are off."""
        found = super().take_back(wanted)
        for task in found:
            self._unbooked.pop(task, None)
            if task in self._reserved:
                assert task.person is not None
                self._diary(task.person).release(self._reserved.pop(task), _slot_ms(task))
            release(task)
        return found

    def seat(self, person: Person) -> None:
        """Let a person be one of this role's; who waits for anybody to make an appointment with makes one."""
        super().seat(person)
        unbooked = [*self._unbooked]
        self._unbooked.clear()
        for task in unbooked:
            self.enqueue(task)

    def settle(self) -> None:
        """Give the best task that fits somebody idle to the longest idle of those whom it fits, again and again."""
        self._settled = True
        now = self.clock._now
        if not self._idle or not self.session_start <= now < self.open_until or now < self.down_until:
            return
        self._idle = sorted(e for e in self._idle if e[2] == e[3].stamp)
        room = [(e[3], self._room_ms(e[3])) for e in self._idle]
        while room:
            found = min(self._candidates(room), key=lambda candidate: candidate[0][0], default=None)
            if found is None:
                return
            heap, who = found
            room = [r for r in room if r[0] is not who]
            self._begun[who] = self.clock._now
            self.give(heappop(heap)[4], who)

    def heaps(self) -> list[list[Entry]]:
        """Give every heap in which tasks wait."""
        return [*self._heaps.values()]

    def queued(self) -> list[Task]:
        """Give the tasks still waiting, in no special order; those with an appointment ahead as well."""
        return [*super().queued(), *self._reserved, *self._unbooked]

    def _push(self, value: int, task: Task, planned_ms: int) -> None:
        heappush(self._heaps.setdefault((task.person, planned_ms), []), self.entry(value, task))
        self.unsettle()

    def _candidates(self, room: list[tuple[Person, int]]) -> Iterator[tuple[list[Entry], Person]]:
        """Yield each heap whose tasks fit somebody idle, with the longest idle of those."""
        for (owner, planned_ms), heap in self._heaps.items():
            while heap and heap[0][4].state != QUEUED:
                heappop(heap)
                self._stale -= 1
            if heap:
                for person, room_ms in room:
                    if planned_ms <= room_ms and (owner is None or owner is person):
                        yield heap, person
                        break

    def _room_ms(self, person: Person) -> int:
        """Give the open ms before a person's next slot."""
        now = self.clock._now
        start = self._diary(person).next_start(now)
        return FOREVER if start == FOREVER else self.role.calendar.worked(now, start)

    # -- appointments

    def _diary(self, person: Person) -> Diary:
        if person not in self._diaries:
            self._diaries[person] = Diary(self.role.calendar)
        return self._diaries[person]

    def _reserve(self, task: Task, people: list[Person]) -> None:
        """Reserve the first free slot of some people and wait for it; without people, wait for somebody to come."""
        if not people:
            self._unbooked[task] = None
            return
        slot_ms, now = _slot_ms(task), self.clock._now
        offers = []
        for person in people:
            after = max(now + task.activity.notice_ms, self._thought_free(person))
            if not person.present:  # known since the morning of that day, and of that day alone
                after = max(after, (self.session_start // DAY_MS + 1) * DAY_MS)
            diary = self._diary(person)
            offers.append((diary.first_free(after, slot_ms), len(diary), person.index, person))
        start, _, _, task.person = min(offers)
        self._diary(task.person).reserve(start, slot_ms)
        self._reserved[task] = task.slot_start = start
        task.slot_made = now
        step = task.step.index
        self._world.record(
            Event.RESERVE, case=task.case, step=step, person=task.person, since=task.asked, value=float(start)
        )
        Moment(self.clock, start, ARRIVAL | task.rank, lambda _: self._due(task, start, people))

    def _thought_free(self, person: Person) -> int:
        """Give when a person will be done with the task in hand, if that takes its mean effort."""
        if person.task is None:
            return 0
        return self.role.calendar.finish(
            self._begun[person], _planned_ms(person.task), until=self._world.plan.horizon_ms
        )

    def _due(self, task: Task, start: int, people: list[Person]) -> None:
        """Put the task before everything else of its person, or let the appointment be missed and made anew."""
        if self._reserved.get(task) != start:
            return
        case, person = task.case, task.person
        assert case is not None
        assert person is not None
        kept = person.present and (person.role.machine or _complies(task))
        del self._reserved[task]
        if kept:
            self._push(_FIRST, task, _DUE)
            return
        reason, step = NOT_KEPT if person.present else AWAY, task.step.index
        record = self._world.record
        record(Event.MISSED_APPOINTMENT, case=case, step=step, person=person, since=task.slot_made, value=reason)
        task.slot_start = -1
        if not person.present:
            self._diary(person).release(start, _slot_ms(task))
        elif case.account is not None:
            case.account.stood_up(case)
        if task.activity.booking < 0:
            task.asked = self.clock._now
            self._reserve(task, people)
        else:
            task.state = OVER
            case.go_on(MISSED)


def _slot_ms(task: Task) -> int:
    assert task.case is not None
    return task.activity.slot_ms[task.case.segment]


def _complies(task: Task) -> bool:
    """Draw whether the person keeps to the booking: by case, activity and how many appointments there were for it."""
    case = task.case
    assert case is not None
    compliance = case.world.plan.compliance
    if compliance >= 1.0:
        return True
    word = absorb(_COMPLIANCE, task.activity.word)
    return uniform(absorb(absorb(case.key, word), case.visit(word))) < compliance


def _planned_ms(task: Task) -> int:
    """Give the mean effort of a task at the speed of its role, what its person does right before included."""
    if task.fixed_ms >= 0 or task.case is None:
        return max(task.fixed_ms, 0)
    segment, speed = task.case.segment, task.desk.role.speed
    plan = task.case.world.plan
    mean = task.activity.mean_ms[segment] / speed[task.step.activity]
    for index, share, roles in task.activity.lead_ins:
        if task.desk.index not in roles:
            continue
        activity = plan.steps[index].activity
        mean += share * plan.activities[activity].mean_ms[segment] / speed[activity]
    return int(mean + 0.5)
