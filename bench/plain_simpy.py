"""The two reference models, written by hand in plain SimPy as a good user of it writes them.

A process per customer, stock resources, one scalar draw at a time, and only the bookkeeping anybody would
want: the time each customer spent in the system and the work each station did. This is what speed is measured
against.
"""

from __future__ import annotations

import math
from collections.abc import Generator
from typing import Any, NamedTuple

import numpy as np
import simpy

A_ARRIVALS_PER_H = 3.6
A_SERVERS = 4
A_SERVICE_H = 1.0

B_ARRIVALS_PER_H = 10.0
B_PATIENCE_H = 1.0
B_SERVERS = (3, 5, 8, 4, 2, 6, 3)
B_SERVICE_H = (0.27, 0.40, 1.1, 1.1, 0.45, 1.4, 0.70)
B_LOG_SD = (None, None, 0.8, None, None, 0.5, None)
"""Standard deviation of the logarithm where service is lognormal; exponential where None."""
B_ON_FROM_2 = 0.6
B_ON_FROM_3 = 0.5
B_URGENT = 0.3
B_REWORK = 0.2
B_RENEWAL = 0.3

Steps = Generator[simpy.Event, Any, None]


class Outcome(NamedTuple):
    """What a run leaves behind."""

    times_h: list[float]
    """Time in the system of every customer, in order of leaving; those who lost patience included."""
    work_h: list[float]
    """Hours of service given by each station."""
    lost: int
    """Customers who lost patience."""


def model_a(customers: int, seed: int) -> Outcome:
    """Run M/M/4 at load .9 until the last customer has left.

    Parameters
    ----------
    customers : int
        Arrivals.
    seed : int
        Seed of the one generator.

    Returns
    -------
    Outcome
        `work_h` has one entry.
    """
    rng = np.random.default_rng(seed)
    env = simpy.Environment()
    servers = simpy.Resource(env, capacity=A_SERVERS)
    times_h: list[float] = []
    work_h = [0.0]

    def customer() -> Steps:
        arrived = env.now
        with servers.request() as request:
            yield request
            service_h = rng.exponential(A_SERVICE_H)
            work_h[0] += service_h
            yield env.timeout(service_h)
        times_h.append(env.now - arrived)

    def arrivals() -> Steps:
        for _ in range(customers):
            yield env.timeout(rng.exponential(1 / A_ARRIVALS_PER_H))
            env.process(customer())

    env.process(arrivals())
    env.run()
    return Outcome(times_h, work_h, lost=0)


def model_b(customers: int, seed: int) -> Outcome:
    """Run the sales funnel of seven stations until the last lead has left.

    Leads lose patience in the queue of station 1, are urgent on some visits to station 4, go back from 4 to 3
    for rework and from 7 to 5 for renewal.

    Parameters
    ----------
    customers : int
        Leads.
    seed : int
        Seed of the one generator.

    Returns
    -------
    Outcome
        `work_h` has seven entries.
    """
    rng = np.random.default_rng(seed)
    env = simpy.Environment()
    stations = [
        simpy.PriorityResource(env, servers) if number == 4 else simpy.Resource(env, servers)
        for number, servers in enumerate(B_SERVERS, start=1)
    ]
    log_means = [math.log(m) - (sd or 0.0) ** 2 / 2 for m, sd in zip(B_SERVICE_H, B_LOG_SD, strict=True)]
    times_h: list[float] = []
    work_h = [0.0] * len(stations)
    lost = 0

    def serve(number: int) -> simpy.Timeout:
        at = number - 1
        log_sd = B_LOG_SD[at]
        if log_sd is None:
            service_h = rng.exponential(B_SERVICE_H[at])
        else:
            service_h = rng.lognormal(log_means[at], log_sd)
        work_h[at] += service_h
        return env.timeout(service_h)

    def visit(number: int, **priority: int) -> Steps:
        with stations[number - 1].request(**priority) as request:
            yield request
            yield serve(number)

    def funnel() -> Steps:
        nonlocal lost
        with stations[0].request() as request:
            granted = yield request | env.timeout(rng.exponential(B_PATIENCE_H))
            if request not in granted:
                lost += 1
                return
            yield serve(1)
        yield from visit(2)
        if rng.random() >= B_ON_FROM_2:
            return
        rework = True
        while rework:
            yield from visit(3)
            if rng.random() >= B_ON_FROM_3:
                return
            yield from visit(4, priority=0 if rng.random() < B_URGENT else 1)
            rework = rng.random() < B_REWORK
        renewal = True
        while renewal:
            yield from visit(5)
            yield from visit(6)
            yield from visit(7)
            renewal = rng.random() < B_RENEWAL

    def lead() -> Steps:
        arrived = env.now
        yield from funnel()
        times_h.append(env.now - arrived)

    def arrivals() -> Steps:
        for _ in range(customers):
            yield env.timeout(rng.exponential(1 / B_ARRIVALS_PER_H))
            env.process(lead())

    env.process(arrivals())
    env.run()
    return Outcome(times_h, work_h, lost)


MODELS = {"a": model_a, "b": model_b}
