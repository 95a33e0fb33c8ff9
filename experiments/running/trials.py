"""Trials of a search: chosen, run and told a batch at a time, so that all workers have something to do."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.answers.trial import Trial
from experiments.complaint import Complaint, Rehearsed
from experiments.question import Question
from experiments.running.points import cube
from experiments.sampling.search import Search, Told
from experiments.sampling.settings import named
from experiments.sampling.tried import Designs, Setting
from experiments.specs.optimize import Optimize
from experiments.store import asked as asked_at
from sim.scenario import Scenario


def searched(search: Search, designs: Designs, asked: Optimize, question: Question) -> list[Trial]:
    """Try as many designs as are asked for, the base first if it is in range.

    Parameters
    ----------
    search : Search
        New.
    designs : Designs
        What may be tried.
    asked : Optimize
        How many, and what is looked at.
    question : Question
        Seed, replications, workers and store.

    Returns
    -------
    list of Trial
        In order.

    Raises
    ------
    Complaint
        If no design of the first batch can be run, or a run cannot go on.
    Failure
        If something outside went wrong; what was done before is kept.
    """
    search.begin_with((), designs.base_values())
    trials: list[Trial] = []
    while len(trials) < asked.trials:
        # How long all takes is told as if nothing was learned on the way.
        n = asked.trials if question.dry else min(asked.batch, asked.trials - len(trials))
        settings = [designs.setting(choice) for choice in search.ask(n)]
        title = f"designs {len(trials) + 1:,} to {len(trials) + n:,} of {asked.trials:,}"
        batch = _run(settings, len(trials), designs, asked, question, title)
        if not trials and all(trial.obstacle for trial in batch):
            raise Complaint.about("optimize", f"no design of the first batch can be run; {batch[0].obstacle}")
        search.tell([_told(trial, asked) for trial in batch])
        trials += batch
    return trials


def _run(
    settings: Sequence[Setting], first: int, designs: Designs, asked: Optimize, question: Question, title: str
) -> list[Trial]:
    scenarios: dict[int, Scenario] = {}
    obstacles: dict[int, str] = {}
    for i, setting in enumerate(settings, first):
        try:
            scenarios[i] = designs.at(setting).scenario
        except Complaint as complaint:
            obstacles[i] = str(complaint.problems[0])
    found = _values({f"{i}: {named(settings[i - first])}": s for i, s in scenarios.items()}, asked, question, title)
    values = dict(zip(scenarios, found, strict=True))
    return [
        Trial(i, setting, "", {}, obstacles[i])
        if i in obstacles
        else Trial(i, setting, asked_at(scenarios[i]).point, values[i])
        for i, setting in enumerate(settings, first)
    ]


def _values(scenarios: dict[str, Scenario], asked: Optimize, question: Question, title: str) -> list[dict[str, float]]:
    if not scenarios:
        return []
    try:
        found = cube(scenarios.items(), question, asked.kpis, title=title)
    except Rehearsed as told:
        again = f"then the base and what is found, {asked.final} replications each on fresh seeds"
        raise Rehearsed(f"{told}\n{again}") from None
    means = {kpi: [one.mean for one in found.intervals(kpi)] for kpi in asked.kpis}
    return [{kpi: means[kpi][i] for kpi in asked.kpis} for i in range(len(scenarios))]


def _told(trial: Trial, asked: Optimize) -> Told | None:
    objectives = trial.objectives(asked)
    return Told(objectives, trial.excess(asked)) if all(value == value for value in objectives) else None
