"""Models A and B in salabim: a component for each customer, its own resources, processes that yield."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator
from typing import Any

import numpy as np
import salabim

from bench import plain_simpy as same
from bench.orgsim_models import Flow

Steps = Generator[Any, Any, None]


def prepare(model: str, customers: int, seed: int) -> Callable[[], Flow]:
    """Give a run of a model; parameters as `bench.cpp_models.prepare`."""
    build = {"a": _build_a, "b": _build_b}[model]

    def call() -> Flow:
        salabim.yieldless(False)
        env = salabim.Environment(trace=False, random_seed=None)
        times_h: list[float] = []
        per_h, customer = build(env, np.random.default_rng(seed), times_h)
        rng = np.random.default_rng([seed, 1])

        class Arrivals(salabim.Component):  # type: ignore[misc]
            def process(self) -> Steps:
                for _ in range(customers):
                    yield self.hold(rng.exponential(1 / per_h))
                    customer()

        Arrivals()
        env.run()
        return Flow(len(times_h), math.fsum(times_h) / len(times_h))

    return call


def _build_a(env: Any, rng: np.random.Generator, times_h: list[float]) -> tuple[float, type]:
    servers = salabim.Resource(capacity=same.A_SERVERS)

    class Customer(salabim.Component):  # type: ignore[misc]
        def process(self) -> Steps:
            arrived = env.now()
            yield self.request(servers)
            yield self.hold(rng.exponential(same.A_SERVICE_H))
            self.release()
            times_h.append(env.now() - arrived)

    return same.A_ARRIVALS_PER_H, Customer


def _build_b(env: Any, rng: np.random.Generator, times_h: list[float]) -> tuple[float, type]:
    stations = [salabim.Resource(capacity=servers) for servers in same.B_SERVERS]
    log_means = [math.log(m) - (sd or 0.0) ** 2 / 2 for m, sd in zip(same.B_SERVICE_H, same.B_LOG_SD, strict=True)]

    def service_h(number: int) -> float:
        log_sd = same.B_LOG_SD[number - 1]
        if log_sd is None:
            return rng.exponential(same.B_SERVICE_H[number - 1])
        return rng.lognormal(log_means[number - 1], log_sd)

    class Lead(salabim.Component):  # type: ignore[misc]
        def process(self) -> Steps:
            arrived = env.now()
            yield from self.funnel()
            times_h.append(env.now() - arrived)

        def visit(self, number: int, priority: int = 0) -> Steps:
            yield self.request((stations[number - 1], 1, priority))
            yield self.hold(service_h(number))
            self.release()

        def funnel(self) -> Steps:
            yield self.request(stations[0], fail_delay=rng.exponential(same.B_PATIENCE_H))
            if self.failed():
                return
            yield self.hold(service_h(1))
            self.release()
            yield from self.visit(2)
            if rng.random() >= same.B_ON_FROM_2:
                return
            rework = True
            while rework:
                yield from self.visit(3)
                if rng.random() >= same.B_ON_FROM_3:
                    return
                yield from self.visit(4, 0 if rng.random() < same.B_URGENT else 1)
                rework = rng.random() < same.B_REWORK
            renewal = True
            while renewal:
                yield from self.visit(5)
                yield from self.visit(6)
                yield from self.visit(7)
                renewal = rng.random() < same.B_RENEWAL

    return same.B_ARRIVALS_PER_H, Lead
