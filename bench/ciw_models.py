"""Models A and B as networks of Ciw; a run goes on until so many customers have left."""

from __future__ import annotations

import math
from collections.abc import Callable

import ciw

from bench import plain_simpy as same
from bench.orgsim_models import Flow

_CLASSES = ("urgent", "usual")


def prepare(model: str, customers: int, seed: int) -> Callable[[], Flow]:
    """Give a run of a model; parameters as `bench.cpp_models.prepare`."""
    network = {"a": _network_a, "b": _network_b}[model]()

    def call() -> Flow:
        ciw.seed(seed)
        simulation = ciw.Simulation(network)
        simulation.simulate_until_max_customers(customers, method="Finish")
        gone = simulation.nodes[-1].all_individuals
        total_h = sum(one.data_records[-1].exit_date - one.data_records[0].arrival_date for one in gone)
        return Flow(len(gone), total_h / len(gone))

    return call


def _network_a() -> object:
    return ciw.create_network(
        arrival_distributions=[ciw.dists.Exponential(rate=same.A_ARRIVALS_PER_H)],
        service_distributions=[ciw.dists.Exponential(rate=1 / same.A_SERVICE_H)],
        number_of_servers=[same.A_SERVERS],
    )


def _network_b() -> object:
    """Let a lead be urgent or not from the third station to the fourth only, where alone it counts."""
    stations = len(same.B_SERVERS)
    arrivals = [ciw.dists.Exponential(rate=same.B_ARRIVALS_PER_H), *[None] * (stations - 1)]
    patience = [ciw.dists.Exponential(rate=1 / same.B_PATIENCE_H), *[None] * (stations - 1)]
    service = [
        ciw.dists.Exponential(rate=1 / mean) if sd is None else ciw.dists.Lognormal(math.log(mean) - sd**2 / 2, sd)
        for mean, sd in zip(same.B_SERVICE_H, same.B_LOG_SD, strict=True)
    ]
    routing = [[0.0] * stations for _ in range(stations)]
    routing[0][1] = 1.0
    routing[1][2] = same.B_ON_FROM_2
    routing[2][3] = same.B_ON_FROM_3
    routing[3][2], routing[3][4] = same.B_REWORK, 1 - same.B_REWORK
    routing[4][5] = routing[5][6] = 1.0
    routing[6][4] = same.B_RENEWAL
    stays = {a: {b: float(a == b) for b in _CLASSES} for a in _CLASSES}
    drawn = {a: {"urgent": same.B_URGENT, "usual": 1 - same.B_URGENT} for a in _CLASSES}
    over = {a: {"urgent": 0.0, "usual": 1.0} for a in _CLASSES}
    return ciw.create_network(
        arrival_distributions={"urgent": [None] * stations, "usual": arrivals},
        service_distributions=dict.fromkeys(_CLASSES, service),
        reneging_time_distributions={"urgent": [None] * stations, "usual": patience},
        routing=dict.fromkeys(_CLASSES, routing),
        number_of_servers=list(same.B_SERVERS),
        priority_classes={"urgent": 0, "usual": 1},
        class_change_matrices=[stays, stays, drawn, over, stays, stays, stays],
    )
