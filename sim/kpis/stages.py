"""Stages: the way of a journey's cases from a milestone's clock to the milestone."""

from __future__ import annotations

import numpy as np

from sim.kpis.rows import Flags, Ints, lookup
from sim.plan import Plan


def stages_of(plan: Plan, only: str | None = None) -> tuple[list[str], Ints]:
    """Give the names of all stages, and the stage of each step.

    Parameters
    ----------
    plan : Plan
        What was run.
    only : str, optional
        The one milestone whose stages are wanted.

    Returns
    -------
    names : list of str
        ``JOURNEY.MILESTONE``.
    stage_of : ndarray of int64, shape (steps + 1,)
        By step, -1 where a step carries no milestone. Several steps of a journey may carry one milestone, which
        is one stage.
    """
    names: list[str] = []
    stage = [-1] * len(plan.steps)
    for journey in plan.journeys:
        found: dict[int, int] = {}
        for milestone, step in journey.milestones:
            if only not in (None, plan.milestones[milestone].name):
                continue
            if milestone not in found:
                found[milestone] = len(names)
                names.append(f"{journey.name}.{plan.milestones[milestone].name}")
            stage[step] = found[milestone]
    return names, lookup(stage)


def first_steps(plan: Plan, only: str | None = None) -> Flags:
    """Mark the first of the steps of a stage, shape (steps + 1,): there it counts as missed or open."""
    first = np.zeros(len(plan.steps) + 1, dtype=np.bool_)
    for journey in plan.journeys:
        found: dict[int, int] = {}
        for milestone, step in journey.milestones:
            if only in (None, plan.milestones[milestone].name):
                found.setdefault(milestone, step)
        first[list(found.values())] = True
    return first
