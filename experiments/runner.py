"""Designs x replications, in this process or in several; the answer does not depend on which."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import active_children, get_context
from pathlib import Path

from experiments.complaint import Complaint, Failure
from experiments.progress import Progress
from experiments.signals import follow_parent, undisturbed
from sim.scenario import Scenario

TidyRow = tuple[str, int, str, float, str]
"""(design, replication, kpi, value, unit)."""


@dataclass(frozen=True)
class Job:
    """One replication of one design.

    Attributes
    ----------
    trace_path : Path or None
        Where to write its trace as parquet, if it is wanted.
    """

    design: str
    scenario: Scenario
    seed: int
    replication: int
    engine: str
    trace_path: Path | None = None


def run_jobs(jobs: list[Job], workers: int, *, title: str) -> list[TidyRow]:
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
    list of tuple
        Tidy rows.

    Raises
    ------
    Complaint
        If a case goes in circles.
    Failure
        If a worker was killed.
    """
    found: list[TidyRow] = []
    with Progress(title, len(jobs)) as progress:
        for rows in _results(jobs, min(workers, len(jobs))):
            found += rows
            progress.advance()
    return found


def _results(jobs: list[Job], workers: int) -> Iterator[list[TidyRow]]:
    if workers <= 1:
        yield from map(run_job, jobs)
        return
    pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=follow_parent)
    try:
        yield from pool.map(run_job, jobs)
    except BrokenProcessPool:
        pool.shutdown(wait=False, cancel_futures=True)
        raise Failure("a worker process was killed, perhaps for want of memory; nothing was written") from None
    except BaseException:
        # Nobody waits: whoever reads the answer of a worker that was killed while writing it would wait for ever.
        with undisturbed():
            pool.shutdown(wait=False, cancel_futures=True)
            for worker in active_children():
                worker.kill()
        raise
    pool.shutdown()


def run_job(job: Job) -> list[TidyRow]:
    """Run one replication and measure it."""
    from sim import measure, simulate
    from sim.engine import RunError

    engine = "simpy" if job.engine == "auto" else job.engine
    keep = job.trace_path is not None
    try:
        trace = simulate(job.scenario, seed=job.seed, replication=job.replication, engine=engine, trace=keep)
    except RunError as error:
        raise Complaint.about(error.path, error.rule) from None
    if job.trace_path is not None:
        import pyarrow.parquet as pq

        pq.write_table(trace.table, job.trace_path)
    measures = measure(trace, job.scenario)
    return [(job.design, job.replication, name, m.value, m.unit) for name, m in measures.items()]
