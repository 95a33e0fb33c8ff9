"""Outages of machines: for a time no new work is begun; what is in hand is finished."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.engine.clock import Moment
from sim.order import SHIFT, rank
from sim.portable import log
from sim.trace import Event
from sim.worktime import WEEK_MS

if TYPE_CHECKING:
    import simpy

    from sim.engine.desk import Desk
    from sim.engine.world import World

_OUTAGE, _LENGTH = word_of("outage"), word_of("outage length")


def outages(world: World, desk: Desk) -> Generator[simpy.Event, None, None]:
    """Let the machines of a desk fail and recover.

    Outages begin as a Poisson process, drawn anew from the address of each week, which needs no memory; one that begins
    during another makes it longer if it ends later. All heads fail together.
    """
    clock, key = world.clock, absorb(absorb(world.key, _OUTAGE), desk.role.word)
    place = SHIFT | rank(key)
    week = 0
    while week * WEEK_MS < world.plan.horizon_ms:
        yield Moment(clock, week * WEEK_MS, place)
        for start, length in _of_week(absorb(key, week), desk.role.outage_every_ms, desk.role.outage_ms):
            yield Moment(clock, week * WEEK_MS + start, place)
            if desk.down_until <= clock._now:
                desk.down_since = clock._now
            if clock._now + length > desk.down_until:
                desk.down_until = clock._now + length
                Moment(clock, desk.down_until, place, lambda _: _recover(world, desk))
        week += 1


def _recover(world: World, desk: Desk) -> None:
    """Go on with what waits, unless the outage has become longer."""
    if desk.down_until == world.clock._now:
        world.record(Event.OUTAGE, role=desk.role, since=desk.down_since)
        desk.unsettle()


def _of_week(key: int, every_ms: float, length_ms: float) -> Iterator[tuple[int, int]]:
    """Yield (ms since the week's beginning, ms of length) of the outages that begin in a week."""
    if every_ms <= 0.0:
        return
    lengths, k, start = absorb(key, _LENGTH), 0, 0.0
    while True:
        start -= log(uniform(absorb(key, k))) * every_ms
        if start >= WEEK_MS:
            return
        yield floor(start), floor(-log(uniform(absorb(lengths, k))) * length_ms + 0.5)
        k += 1
