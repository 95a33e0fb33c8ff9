"""A case changes hands: what it costs giver and taker, and whether the kit is complete."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.assignment import task_of
from sim.engine.task import Task

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person

_KIT = word_of("kit")


def take_up(case: Case, taker: Person, task: Task) -> tuple[int, bool]:
    """Begin a task; if the case changes hands by it, the giver gets the hours of that to do.

    A machine that could not do it gives no explanation and no kit, only what it has got so far, to be read.

    Parameters
    ----------
    case : Case
        What the task is for.
    taker : Person
        Who does it; whoever did the last one, if somebody else, is the giver.
    task : Task
        What is begun.

    Returns
    -------
    ms : int
        What the taker needs for it.
    complete : bool
        Whether the kit is complete; if not, it goes back. The taker completes the kit of a giver who has left.
    """
    world, plan, giver = case.world, case.world.plan, task.giver or case.last_person
    if giver is None or giver is taker:
        return (floor(plan.across_roles.taker_ms * task.activity.briefing + 0.5) if task.fell else 0), True
    terms = plan.within_role if giver.desk is taker.desk else plan.across_roles
    task.taken_over = True
    briefing = task.activity.briefing
    giver_ms, taker_ms = floor(terms.giver_ms * briefing + 0.5), floor(terms.taker_ms * briefing + 0.5)
    if giver_ms > 0 and not giver.role.machine and not giver.gone:
        step = plan.steps[plan.give_step]
        activity = plan.activities[step.activity]
        give = Task(case, step, activity, giver.desk, world.clock._now, case.rank, giver, giver_ms)
        give.resumes = False
        giver.desk.enqueue(give)
    technical = plan.technical >= 0 and case.registers[plan.technical] > 0.0
    incomplete = briefing * (1.0 - (terms.complete_technical if technical else terms.complete))
    if incomplete <= 0.0 or giver.role.machine:
        return taker_ms, True
    visit = case.visits.get(task.activity.word, 0)
    u = uniform(absorb(absorb(absorb(case.key, _KIT), task.step.word), visit))
    if u < incomplete and giver.gone:
        return taker_ms + plan.return_ms, True
    return taker_ms, u >= incomplete


def returned(case: Case) -> Task:
    """Give the task of completing the kit, which goes back to whoever gave it.

    Where the giver has left in the meantime it is for the giver's colleagues; without any, for whoever would now get
    what the kit is for.
    """
    world, giver = case.world, case.last_person
    assert giver is not None
    step = world.plan.steps[world.plan.complete_step]
    activity = world.plan.activities[step.activity]
    desk, person = giver.desk, None if giver.gone else giver
    if giver.gone and desk.role.headcount == 0:
        asked = task_of(case, case.step, world.plan.activities[case.step.activity])
        desk, person = asked.desk, asked.person
    back = Task(case, step, activity, desk, world.clock._now, case.rank, person, world.plan.return_ms)
    back.taken_over = True
    return back
