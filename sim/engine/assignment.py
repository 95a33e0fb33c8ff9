"""To whom a case's next work goes: which role's desk, whose of it, and by when it is due."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.milestones import clock_of, expected_ms
from sim.engine.task import Task
from sim.plan import EARLIEST_DUE, PlanActivity, PlanStep

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.desk import Desk
    from sim.engine.person import Person

_WHO = word_of("who")


def task_of(case: Case, step: PlanStep, activity: PlanActivity) -> Task:
    """Make the task of a step: for the account's owner, for who had the case before, or for anybody of the role."""
    world = case.world
    roles = activity.roles[case.segment]
    role = roles[0]
    if activity.shares and len(roles) > 1:
        u = uniform(absorb(absorb(case.key, _WHO), activity.word))
        role = roles[bisect_right(activity.shares, u)]
    desk = world.desks[role]
    task = Task(case, step, activity, desk, world.clock._now, case.rank)
    task.person = _whose(case, activity, desk)
    if desk.role.dispatch == EARLIEST_DUE:
        task.due_ms = _due_ms(case, activity)
    return task


def _whose(case: Case, activity: PlanActivity, desk: Desk) -> Person | None:
    """Give who of the role must do it; None for anybody."""
    before = case.last_person
    if desk.role.books and case.account is not None:
        return case.account.owner(desk)
    if activity.same_person and before is not None and before.desk is desk and not before.gone:
        return before
    return None


def stays(task: Task) -> bool:
    """Whether a queued task would come to where it is if it came up now; it takes over the terms of the design."""
    case = task.case
    if case is None or not task.resumes:
        return False
    plan = case.world.plan
    activity = plan.activities[task.step.activity]
    if task.step.index == plan.complete_step:
        person = task.person
        return person is None or not (person.gone or person.desk is not task.desk)
    now = task_of(case, task.step, activity)
    same = now.desk is task.desk and (now.person is task.person or (now.person is None and bool(task.activity.slot_ms)))
    same = same and (task.activity.slot_ms, task.activity.notice_ms) == (activity.slot_ms, activity.notice_ms)
    if same:
        task.activity = activity
    return same


def reassign(task: Task) -> None:
    """Give a queued task of a case, which stands in no queue now, to whoever would get it if it came up now."""
    case = task.case
    assert case is not None
    plan = case.world.plan
    if task.step.index == plan.complete_step:
        task.person = None
    else:
        now = task_of(case, task.step, plan.activities[task.step.activity])
        task.desk, task.activity, task.person, task.due_ms = now.desk, now.activity, now.person, now.due_ms
    task.desk.enqueue(task)


def _due_ms(case: Case, activity: PlanActivity) -> int:
    if activity.milestone >= 0:
        expected, asked = expected_ms(case, activity.milestone), clock_of(case, activity.milestone)
        if expected >= 0 and asked >= 0:
            return asked + expected
    return case.world.clock._now + activity.due_ms if activity.due_ms >= 0 else -1
