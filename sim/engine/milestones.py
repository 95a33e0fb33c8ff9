"""Milestones of a case: from when their time runs, what the customer expects, who hears of it when they are reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person


def clock_of(case: Case, milestone: int) -> int:
    """Give the instant from which a milestone's lead time runs; -1 if it has not been asked for."""
    return case.clocks.get(milestone, -1) if milestone in case.journey.asked else case.epoch


def pending(case: Case) -> list[tuple[int, int]]:
    """Give the milestones asked for and not reached, each with the first step that carries it."""
    found: dict[int, int] = {}
    for milestone, step in case.journey.milestones:
        if not case.reached >> milestone & 1 and clock_of(case, milestone) >= 0:
            found.setdefault(milestone, step)
    return list(found.items())


def expected_ms(case: Case, milestone: int) -> int:
    """Give by how much after its clock's start the customer expects a milestone; -1 for no expectation."""
    plan = case.world.plan
    e = plan.milestones[milestone]
    ms = e.yes_ms if e.by < 0 or case.registers[e.by] > 0.0 else e.no_ms
    if ms < 0 or not e.business:
        return ms
    since = clock_of(case, milestone)
    return plan.customer_hours.finish(since, ms) - since


def reach(case: Case, milestone: int, step: int, person: Person) -> None:
    """Reach a milestone, if for the first time: write it down and let the account score it, unless it has lapsed."""
    if case.reached >> milestone & 1:
        return
    case.reached |= 1 << milestone
    since = clock_of(case, milestone)
    if since < 0:
        return
    world, expected = case.world, expected_ms(case, milestone)
    world.record(Event.MILESTONE, case=case, step=step, person=person, since=since, value=float(expected))
    if case.account is None:
        return
    if world.plan.milestones[milestone].neglect:
        case.account.neglected(False)
    if expected >= 0 and not case.lapsed >> milestone & 1:
        case.account.touched(case, milestone, step, world.clock._now - since, expected, person)
