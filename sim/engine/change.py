"""One design takes over from another in the middle of a run."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.engine.assignment import stays
from sim.engine.background import start_background_work
from sim.engine.clock import Moment
from sim.engine.desk import Desk
from sim.engine.service import ask_anew
from sim.engine.task import Task
from sim.order import CHANGE, SHIFT
from sim.outcomes import OVER
from sim.plan import Plan, changed_roles
from sim.worktime import WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.world import World


def changes(world: World) -> Generator[simpy.Event, None, None]:
    """Let each later design take over when its time has come."""
    for at, plan in world.phases[1:]:
        yield Moment(world.clock, at, SHIFT | CHANGE)
        take_over(world, plan)


def take_over(world: World, plan: Plan) -> None:
    """Let a design take over: terms of roles, then people, then queued work, then the work nobody asks for."""
    before, world.plan = world.plan, plan
    world.friction = plan.friction
    unsettled = changed_roles(before, plan)
    dispatch = [desk.role.dispatch for desk in world.desks]
    for desk, role in zip(world.desks, plan.roles, strict=True):
        desk.take_terms(role)
    for person in world.staff.people():
        if person.plan.role in unsettled:
            person.unsettled_until_ms = world.clock._now + int(plan.people.quit_change_weeks * WEEK_MS)
        person.role = person.desk.role
    world.staff.reseat(before)
    taken: list[Task] = []
    for desk, rule in zip(world.desks, dispatch, strict=True):
        anew = rule != desk.role.dispatch
        taken += desk.take_back(lambda task, anew=anew: anew or not stays(task))  # type: ignore[misc]
    for task in taken:
        if task.case is not None and task.resumes:
            ask_anew(task)
        elif _still_there(task):
            task.desk.enqueue(task)
        else:
            task.state = OVER
    for desk in world.desks:
        start_background_work(world, desk)


def _still_there(task: Task) -> bool:
    """Whether work that no case waits for is still somebody's: of the role's background, or to explain a case."""
    desk: Desk = task.desk
    if task.person is not None and (task.person.gone or task.person.desk is not desk):
        return False
    return task.case is not None or any(work.step == task.step.index for work in desk.role.background)
