"""A person (or machine): takes one task at a time and keeps it until it is done."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Gate, Moment
from sim.engine.effort import effort_ms, lead_ins
from sim.engine.handover import take_up
from sim.engine.task import CANNOT, DONE, OVER, RETURNED, Task
from sim.plan import PlanPerson, PlanRole
from sim.portable import exp, normal_quantile
from sim.trace import Event
from sim.worktime import DAY_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.case import Case
    from sim.engine.desk import Desk
    from sim.engine.world import World

_ABSENCE, _CANNOT = word_of("absence"), word_of("cannot")
_START, _FINISH, _SETUP, _HANDOFF = (int(e) for e in (Event.START, Event.FINISH, Event.SETUP, Event.HANDOFF))


class Person:
    """One seat of a role.

    Attributes
    ----------
    task : Task or None
        What is in hand; at the end of a shift it stays there.
    present : bool
        Whether the person is in today.
    open_cases : int
        Unfinished cases that this person was the last to work on.
    credit, free_offset, stamp : int
        Idle time of earlier sessions, moment of this session at which the person came free (open ms), and a number
        that tells this idle spell from earlier ones; kept for the desk.
    """

    def __init__(self, world: World, plan: PlanPerson, index: int, desk: Desk) -> None:
        self.world = world
        self.plan = plan
        self.role: PlanRole = world.plan.roles[plan.role]
        self.index = index
        self.desk = desk
        self.key = absorb(absorb(world.key, plan.word), plan.number)
        self.gate = Gate(world.clock)
        self.task: Task | None = None
        self.since = 0
        self.part_ms = 0
        self.part_step = -1
        self.kind: str | None = None
        self.present = True
        self.credit = 0
        self.free_offset = 0
        self.stamp = 0
        self.open_cases = 0
        self._skills: dict[str, float] = {}

    def skill(self, kind: str) -> float:
        """Skill for a kind of activity: lognormal with median 1, drawn once per person and kind."""
        if kind not in self._skills:
            sigma = self.world.plan.skill_sigma
            u = uniform(absorb(self.key, word_of(f"skill {kind}")))
            self._skills[kind] = exp(sigma * normal_quantile(u)) if sigma > 0.0 else 1.0
        return self._skills[kind]

    def absent(self, day: int) -> bool:
        """Whether the person is away on a day, counted from t=0."""
        return uniform(absorb(absorb(self.key, _ABSENCE), day)) < self.role.absence

    def arrive(self, now: int) -> None:
        """Come to work, or not, at the opening of a session."""
        if self.role.absence <= 0.0:
            return
        day = now // DAY_MS
        self.present = not self.absent(day)
        if not self.present:
            start = day * DAY_MS
            if now == self.role.calendar.next_open(start):
                lost = self.role.calendar.worked(start, start + DAY_MS)
                self.world.record(Event.ABSENT, since=start, person=self, value=float(lost))

    def live(self) -> Generator[simpy.Event, Task, None]:
        """Wait for a task, do its parts one after another, tell whoever waits for it; again.

        Completions are the first class of an instant, so that a task's rank alone is their key.
        """
        world, clock, role, desk, gate = self.world, self.world.clock, self.role, self.desk, self.gate
        append, calendar, always = world.trace.rows.append, role.calendar, role.calendar.is_always
        horizon = world.plan.horizon_ms
        absent = self.absent if role.absence > 0.0 else None
        role_index, index, speed = self.plan.role, self.index, role.speed
        plain = not world.friction and world.pace is None and not role.cannot
        while True:
            task: Task = yield gate
            case = task.case
            case_id, account = (-1, -1) if case is None else (case.id, case.account_index)
            activity = task.activity
            if plain and task.fixed_ms < 0 and not activity.lead_ins:
                since, outcome = task.since, DONE
                parts = [(task.step.index, effort_ms(case, activity, speed[task.step.activity]))]  # type: ignore[arg-type]
            else:
                since, outcome, parts = self._parts(task)
            for step, work_ms in parts:
                now = clock._now
                append((now, _START, case_id, account, step, role_index, index, since, work_ms))
                self.since, self.part_ms, self.part_step = now, work_ms, step
                since = now + work_ms if always else calendar.finish(now, work_ms, absent, horizon)
                yield Moment(clock, since, task.rank)
                append((since, _FINISH, case_id, account, step, role_index, index, now, work_ms))
            self.task = None
            task.state = OVER
            desk.free(self)
            if task.resumes:
                case.served(task, self, outcome)  # type: ignore[union-attr]

    def _parts(self, task: Task) -> tuple[int, int, list[tuple[int, int]]]:
        """Give queue entry, outcome and the (step, ms) of what this person will do, set-up in the first part."""
        case, activity = task.case, task.activity
        before = 0
        if self.world.friction and not self.role.machine:
            if activity.setup_ms and self.kind is not None and self.kind != activity.setup_group:
                before = activity.setup_ms
                self._note(_SETUP, task, before)
            self.kind = activity.setup_group
            if case is not None and task.resumes and not task.taken_over:
                taking, complete = take_up(case, self, task)
                if taking:
                    before += taking
                    self._note(_HANDOFF, task, taking)
                if not complete:
                    return task.since, RETURNED, [(task.step.index, before)]
        if case is None or task.fixed_ms >= 0:
            return task.since, DONE, [(task.step.index, before + task.fixed_ms)]
        speed, pace = self.role.speed, self.world.pace
        parts = lead_ins(case, activity, speed, self.plan.role) if activity.lead_ins else []
        factor = 1.0 if pace is None else pace.effort(self, case, activity)
        parts.append((task.step.index, effort_ms(case, activity, speed[task.step.activity] / factor)))
        if before:
            parts[0] = (parts[0][0], parts[0][1] + before)
        outcome = CANNOT if self.role.cannot and self._cannot(task.step.activity, case, activity.word) else DONE
        return task.since, outcome, parts

    def _cannot(self, activity: int, case: Case, word: int) -> bool:
        """Whether this machine turns out not to be able to do an activity, by the luck of the case."""
        return uniform(absorb(absorb(case.key, _CANNOT), word)) < self.role.cannot[activity]

    def _note(self, event: int, task: Task, value_ms: int) -> None:
        case = task.case
        case_id, account = (-1, -1) if case is None else (case.id, case.account_index)
        now = self.world.clock._now
        self.world.trace.rows.append(
            (now, event, case_id, account, task.step.index, self.plan.role, self.index, now, float(value_ms))
        )
