"""The same two models as scenarios, reached as any user reaches them, for a given number of customers."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from sim import Scenario
    from sim.trace import Trace

EXPERIMENTS = {"a": "bench/model_a", "b": "bench/model_b"}
_EXPERIMENTS = Path(__file__).parents[1] / "configs" / "experiment"
_HOUR_MS = 3_600_000
_HOURS_PER_WEEK = 168.0
_DRAIN_H = 2_000.0
"""Time for the last customers to leave; an empty system costs nothing to simulate."""


class NotAvailable(RuntimeError):  # noqa: N818 - it says that something cannot be measured, not that it failed
    """The project cannot run this model here; says what is missing."""


class Flow(NamedTuple):
    """What a run says of its customers, to see that two programs ran the same model."""

    customers: int
    mean_h: float
    """Mean time in the system."""


def scenario_of(model: str, customers: int) -> Scenario:
    """Compose a model for a number of customers, with a horizon long enough for all of them to leave.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals.

    Returns
    -------
    Scenario
        The configured one with `count`, `weeks` and `warmup_weeks` replaced.

    Raises
    ------
    NotAvailable
        If the door or the configuration is missing.
    """
    experiment = EXPERIMENTS[model]
    if not (_EXPERIMENTS / f"{experiment}.yaml").exists():
        raise NotAvailable(f"model {model.upper()}: there is no configs/experiment/{experiment}.yaml")
    require_doors()
    from experiments import compose

    return sized(compose([f"+experiment={experiment}"]), customers)


def require_doors() -> None:
    """Check that the project can be reached at all.

    Raises
    ------
    NotAvailable
        If `compose`, `Scenario` or `simulate` cannot be imported.
    """
    try:
        from experiments import compose
        from sim import Scenario, simulate
    except ImportError as error:
        raise NotAvailable(str(error)) from error
    del compose, Scenario, simulate


def sized(scenario: Scenario, customers: int) -> Scenario:
    """Give the scenario's one source a number of customers, and its run the time to serve them.

    Parameters
    ----------
    scenario : Scenario
        With one source whose interarrival times are exponential.
    customers : int
        Arrivals.

    Returns
    -------
    Scenario
        A changed copy.

    Raises
    ------
    ValueError
        If it has another number of sources or another law.
    """
    if len(scenario.source) != 1:
        raise ValueError(f"a benchmark model has one source; got {sorted(scenario.source)}")
    ((name, source),) = scenario.source.items()
    law = source.interarrival_h.exponential
    if law is None:
        raise ValueError(f"source.{name}.interarrival_h must be exponential; got {source.interarrival_h}")
    # Six standard deviations of the sum of so many exponential times.
    hours = law.mean * (customers + 6 * math.sqrt(customers)) + _DRAIN_H
    run = scenario.run.model_copy(update={"weeks": math.ceil(hours / _HOURS_PER_WEEK), "warmup_weeks": 0.0})
    changed = {name: source.model_copy(update={"count": customers})}
    return scenario.model_copy(update={"source": changed, "run": run})


def run(scenario: Scenario, *, seed: int, engine: str, trace: bool = True) -> Trace:
    """Simulate one replication through the public door.

    Parameters
    ----------
    scenario : Scenario
        What to simulate.
    seed : int
        Seed.
    engine : str
        Name of the engine.
    trace : bool
        Whether rows are kept.

    Returns
    -------
    Trace
        Of replication 0.
    """
    from sim import simulate

    return simulate(scenario, seed=seed, replication=0, engine=engine, trace=trace)


def measured(scenario: Scenario, *, seed: int, engine: str) -> object:
    """Go from a scenario to its measures, rows not kept; parameters as `run`."""
    from sim import measure

    return measure(run(scenario, seed=seed, engine=engine, trace=False), scenario)


def flow_of(trace: Trace) -> Flow:
    """Count the customers who left and average their time in the system.

    Parameters
    ----------
    trace : Trace
        With rows.

    Returns
    -------
    Flow
        Over all ended cases.
    """
    from sim.trace import Event

    customers, total_ms = 0, 0
    for block in trace.blocks():
        ended = block.event == Event.END
        customers += int(np.count_nonzero(ended))
        total_ms += int((block.time_ms[ended] - block.since_ms[ended]).sum())
    return Flow(customers, total_ms / customers / _HOUR_MS if customers else math.nan)
