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

_WHO = word_of("who")


def task_of(case: Case, step: PlanStep, activity: PlanActivity) -> Task:
    """Make the task of a step: for the account's owner, for who had the case before, or for anybody of the role."""
    world = case.world
    role = _role_of(case, activity)
    if case.shunned >> role & 1 and world.plan.roles[role].fallback >= 0:
        role = world.plan.roles[role].fallback
    desk = world.desks[role]
    task = Task(case, step, activity, desk, world.clock._now, case.rank)
    if desk.role.books and case.account is not None:
        task.person = case.account.owner(desk)
    elif activity.same_person and case.last_person is not None and case.last_person.desk is desk:
        task.person = case.last_person
    if desk.role.dispatch == EARLIEST_DUE:
        task.due_ms = _due_ms(case, activity)
    return task


def _role_of(case: Case, activity: PlanActivity) -> int:
    """Give the role by a practice of the account, by segment, or by the case's draw."""
    if activity.by_practice and case.account is not None and case.account.practices is not None:
        for practice, role in activity.by_practice:
            if case.account.practices.follows(practice):
                return role
    roles = activity.roles[case.segment]
    if activity.shares and len(roles) > 1:
        u = uniform(absorb(absorb(case.key, _WHO), activity.word))
        return roles[bisect_right(activity.shares, u)]
    return roles[0]


def _due_ms(case: Case, activity: PlanActivity) -> int:
    if activity.milestone >= 0:
        expected, asked = expected_ms(case, activity.milestone), clock_of(case, activity.milestone)
        if expected >= 0 and asked >= 0:
            return asked + expected
    return case.world.clock._now + activity.due_ms if activity.due_ms >= 0 else -1
