"""Speed of the simulation call against plain SimPy, on the same model and number of customers."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

from bench import orgsim_models, plain_simpy
from bench.pairing import Pairing, pair, seconds

SIZES = {"a": 20_000, "b": 10_000}
FULL_SIZES = {"a": 200_000, "b": 100_000}
SEED = 1


@dataclass(frozen=True)
class Speed:
    """One model, one engine, against plain SimPy."""

    model: str
    engine: str
    customers: int
    pairing: Pairing
    plain_mean_h: float
    """Mean time in the system in plain SimPy; with the next, a sign that both ran the same model."""
    mean_h: float

    @property
    def plain_per_s(self) -> float:
        """Customers a second, plain SimPy."""
        return self.customers / statistics.median(self.pairing.reference_s)

    @property
    def per_s(self) -> float:
        """Customers a second, this project."""
        return self.customers / statistics.median(self.pairing.subject_s)


def plain_per_s(model: str, customers: int, rounds: int) -> float:
    """Time plain SimPy alone.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals a round.
    rounds : int
        Measured rounds, after one unmeasured.

    Returns
    -------
    float
        Customers a second, median.
    """
    plain = plain_simpy.MODELS[model]
    plain(customers, SEED)
    return customers / statistics.median(seconds(lambda: plain(customers, SEED)) for _ in range(rounds))


def measure_speed(model: str, engine: str, *, customers: int, rounds: int) -> Speed:
    """Time an engine beside plain SimPy; what is timed is `simulate` with the trace kept, composing excluded.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    engine : str
        Name of the engine.
    customers : int
        Arrivals a round.
    rounds : int
        Measured rounds.

    Returns
    -------
    Speed
        The pairing and both mean times in the system.

    Raises
    ------
    NotAvailable
        If the model or a door to it is missing.
    RuntimeError
        If not every customer left: then it was not the same work.
    """
    plain = plain_simpy.MODELS[model]
    scenario = orgsim_models.scenario_of(model, customers)
    flow = orgsim_models.flow_of(orgsim_models.run(scenario, seed=SEED, engine=engine))
    if flow.customers != customers:
        raise RuntimeError(f"model {model.upper()}: {flow.customers} of {customers} customers left")
    times_h = plain(customers, SEED).times_h
    pairing = pair(
        lambda: plain(customers, SEED),
        lambda: orgsim_models.run(scenario, seed=SEED, engine=engine),
        rounds=rounds,
    )
    return Speed(model, engine, customers, pairing, statistics.fmean(times_h), flow.mean_h)
