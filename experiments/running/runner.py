"""Designs x replications, in this process or in several; the answer does not depend on which."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path

from experiments.complaint import Complaint
from experiments.running.engines import with_engines
from experiments.running.pool import shared_out
from experiments.running.progress import Progress
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
    # Workers begin first: the bar draws itself from a thread.
    with _results(jobs, workers) as results, Progress(title, len(jobs)) as progress:
        for one in results:
            found += one
            progress.advance()
    return found


def _results(jobs: list[Job], workers: int) -> AbstractContextManager[Iterator[Results]]:
    if workers <= 1:
        return nullcontext(map(run_job, jobs))
    scenarios = list({id(job.scenario): job.scenario for job in jobs}.values())
    place = {id(scenario): i for i, scenario in enumerate(scenarios)}
    calls = [(place[id(job.scenario)], replace(job, scenario=None)) for job in jobs]
    return shared_out(_run_known, scenarios, calls, workers)


def _run_known(scenarios: list[Scenario], call: tuple[int, Job]) -> Results:
    return run_job(replace(call[1], scenario=scenarios[call[0]]))


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
