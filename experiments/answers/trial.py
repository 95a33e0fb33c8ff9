"""Designs that were tried, and which of them nothing else that was tried beats."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan
from pathlib import Path
from typing import Any

from experiments.sampling.settings import spelled
from experiments.specs.optimize import Optimize
from sim.analysis.dominance import non_dominated

BEST = 5
"""Where there is one objective, so many are estimated again: the best of many looks better than it is."""


@dataclass(frozen=True)
class Trial:
    """A design that was tried.

    Attributes
    ----------
    number : int
        From 0 on.
    setting : mapping
        What was chosen, by path.
    address : str
        What was run, whatever led to it; empty if it could not be.
    values : mapping of str to float
        Objectives and what is limited, by measure; nan where not defined.
    obstacle : str
        Why it could not be run; empty if it was.
    """

    number: int
    setting: Mapping[str, Any]
    address: str
    values: Mapping[str, float]
    obstacle: str = ""

    def excess(self, asked: Optimize) -> list[float]:
        """Give by how much each limit is passed; infinitely where the measure is not defined."""
        found = [(limit, self.values.get(kpi, nan)) for kpi, limit in asked.limits.items()]
        return [limit.excess(value) if isfinite(value) else inf for limit, value in found]

    def objectives(self, asked: Optimize) -> list[float]:
        """Give the objectives; nan where not defined."""
        return [self.values.get(kpi, nan) for kpi in asked.objectives]

    def keeps(self, asked: Optimize) -> bool:
        """Say whether it was run, all objectives are defined and all limits kept."""
        return all(map(isfinite, self.objectives(asked))) and all(excess <= 0.0 for excess in self.excess(asked))


def upward(values: Sequence[float], asked: Optimize) -> list[float]:
    """Give objectives so that larger is better."""
    return [value if way == "max" else -value for value, way in zip(values, asked.objectives.values(), strict=True)]


def front(trials: Sequence[Trial], asked: Optimize, but: str = "") -> list[Trial]:
    """Give the trials that are looked at again.

    Parameters
    ----------
    trials : sequence of Trial
        All.
    asked : Optimize
        What is wanted.
    but : str
        Address of a design that is not counted as one of them, though it may beat others: the base.

    Returns
    -------
    list of Trial
        Of those that keep the limits, each design once: those that no other dominates; where there is one objective,
        the best few. By the first objective, best first.
    """
    once = {trial.address: trial for trial in reversed(trials) if trial.keeps(asked)}
    kept = sorted(once.values(), key=lambda trial: trial.number)
    if not kept:
        return []
    points = [upward(trial.objectives(asked), asked) for trial in kept]
    several = len(asked.objectives) > 1
    found = [one for one, leads in zip(kept, non_dominated(points), strict=True) if leads] if several else kept
    ranked = sorted(found, key=lambda trial: -upward(trial.objectives(asked), asked)[0])
    ranked = [trial for trial in ranked if trial.address != but]
    return ranked if several else ranked[:BEST]


def write_trials(folder: Path, trials: Sequence[Trial], asked: Optimize) -> None:
    """Write all trials as ``trials.csv``: what was chosen, what came of it in the search, and whether it counts."""
    paths = list(dict.fromkeys(path for trial in trials for path in trial.setting))
    with (folder / "trials.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["trial", *paths, *asked.kpis, "keeps limits", "could not be run"])
        for trial in trials:
            chosen = [spelled(trial.setting[path]) if path in trial.setting else "" for path in paths]
            values = [trial.values.get(kpi, nan) for kpi in asked.kpis]
            told = [value if isfinite(value) else "" for value in values]
            rows.writerow([trial.number, *chosen, *told, spelled(trial.keeps(asked)), trial.obstacle])
