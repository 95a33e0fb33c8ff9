"""Designs x replications, in this process or in several; the answer does not depend on which."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import InvalidStateError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from multiprocessing import active_children, get_context
from pathlib import Path

from experiments.complaint import Complaint, Failure
from experiments.engines import with_engines
from experiments.progress import Progress
from experiments.signals import follow_parent, undisturbed
from sim.analysis.pooled import CohortRow
from sim.scenario import Scenario

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""


@dataclass(frozen=True)
class Job:
    """One replication of one design.

    Attributes
    ----------
    trace_path : Path or None
        Where to write its trace as parquet, with those of rivals, if it is wanted.
    rivals : tuple of str
        Names under which the rivals are measured as well, in their order; empty if they are not.
    """

    design: str
    scenario: Scenario | None
    seed: int
    replication: int
    engine: str
    trace_path: Path | None = None
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Results:
    """What replications say.

    Attributes
    ----------
    rows : list of TidyRow
        Measures.
    cohorts : list of CohortRow
        Durations behind their quantiles, counted on a grid; see `sim.analysis.pooled`.
    """

    rows: list[TidyRow] = field(default_factory=list)
    cohorts: list[CohortRow] = field(default_factory=list)

    def __iadd__(self, other: Results) -> Results:
        """Add those of another replication."""
        self.rows.extend(other.rows)
        self.cohorts.extend(other.cohorts)
        return self

    def values(self) -> dict[str, dict[str, list[float]]]:
        """Give the values of each measure by design and name, in the order of the rows."""
        found: dict[str, dict[str, list[float]]] = {}
        for design, _, kpi, value, _ in self.rows:
            found.setdefault(design, {}).setdefault(kpi, []).append(value)
        return found

    def means(self) -> dict[str, dict[str, float]]:
        """Give the mean of each measure over replications, by design and name."""
        return {
            design: {kpi: sum(found) / len(found) for kpi, found in values.items()}
            for design, values in self.values().items()
        }

    def ordered(self, designs: list[str]) -> Results:
        """Give the same by design, in the given order, and replication."""
        place = {design: i for i, design in enumerate(designs)}
        return Results(
            sorted(self.rows, key=lambda row: (place[row[0]], row[1])),
            sorted(self.cohorts, key=lambda row: (place[row[0]], row[1])),
        )


def run_jobs(jobs: list[Job], workers: int, *, title: str) -> Results:
    """Run jobs and give their measures in the order of the jobs.

    Parameters
    ----------
    jobs : list of Job
        In any number.
    workers : int
        Processes.
    title : str
        What the progress line says.

    Returns
    -------
    Results
        Rows of all jobs.

    Raises
    ------
    Complaint
        If a case goes in circles, or an engine is asked for that does not know what is to be run.
    Failure
        If a worker was killed.
    """
    found, workers = Results(), min(workers, len(jobs))
    jobs = with_engines(jobs, workers)
    with Progress(title, len(jobs)) as progress:
        for one in _results(jobs, workers):
            found += one
            progress.advance()
    return found


def _results(jobs: list[Job], workers: int) -> Iterator[Results]:
    if workers <= 1:
        yield from map(run_job, jobs)
        return
    # A scenario goes to each worker once, and jobs are small: whoever writes more than a pipe holds to a worker that is
    # killed meanwhile waits for ever.
    scenarios = list({id(job.scenario): job.scenario for job in jobs}.values())
    place = {id(scenario): i for i, scenario in enumerate(scenarios)}
    calls = [(place[id(job.scenario)], replace(job, scenario=None)) for job in jobs]
    start = {"initializer": _begin, "initargs": (scenarios,)}
    _overlook_cancelled()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), **start)  # type: ignore[arg-type]
    try:
        yield from pool.map(_run_known, calls)
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
        raise Failure("a worker process was killed, perhaps for want of memory; nothing was written") from None
    except BaseException:
        # Whoever reads what a killed worker was writing waits as long as anybody could go on writing it.
        with undisturbed():
            writer = getattr(getattr(pool, "_result_queue", None), "_writer", None)
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():
                worker.kill()
            if writer is not None:
                writer.close()
        raise
    pool.shutdown()


_known: list[Scenario] = []
"""In a worker process, the scenarios of its jobs; empty elsewhere."""


def _begin(scenarios: list[Scenario]) -> None:
    follow_parent()
    _known.extend(scenarios)


def _run_known(call: tuple[int, Job]) -> Results:
    return run_job(replace(call[1], scenario=_known[call[0]]))


def _overlook_cancelled() -> None:
    """Let the pool's own thread end in silence when it tells futures that were canceled that their pool is broken."""
    told = threading.excepthook

    def tell(args: threading.ExceptHookArgs) -> None:
        if not issubclass(args.exc_type, InvalidStateError):
            told(args)

    threading.excepthook = tell


def run_job(job: Job) -> Results:
    """Run one replication and measure it."""
    from sim import simulate
    from sim.kpis import measure_cohorts
    from sim.kpis.sketch import counted
    from sim.run_error import RunError

    keep = job.trace_path is not None
    assert job.scenario is not None
    try:
        trace = simulate(job.scenario, seed=job.seed, replication=job.replication, engine=job.engine, trace=keep)
    except RunError as error:
        raise Complaint.about(error.path, error.rule) from None
    if job.trace_path is not None:
        import pyarrow.parquet as pq

        pq.write_table(trace.market_table if trace.rivals else trace.table, job.trace_path)
    found, r = Results(), job.replication
    for design, company in zip((job.design, *job.rivals), (trace, *trace.rivals), strict=False):
        measures, cohorts = measure_cohorts(company)
        found += Results(
            [(design, r, name, m.value, m.unit) for name, m in measures.items()],
            [(design, r, stage, *cell) for stage, sketch in cohorts.items() for cell in counted(sketch)],
        )
    return found
