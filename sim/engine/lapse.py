"""Expectations that lapse: what did not happen in its time scores zero, once.

Who runs out of patience is let down when the expectation expires. Where the market calls a milestone's lateness
neglect, it lapses without anybody's leaving; what comes after all then scores nothing more, and ends the neglect.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.engine.clock import ARRIVAL, Moment
from sim.engine.milestones import clock_of, expected_ms, pending
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.task import Task


def watch(case: Case, asked: int = -1) -> None:
    """Watch over the milestones whose clock starts now: those of the case, or the one asked for."""
    for milestone, step in case.journey.lapsing:
        if milestone == asked or (asked < 0 and milestone not in case.journey.asked):
            _expire(case, milestone, step)


def let_down(case: Case, task: Task) -> None:
    """Run out of patience in a queue: what the customer waited for scores zero when its expectation expires."""
    open_ones = pending(case)
    if not open_ones:
        return
    milestone, step = next(((m, s) for m, s in open_ones if s == task.step.index), open_ones[0])
    if not case.world.plan.milestones[milestone].neglect:
        _expire(case, milestone, step)


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
