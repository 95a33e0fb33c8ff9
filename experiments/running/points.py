"""Points of an experiment, each in all its replications: the same customers with the same luck at every point."""

from __future__ import annotations

from collections.abc import Mapping

from experiments.question import Question
from experiments.running.runner import Job, Results, run_jobs
from sim.scenario import Scenario


def run_points(points: Mapping[str, Scenario], question: Question, *, title: str) -> Results:
    """Run all replications of all points.

    Parameters
    ----------
    points : mapping
        What is run, by the name under which its rows stand.
    question : Question
        Seed, replications, engine and workers of all of them.
    title : str
        What the progress line says.

    Returns
    -------
    Results
        By point, in the given order, and replication.
    """
    q = question
    jobs = [Job(name, s, q.seed, r, q.engine) for r in range(q.replications) for name, s in points.items()]
    return run_jobs(jobs, q.workers, title=title).ordered(list(points))
