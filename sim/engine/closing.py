"""The end of a run: one row for everything that is still open, so that nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.milestones import clock_of, expected_ms, pending
from sim.outcomes import QUEUED
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.world import World


def close(world: World) -> None:
    """Write down the last week's money, unfinished cases, tasks and waits, every person and every customer."""
    world.marketing.close()
    for case in sorted(world.cases.values(), key=lambda c: c.rank):
        world.record(Event.OPEN_CASE, case=case, step=case.step.index, since=case.epoch)
        for milestone, step in pending(case):
            since, expected = clock_of(case, milestone), float(expected_ms(case, milestone))
            world.record(Event.OPEN_MILESTONE, case=case, step=step, since=since, value=expected)
        if case.waiting_since >= 0:
            world.record(Event.OPEN_WAIT, case=case, step=case.step.index, since=case.waiting_since)
    for desk in world.desks:
        if desk.down_until > world.clock._now:
            world.record(Event.OUTAGE, role=desk.role, since=desk.down_since)
        for task in sorted(desk.queued(), key=lambda t: (t.since, t.rank, t.step.index)):
            if task.state == QUEUED:
                step = task.step.index
                world.record(Event.OPEN_TASK, case=task.case, step=step, role=desk.role, since=task.since)
    for person in world.staff.people():
        in_hand = person.task
        world.record(Event.OPEN_PERSON, person=person, since=person.joined_ms, value=0.0 if in_hand is None else 1.0)
        if in_hand is not None:
            world.record(
                Event.OPEN_TASK,
                case=in_hand.case,
                step=person.part_step,
                person=person,
                since=person.since,
                value=float(person.part_ms),
            )
    for account in world.customers.values():
        start = account.customer_since
        assert start is not None
        world.record(Event.OPEN_ACCOUNT, account=account, since=start, value=account.current_satisfaction())
