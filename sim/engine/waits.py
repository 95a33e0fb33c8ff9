"""A case at a `wait`: the customer's own time, which a quota may shorten or lengthen."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform
from sim.engine import service
from sim.engine.clock import Moment
from sim.order import ARRIVAL
from sim.outcomes import CUT, DONE
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.plan import PlanStep

_WAIT = int(Event.WAIT)


def enter(case: Case, step: PlanStep) -> int:
    """Start a wait of the customer; the step to go to instead, or -1."""
    if case.expired:
        return service.turned_away(case, step, case.refused_to())
    world = case.world
    clock = world.clock
    u = uniform(absorb(absorb(case.key, step.word), case.visit(step.word)))
    length = step.wait[case.segment].quantile(u)
    if step.movable and world.pay.pulls_in(case, step):
        length *= world.plan.people.hurried
    until = clock._now + floor(length + 0.5)
    case.turn += 1
    turn = case.turn
    case.waiting_since = clock._now
    Moment(clock, until, ARRIVAL | case.rank, lambda _: _end(case, turn))
    return -1


def leave(case: Case, step: PlanStep, result: int) -> int:
    """Give the step after a wait that came to an end in this way."""
    world = case.world
    world.trace.rows.append(
        (world.clock._now, _WAIT, case.id, case.account_index, step.index, -1, -1, case.waiting_since, 0.0)
    )
    case.waiting_since = -1
    return case.refused_to() if result == CUT else step.next


def _end(case: Case, turn: int) -> None:
    """Go on after a wait, unless something else moved the case on or a quota holds the customer."""
    if case.turn != turn:
        return
    if case.step.movable:
        clock = case.world.clock
        until = case.world.pay.held_until(case, case.step)
        if until > clock._now:
            Moment(clock, until, ARRIVAL | case.rank, lambda _: _end(case, turn))
            return
    case.go_on(DONE)
