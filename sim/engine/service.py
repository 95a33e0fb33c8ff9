"""A case at a `do`: the tasks it waits for there, one after another, and where it goes from there.

Where somebody must book the appointment first, the booking is a task of its own, in the queue of whoever books; so it
is again when nobody came. Whoever books does not take the case over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine import handover, milestones
from sim.engine.assignment import booking_of, task_of
from sim.engine.decisions import take_effect
from sim.engine.leaving import lengthen_patience, set_patience
from sim.engine.task import Task
from sim.outcomes import CANNOT, CUT, DONE, LEFT, MISSED, OVER, RETURNED, VOID
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person
    from sim.plan import PlanActivity, PlanStep


def enter(case: Case, step: PlanStep) -> int:
    """Ask for the work of a step; the step to go to instead, or -1 if there is a task to wait for."""
    world = case.world
    if case.expired and world.plan.activities[step.activity].customer_present:
        return turned_away(case, step, case.refused_to())
    if step.activity in world.inside:
        inside = world.inside[step.activity]
        if 0 <= step.room <= inside:
            world.record(Event.BALK, case=case, step=step.index)
            return turned_away(case, step, step.full)
        world.inside[step.activity] = inside + 1
    _ask(case, step, None)
    return -1


def proceed(case: Case, step: PlanStep, result: int) -> int:
    """Go on after a task came to an end in some way; the step to go to, or -1 if there is another task to wait for."""
    before = case.task
    assert before is not None
    if result == RETURNED:
        case.wait_for(handover.returned(case))
        return -1
    if result == CANNOT:
        if not (case.expired and case.world.plan.activities[step.activity].customer_present):
            _ask(case, step, None, fell=True)
            return -1
        result = CUT
    if result == MISSED or (result == DONE and before.step.index != step.index):
        if not (case.expired and case.world.plan.activities[step.activity].customer_present):
            _ask(case, step, before)
            return -1
        result = CUT
    return _leave(case, step, result)


def served(case: Case, task: Task, person: Person, outcome: int) -> None:
    """Go on after a person is done with a task."""
    activity, world = task.activity, case.world
    if outcome == CANNOT:
        case.shunned |= 1 << person.desk.index
        world.record(Event.CANNOT, case=case, step=task.step.index, person=person, since=task.since)
    elif task.books is not None:
        task.person = person
    elif outcome == DONE and task.step.index == case.step.index:
        if not person.role.machine:
            case.pass_to(person)
            if person.role.commission or person.role.quota is not None:
                world.pay.worked(person, case)
        if activity.tells:
            _tell(case, activity, task, person)
        if world.pace is not None and not person.role.machine:
            world.pace.did(person, case, activity)
    case.go_on(VOID if case.void else outcome)


def _tell(case: Case, activity: PlanActivity, task: Task, person: Person) -> None:
    """Let finished work have its effect, stop patience and reach its milestone."""
    if activity.effect >= 0:
        take_effect(case, activity, person)
    if activity.patience_factor != 1.0:
        lengthen_patience(case, activity.patience_factor)
    if activity.substantive:
        case.deadlines.clear()
        case.patience_factor = 1.0
    if activity.milestone >= 0:
        milestones.reach(case, activity.milestone, task.step.index, person)


def ask_anew(before: Task, left_ms: int = -1, giver: Person | None = None) -> None:
    """Queue once more for what a case waits for: its person left, or another design holds.

    Parameters
    ----------
    before : Task
        What the case waited for; out of its queue. The new task keeps its place in time.
    left_ms, giver : int, Person or None
        Of work that was begun: what is left of it, and who began it; taking it over is a hand-off.
    """
    case = before.case
    assert case is not None
    step = case.step
    world, before.state = case.world, OVER
    plan = world.plan
    if giver is not None and (over := _over_meanwhile(case, before)):
        case.go_on(over)
        return
    if before.step.index == plan.complete_step:
        task = handover.returned(case)
    else:
        task = task_of(case, step, plan.activities[step.activity])
        task.taken_over = before.taken_over and giver is None
        if task.activity.booking >= 0 and (left_ms < 0 or before.books is not None):
            task = booking_of(task)
    task.since, task.asked = before.since, before.asked
    if giver is not None:
        task.since, task.fixed_ms, task.giver = world.clock._now, left_ms, giver
    case.wait_for(task)
    # Nobody loses patience while a kit is completed, as little as when it first goes back.
    if step.patience >= 0 and giver is None and before.step.index != plan.complete_step:
        set_patience(case, step.patience, task)


def _over_meanwhile(case: Case, task: Task) -> int:
    """Give how a case whose work was broken off ends, if its account went or its window passed while it was served."""
    if case.void:
        return VOID
    return CUT if case.expired and (task.books or task.activity).customer_present else 0


def turned_away(case: Case, step: PlanStep, to: int) -> int:
    """Give the way of who gets nothing here; a cycle of such ways needs no choose, so it is counted here."""
    case.visit(step.word)
    return to


def _ask(case: Case, step: PlanStep, before: Task | None, *, fell: bool = False) -> None:
    """Enter the queue for the work of a step, or for its booking unless that is what was done before."""
    task = task_of(case, step, case.world.plan.activities[step.activity])
    task.fell = fell
    if before is not None:
        task.taken_over = before.taken_over
    if before is not None and before.books is not None:
        task.asked = before.asked
        if task.activity.booked_by < 0 and task.desk is before.desk:
            task.person = before.person
    elif task.activity.booking >= 0:
        task = booking_of(task)
    case.wait_for(task)
    if step.patience >= 0:
        set_patience(case, step.patience, task)


def _leave(case: Case, step: PlanStep, result: int) -> int:
    """Give the step after a do that came to an end in this way."""
    case.task = None
    if step.activity in case.world.inside:
        case.world.inside[step.activity] -= 1
    if result == DONE:
        return step.next
    if result == LEFT:
        return turned_away(case, step, step.left)
    return case.journey.void if result == VOID else case.refused_to()
