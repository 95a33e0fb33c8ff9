"""Expectations that lapse: what did not happen in its time scores zero, once.

Who runs out of patience is let down when the expectation expires. Where the market calls a milestone's lateness
neglect, it lapses without anybody's leaving; what comes after all then scores nothing more, and ends the neglect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.clock import Moment
from sim.engine.milestones import clock_of, expected_ms, pending
from sim.order import ARRIVAL
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case


def watch(case: Case, asked: int = -1) -> None:
    """Watch over the milestones whose clock starts now: those of the case, or the one asked for."""
    for milestone, step in case.journey.lapsing:
        if milestone == asked or (asked < 0 and milestone not in case.journey.asked):
            _expire(case, milestone, step)


def awaited(case: Case) -> tuple[int, int] | None:
    """Give the milestone that a case waits for and its step; None if nothing is expected of it."""
    open_ones = pending(case)
    if not open_ones:
        return None
    milestone, step = next(((m, s) for m, s in open_ones if s == case.step.index), open_ones[0])
    return None if expected_ms(case, milestone) < 0 else (milestone, step)


def let_down(case: Case) -> None:
    """Run out of patience in a queue: what the customer waited for scores zero when its expectation expires."""
    found = awaited(case)
    if found is not None and not case.world.plan.milestones[found[0]].neglect:
        _expire(case, *found)


def _expire(case: Case, milestone: int, step: int) -> None:
    expected, clock = expected_ms(case, milestone), case.world.clock
    if expected >= 0 and case.account is not None:
        due = max(clock._now, clock_of(case, milestone) + expected)
        Moment(clock, due, ARRIVAL | case.rank, lambda _: _lapse(case, milestone, step))


def _lapse(case: Case, milestone: int, step: int) -> None:
    """Score zero, unless it happened, has lapsed before, or the account has left the case behind."""
    if (case.reached | case.lapsed) >> milestone & 1 or case.bereft or case.account is None:
        return
    case.lapsed |= 1 << milestone
    if case.world.plan.milestones[milestone].neglect:
        since, expected = clock_of(case, milestone), float(expected_ms(case, milestone))
        case.world.record(Event.LAPSE, case=case, step=step, since=since, value=expected)
        case.account.neglected(True)
    case.account.score(case, milestone, step, 0.0)
