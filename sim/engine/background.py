"""Work no customer asked for: administration, campaigns, cold calls, released in blocks over the week."""

from __future__ import annotations

from collections.abc import Generator
from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform
from sim.engine.clock import Moment
from sim.engine.task import Task
from sim.order import SHIFT, rank
from sim.plan import Plan, PlanBackground
from sim.worktime import DAY_MS, WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk
    from sim.engine.person import Person
    from sim.engine.world import World


def start_background_work(world: World, desk: Desk) -> None:
    """Start one process for each person, or one for the role, of each kind of background work."""
    for work in desk.role.background:
        if work.blocks:
            mine = [i for i, person in enumerate(world.plan.persons) if person.role == desk.index]
            for seat in mine if work.per_person else [-1]:
                key = absorb(world.key if seat < 0 else world.staff.seat_key(seat), work.word)
                if seat < 0:
                    key = absorb(key, desk.role.word)
                world.start(_blocks(world, world.plan, desk, work, seat, key), SHIFT | rank(key))


def _blocks(
    world: World, plan: Plan, desk: Desk, work: PlanBackground, seat: int, key: int
) -> Generator[simpy.Event, None, None]:
    """Release a week's blocks evenly over its open hours, staggered between seats; a day off has none.

    It ends with the design `plan`, even with one that another takes over from at the instant at which it begins.
    """
    clock, closed_days = world.clock, desk.role.calendar.closed_days
    calendar = desk.role.calendar.without_holidays()
    step = plan.steps[work.step]
    activity = plan.activities[step.activity]
    stagger = uniform(key)
    open_ms = calendar.worked(0, WEEK_MS)
    week = clock._now // WEEK_MS
    while week * WEEK_MS < plan.horizon_ms:
        for i in range(work.blocks):
            offset = floor((i + stagger) / work.blocks * open_ms)
            release = calendar.finish(week * WEEK_MS, offset)
            if release < clock._now:
                continue
            yield Moment(clock, release, SHIFT | rank(key))
            if world.plan is not plan:
                return
            if release // DAY_MS in closed_days:
                continue
            person: Person | None = None
            if seat >= 0:
                person = world.staff.seats[seat]
                if person is None or person.desk is not desk:
                    continue
                if desk.role.absence > 0.0 and person.absent(release // DAY_MS):
                    continue
            desk.enqueue(Task(None, step, activity, desk, release, rank(absorb(key, week)), person, work.block_ms))
        week += 1
