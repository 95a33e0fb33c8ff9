"""The processes that move a replication, people and cases apart: which of them a plan needs."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING, Any

from sim.engine.change import changes
from sim.engine.grid import weekly_grid
from sim.engine.needs import prospect_needs, recorded_needs
from sim.engine.outages import outages
from sim.engine.shifts import shifts
from sim.engine.source import arrivals
from sim.engine.turnover import turnover

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk
    from sim.engine.world import World
    from sim.worktime import Calendar


def processes_of(world: World) -> list[Generator[simpy.Event, Any, None]]:
    """Give the processes to start at t=0, in the order in which they are started."""
    plan = world.plan
    found = [arrivals(world, source) for source in plan.sources]
    found += [outages(world, desk) for desk in world.desks if desk.role.machine]
    found += [shifts(world, calendar, desks) for calendar, desks in _calendars(world)]
    outreach = plan.outreach
    hazards = plan.churn_per_year or any(s.pattern == "weekly_hazard" for s in plan.streams)
    if hazards or outreach.referral is not None or outreach.reputation:
        found.append(weekly_grid(world))
    if len(world.phases) > 1:
        found.append(changes(world))
    if plan.people.quit_rate or (len(world.phases) > 1 and plan.people.trainer_ms_per_week):
        found.append(turnover(world))
    if plan.needs is not None or outreach.campaigns:
        found.append(world.marketing.weeks())
    if plan.needs is not None:
        if plan.recorded_ms is not None:
            found.append(recorded_needs(world))
        else:
            found += [prospect_needs(world, account) for account in world.accounts]
    return found


def _calendars(world: World) -> list[tuple[Calendar, list[Desk]]]:
    """Give the calendars that close, each with the desks that keep it."""
    found: dict[Calendar, list[Desk]] = {}
    for desk in world.desks:
        if not desk.always:
            found.setdefault(desk.role.calendar, []).append(desk)
    return list(found.items())
