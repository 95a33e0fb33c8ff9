"""A source of throw-away accounts, as textbook queues have it."""

from __future__ import annotations

from collections.abc import Generator
from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform
from sim.engine.clock import Moment
from sim.order import ARRIVAL, rank
from sim.plan import PlanSource

if TYPE_CHECKING:
    import simpy

    from sim.engine.world import World


def arrivals(world: World, source: PlanSource) -> Generator[simpy.Event, None, None]:
    """Let one case after another arrive; the n-th gap has its own address."""
    clock = world.clock
    key = absorb(world.key, source.word)
    gap = source.interarrival.sampler
    time = floor(source.first.quantile(uniform(absorb(key, 0))) + 0.5)
    n = 0
    horizon = world.plan.horizon_ms
    while n != source.count and time < horizon:
        case_key = absorb(key, n + 1 << 1)
        yield Moment(clock, time, ARRIVAL | rank(world.own(case_key)))
        world.begin(source.journey, source.marks, case_key, None)
        n += 1
        time += floor(gap(uniform(absorb(key, (n << 1) - 1))) + 0.5)
