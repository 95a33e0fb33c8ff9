"""Openings of the roles that share a calendar."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from sim.engine.clock import Moment
from sim.order import OPENING, SHIFT
from sim.worktime import Calendar

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk
    from sim.engine.world import World


def shifts(world: World, calendar: Calendar, desks: list[Desk]) -> Generator[simpy.Event, None, None]:
    """Open a session of each desk whenever the calendar opens; closing needs no event: finishes know the calendar."""
    clock = world.clock
    opening = calendar.next_open(0)
    while opening < world.plan.horizon_ms:
        yield Moment(clock, opening, SHIFT | OPENING)
        until = calendar.closing(opening)
        for desk in desks:
            desk.open_session(opening, until)
        opening = calendar.next_opening(opening)
