"""Which engine the replications of a command run on, said once."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.complaint import Complaint
from experiments.running.pool import forks
from sim.choice import Choice, Uncovered, cases_of, chosen
from sim.planning import plan_of

if TYPE_CHECKING:
    from experiments.running.runner import Job


def with_engines(jobs: Sequence[Job], workers: int) -> list[Job]:
    """Give the same jobs, each with the engine that runs it, ready to run.

    Parameters
    ----------
    jobs : sequence of Job
        Of one question: all ask for the same engine.
    workers : int
        Processes that share the work; each has an engine of its own to load.

    Raises
    ------
    Complaint
        If the compiled engine is asked for and does not know all that is to be run.
    """
    asked = jobs[0].engine if jobs else "simpy"
    if asked == "simpy":
        return list(jobs)
    named = {id(job.scenario): (job.design, job.scenario) for job in reversed(jobs) if job.scenario is not None}
    plans = {key: [plan_of(company) for company in scenario.companies] for key, (_, scenario) in named.items()}
    cases = sum(cases_of(plan) for job in jobs for plan in plans[id(job.scenario)]) / workers
    try:
        choices = {key: chosen(asked, found, cases) for key, found in plans.items()}
    except Uncovered as error:
        raise Complaint.about("engine", error.rule) from None
    if asked == "auto":
        print(told({named[key][0]: choice for key, choice in reversed(choices.items())}), file=sys.stderr)
    if any(choice.engine == "compiled" for choice in choices.values()):
        _prepare(workers)
    return [replace(job, engine=choices[id(job.scenario)].engine) for job in jobs]


def told(choices: Mapping[str, Choice]) -> str:
    """Give one line that says which engine was chosen for which of several designs, and why."""
    same: dict[Choice, list[str]] = {}
    for design, choice in choices.items():
        same.setdefault(choice, []).append(design)
    if len(same) == 1:
        (only,) = same
        return f"engine: {only.engine} ({only.because})"
    return "engine: " + "; ".join(f"{c.engine} for {_some(names)} ({c.because})" for c, names in same.items())


def _some(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= 3 else f"{', '.join(names[:2])} and {len(names) - 2} others"


def _prepare(workers: int) -> None:
    """Load the engine where workers find it loaded; else compile what was never compiled, so that none has to wait."""
    from sim import compiled

    if workers == 1 or forks() or (compiled.can_keep() and not compiled.is_ready()):
        compiled.prepare()
