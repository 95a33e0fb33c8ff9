"""A person (or machine): takes one task at a time and keeps it until it is done."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Gate, Moment
from sim.engine.effort import effort_ms
from sim.engine.parts import left_of, parts_of
from sim.engine.service import served
from sim.engine.task import Task
from sim.outcomes import DONE, OVER
from sim.plan import PlanPerson, PlanRole
from sim.portable import exp, normal_quantile
from sim.rules import sorted_skill
from sim.trace import Event
from sim.worktime import DAY_MS, WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk
    from sim.engine.world import World

_ABSENCE, _RAMP = word_of("absence"), word_of("ramp")
_START, _FINISH = int(Event.START), int(Event.FINISH)
_NOTHING = (0, 0)
_NO_MORE: list[tuple[int, int]] = []


class Person:
    """Who sits in a seat, until leaving it.

    Parameters
    ----------
    incarnation : int
        How many sat in this seat before.

    Attributes
    ----------
    joined_ms : int
        First day in this role.
    gone : bool
        Whether the person has left.
    leaving : int or None
        Why the person leaves when the task in hand is done, if so.
    ramp_weeks : float
        Until the person works like the others, counted from `joined_ms`; 0 for who always did.
    load, busy_ms : float, int
        Share of rostered hours worked of late; work finished since it was last looked at.
    task : Task or None
        What is in hand; at the end of a shift it stays there.
    present : bool
        Whether the person is in today.
    moved_day, moved_away : int, bool
        Day on which a change of role came after the day's work had begun, -1 for none, and whether it found the person
        away: so they are all that day.
    open_cases : int
        Unfinished cases that this person was the last to work on.
    log_skill : float
        Median of log skill, by how the person was paid when hired.
    credit, free_offset, stamp : int
        Idle time of earlier sessions, moment of this session at which the person came free (open ms), and a number
        that tells this idle spell from earlier ones; kept for the desk.
    """

    def __init__(self, world: World, plan: PlanPerson, index: int, desk: Desk, incarnation: int = 0) -> None:
        self.world = world
        self.plan = plan
        self.role: PlanRole = world.plan.roles[plan.role]
        self.index = index
        self.desk = desk
        self.key = absorb(absorb(world.key, plan.word), plan.number)
        if incarnation:
            self.key = absorb(self.key, incarnation)
        self.joined_ms = world.clock._now
        self.gone = False
        self.leaving: int | None = None
        self.unsettled_until_ms = 0
        self.load = world.plan.people.quit_reference_load
        self.busy_ms = 0
        self.ramp_weeks = self._ramp_weeks() if incarnation else 0.0
        self.gate = Gate(world.clock)
        self.task: Task | None = None
        self.since = 0
        self.part_ms = 0
        self.part_step = -1
        self.later: list[tuple[int, int]] = []
        self.outcome = DONE
        self.before_ms: tuple[int, int] = (0, 0)
        self.finish: Moment | None = None
        self.kind: str | None = None
        self.present = True
        self.moved_day, self.moved_away = -1, False
        self.credit = 0
        self.free_offset = 0
        self.stamp = 0
        self.open_cases = 0
        people = world.plan.people
        self.log_skill = (
            sorted_skill(self.role.variable_share, people.sorting) if people.sorted_at_start or incarnation else 0.0
        )
        self._talents: dict[str, float] = {}

    def skill(self, kind: str) -> float:
        """Skill for a kind of activity: lognormal with median exp(`log_skill`).

        A person's place among people is drawn once per kind; how far apart those are is the design's of the moment.
        """
        sigma, log_skill = self.world.plan.skill_sigma, self.log_skill
        if sigma > 0.0:
            if kind not in self._talents:
                self._talents[kind] = normal_quantile(uniform(absorb(self.key, word_of(f"skill {kind}"))))
            log_skill += sigma * self._talents[kind]
        return exp(log_skill) if log_skill else 1.0

    def _ramp_weeks(self) -> float:
        """Draw how long this newcomer takes to work like the others."""
        people = self.world.plan.people
        if people.ramp_start >= 1.0:
            return 0.0
        u = uniform(absorb(self.key, _RAMP))
        return people.ramp_median_weeks * exp(people.ramp_sigma * normal_quantile(u))

    def begin_in(self, desk: Desk) -> None:
        """Begin in another role, as a newcomer to its work; a day that has begun in the old one stays as it is."""
        now = self.world.clock._now
        today = now // DAY_MS
        begun = self.role.calendar.next_open(today * DAY_MS) < now
        self.moved_day, self.moved_away = (today, not self.present) if begun else (-1, False)
        self.desk, self.role = desk, desk.role
        self.joined_ms = now
        self.leaving = None
        self.kind = None
        self.present = True
        self.ramp_weeks = self._ramp_weeks()

    @property
    def in_training(self) -> bool:
        """Whether a colleague still spends time on this newcomer."""
        since = self.world.clock._now - self.joined_ms
        return self.joined_ms > 0 and since < self.world.plan.people.trainer_weeks * WEEK_MS

    def worked(self, a: int, b: int) -> int:
        """Give the ms in [a, b) at which the person is rostered and not absent."""
        return self.role.calendar.worked(a, b, self.absent if self.role.absence > 0.0 else None)

    def absent(self, day: int) -> bool:
        """Whether the person is away on a day, counted from t=0."""
        if day == self.moved_day:
            return self.moved_away
        return uniform(absorb(absorb(self.key, _ABSENCE), day)) < self.role.absence

    def arrive(self, now: int) -> None:
        """Come to work, or not, at the opening of a session."""
        if self.role.absence <= 0.0 and self.moved_day < 0:
            return
        day = now // DAY_MS
        self.present = not self.absent(day)
        if not self.present and day != self.moved_day:  # a day away is written down once
            start = day * DAY_MS
            if now == self.role.calendar.next_open(start):
                lost = self.role.calendar.worked(start, start + DAY_MS)
                self.world.record(Event.ABSENT, since=start, person=self, value=float(lost))

    def live(self) -> Generator[simpy.Event, Any, None]:
        """Wait for a task, do its parts one after another, tell whoever waits for it; again, until leaving.

        Completions are the first class of an instant, so that a task's rank alone is their key.
        """
        world, clock, role, desk, gate = self.world, self.world.clock, self.role, self.desk, self.gate
        append, calendar, always = world.trace.rows.append, role.calendar, role.calendar.is_always
        horizon = world.plan.horizon_ms
        absent = self.absent if role.absence > 0.0 else None
        role_index, index = desk.index, self.index
        while True:
            task: Task | None = yield gate
            if task is None:
                return
            case = task.case
            case_id, account = (-1, -1) if case is None else (case.id, case.account_index)
            activity = task.activity
            plain = task.fixed_ms < 0 and not (world.friction or activity.lead_ins or world.pace or self.role.cannot)
            if plain:
                outcome, self.later, step = DONE, _NO_MORE, task.step.index
                work_ms = effort_ms(case, activity, self.role.speed[task.step.activity])  # type: ignore[arg-type]
            else:
                outcome, ((step, work_ms), *self.later) = parts_of(self, task)
            self.outcome = outcome
            since = task.since
            while True:
                now = clock._now
                append((now, _START, case_id, account, step, role_index, index, since, work_ms))
                self.since, self.part_ms, self.part_step = now, work_ms, step
                since = now + work_ms if always else calendar.finish(now, work_ms, absent, horizon)
                self.finish = Moment(clock, since, task.rank)
                if (yield self.finish) is not None:
                    return
                append((since, _FINISH, case_id, account, step, role_index, index, now, work_ms))
                self.busy_ms += work_ms
                self.before_ms = _NOTHING
                if not self.later:
                    break
                (step, work_ms), *self.later = self.later
            self.task = None
            task.state = OVER
            if self.leaving is None:
                desk.free(self)
            if task.resumes:
                served(case, task, self, outcome)  # type: ignore[arg-type]
            elif case is None:
                world.marketing.worked(task, self)
            if self.leaving is not None:
                world.staff.left(self, self.leaving)
                return

    def interrupt(self, task: Task) -> int:
        """Stop in the middle of a task, which ends this person's life here; give the ms of it that are left to do.

        Set-up and taking over are this person's own: what is done of them is written down, and none of it is left.
        """
        done_ms = self.worked(self.since, self.world.clock._now)
        self.world.record(
            Event.STOP, case=task.case, step=self.part_step, person=self, since=self.since, value=float(done_ms)
        )
        left_ms = left_of(self, task, done_ms)
        self.task = None
        assert self.finish is not None
        assert self.finish.callbacks is not None
        self.finish.callbacks.pop()(self.world.clock.taken_away)
        return left_ms
