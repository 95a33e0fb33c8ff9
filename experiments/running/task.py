"""A piece of work for a worker: some replications of some points, run, measured and written into a file of results."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from experiments.store import Address, Asked, Chunk, Replication
from experiments.store.chunk import write_chunk
from experiments.store.store import telling
from sim.choice import Uncovered, chosen
from sim.planning import plan_of
from sim.run_error import RunError
from sim.scenario import Scenario


class Unit(NamedTuple):
    """One replication of one point."""

    asked: Asked
    seed: int
    replication: int

    @property
    def address(self) -> Address:
        """Where its result stands."""
        return Address(self.asked.point, self.seed, self.replication)


class Task(NamedTuple):
    """What is sent to a worker.

    Attributes
    ----------
    folder : str
        Where files of results are.
    engine : str
        Which runs.
    other : bool
        Whether the SimPy engine may run what this one does not know.
    units : tuple of Unit
        What is to be done.
    watched : str
        A measure whose value is told at once; empty for none.
    traces : str or None
        Folder for traces as parquet, if they are wanted.
    """

    folder: str
    engine: str
    other: bool
    units: tuple[Unit, ...]
    watched: str = ""
    traces: str | None = None


class Done(NamedTuple):
    """What a worker says when it is done.

    Attributes
    ----------
    chunk : Chunk
        The file, complete and on the disk.
    latest : float
        The measure that is watched, in the last replication; nan if there is none.
    """

    chunk: Chunk
    latest: float


class Stuck(NamedTuple):
    """What a worker says when a run cannot go on: of which point, and where and why."""

    point: str
    path: str
    rule: str


def run_task(task: Task) -> Done | Stuck:
    """Do a piece of work.

    Raises
    ------
    Failure
        If the file cannot be written.
    """
    found, began, latest = [], perf_counter(), float("nan")
    for unit in task.units:
        try:
            companies = _measured(unit, task)
        except RunError as error:
            return Stuck(unit.asked.point, error.path, error.rule)
        except Uncovered as error:
            return Stuck(unit.asked.point, "engine", error.rule)
        found += companies
        if task.watched in companies[0].kpis:
            latest = float(companies[0].values[companies[0].kpis.index(task.watched)])
    seconds = perf_counter() - began
    with telling(str(Path(task.folder).parent)):
        return Done(write_chunk(Path(task.folder), found, seconds), latest)


def _measured(unit: Unit, task: Task) -> list[Replication]:
    """Run one replication; give the measures of all companies in its market."""
    from sim import simulate
    from sim.kpis import measure_cohorts

    scenario, engine = _scenario(unit.asked), task.engine
    if task.other and engine == "compiled":
        engine = chosen("auto", [plan_of(company) for company in scenario.companies], float("inf")).engine
    keep = task.traces is not None
    trace = simulate(scenario, seed=unit.seed, replication=unit.replication, engine=engine, trace=keep)
    if task.traces is not None:
        import pyarrow.parquet as pq

        rows = trace.market_table if trace.rivals else trace.table
        pq.write_table(rows, Path(task.traces) / f"trace-{unit.replication:03d}.parquet")
    found = []
    for company in (trace, *trace.rivals):
        measures, cohorts = measure_cohorts(company)
        kpis, units = _named(tuple(measures)), _named(tuple(m.unit for m in measures.values()))
        values = [m.value for m in measures.values()]
        found.append(Replication(unit.address, company.company, kpis, units, values, cohorts))
    return found


@lru_cache(maxsize=8)
def _scenario(asked: Asked) -> Scenario:
    return asked.scenario()


@lru_cache(maxsize=64)
def _named(names: tuple[str, ...]) -> tuple[str, ...]:
    """Give the same object for the same names, which a file of results writes down once."""
    return names
