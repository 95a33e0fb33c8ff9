"""The queue of a role that also works by appointment: slots on its people's calendars, other work around them.

Who comes to an activity done by appointment gets the first free standard slot of the person who must do it, or of
anybody of the role: the earliest, then whoever has fewer slots reserved, then list order; none before the work in hand
is done, if it takes its mean effort. When the slot begins, the task, with what is done right before it, goes before all
other work of that person, who may still be busy with what ran over. Other work is started
before a slot only if its mean effort fits; what it will really take is not known to anybody. Nobody knows either
who will be ill: the appointment of a person who is away is made anew when it would have begun.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from sim.engine.clock import ARRIVAL, Moment
from sim.engine.desk import Desk, Entry
from sim.engine.diary import FOREVER, Diary
from sim.engine.task import QUEUED, Task
from sim.plan import PlanRole
from sim.trace import Event
from sim.worktime import DAY_MS

if TYPE_CHECKING:
    from sim.engine.person import Person
    from sim.engine.world import World

_DUE = -1
"""In place of the mean effort: an appointment that is due always fits."""
_FIRST = -(1 << 62)
"""Value in a dispatch rule that goes before every other."""


class AppointmentDesk(Desk):
    """A desk whose tasks stand in heaps of equal mean effort, so that the best one that fits is on top of some heap.

    Tasks whose slot has not begun stand in no heap, only with its start in `_reserved`.
    """

    def __init__(self, index: int, role: PlanRole, world: World) -> None:
        super().__init__(index, role, world.clock)
        self._world = world
        self._heaps: dict[tuple[Person | None, int], list[Entry]] = {}
        self._diaries: dict[Person, Diary] = {}
        self._reserved: dict[Task, int] = {}
        self._begun: dict[Person, int] = {}

    def enqueue(self, task: Task) -> None:
        """Reserve a slot, or put the task where its people will look for it."""
        if task.activity.slot_ms and task.resumes:
            self._reserve(task, self.people if task.person is None else [task.person])
        else:
            self._push(self.urgency(task), task, _planned_ms(task))

    def withdraw(self, task: Task) -> None:
        """Forget a queued task, whose state has already been changed."""
        if task not in self._reserved:
            super().withdraw(task)
            return
        assert task.person is not None
        self._diary(task.person).release(self._reserved.pop(task), task.activity.slot_ms)
        self.unsettle()

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
        return [*super().queued(), *self._reserved]

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
        """Reserve the first free slot of some people and wait for it."""
        activity, now = task.activity, self.clock._now
        offers = []
        for person in people:
            after = max(now + activity.notice_ms, self._thought_free(person))
            if not person.present:  # known since the morning of that day, and of that day alone
                after = max(after, (self.session_start // DAY_MS + 1) * DAY_MS)
            diary = self._diary(person)
            offers.append((diary.first_free(after, activity.slot_ms), len(diary), person.index, person))
        start, _, _, task.person = min(offers)
        self._diary(task.person).reserve(start, activity.slot_ms)
        self._reserved[task] = start
        step = task.step.index
        self._world.record(
            Event.RESERVE, case=task.case, step=step, person=task.person, since=task.since, value=float(start)
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
        """Put the task before everything else of its person, or make another appointment if that one is away."""
        if self._reserved.get(task) != start:
            return
        assert task.person is not None
        if task.person.present:
            del self._reserved[task]
            self._push(_FIRST, task, _DUE)
        else:
            self._diary(task.person).release(start, task.activity.slot_ms)
            self._reserve(task, people)


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
