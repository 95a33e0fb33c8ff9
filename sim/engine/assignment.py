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
    desk = _desk_of(case, _role_of(case, activity))
    person = _whose(case, activity, desk) if desk.role.books or activity.same_person else None
    task = Task(case, step, activity, desk, world.clock._now, case.rank, person)
    if desk.role.dispatch == EARLIEST_DUE:
        task.due_ms = _due_ms(case, activity)
    return task


def booking_of(work: Task) -> Task:
    """Make the task of booking some work, as urgent as that work: for who does it, or for the role that books."""
    case, activity = work.case, work.activity
    assert case is not None
    world = case.world
    desk, person = work.desk, work.person
    if activity.booked_by >= 0:
        desk = _desk_of(case, activity.booked_by)
        person = _owner(case, desk)
    step = world.plan.steps[activity.booking]
    task = Task(case, step, world.plan.activities[step.activity], desk, world.clock._now, case.rank, person)
    task.books = activity
    task.taken_over = work.taken_over
    if desk.role.dispatch == EARLIEST_DUE:
        task.due_ms = _due_ms(case, activity)
    return task


def stays(task: Task) -> bool:
    """Whether a queued task of a case would come to where it is if it came up now; it takes over the design's terms."""
    case, person = task.case, task.person
    if case is None or not task.resumes:
        return False
    plan = case.world.plan
    there = person is None or not (person.gone or person.desk is not task.desk)
    if task.step.index == plan.complete_step:
        return there and (person is not None or task.desk.role.headcount > 0)
    activity = plan.activities[case.step.activity]
    now = task_of(case, case.step, activity)
    before = task.activity if task.books is None else task.books
    terms = ("slot_ms", "notice_ms", "booking", "booked_by")
    if any(getattr(before, term) != getattr(activity, term) for term in terms):
        return False
    if task.books is not None:
        now = booking_of(now)
    if now.desk is not task.desk or not there:
        return False
    if now.person is not person and not (now.person is None and task.slot_start >= 0):
        return False
    task.activity, task.books = now.activity, now.books
    return True


def _desk_of(case: Case, role: int) -> Desk:
    """Give the desk of a role, or of its fallback where a machine of the role could not do the case."""
    world = case.world
    instead = case.shunned and case.shunned >> role & 1 and world.plan.roles[role].fallback >= 0
    return world.desks[world.plan.roles[role].fallback if instead else role]


def _whose(case: Case, activity: PlanActivity, desk: Desk) -> Person | None:
    """Give who of the role must do it; None for anybody."""
    owner, before = _owner(case, desk), case.last_person
    if owner is not None or not activity.same_person or before is None or before.gone or before.desk is not desk:
        return owner
    return before


def _owner(case: Case, desk: Desk) -> Person | None:
    """Give whose account it is at this desk, if that matters there."""
    return case.account.owner(desk) if desk.role.books and case.account is not None else None


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
