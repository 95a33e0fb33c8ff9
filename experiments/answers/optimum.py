"""What a search found, estimated again on fresh seeds: how good it is, and which design to take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from experiments.answers.cube import Cube
from experiments.answers.paired import differences
from experiments.answers.trial import Trial, upward
from experiments.specs.optimize import Optimize
from sim.analysis.dominance import non_dominated
from sim.analysis.intervals import Interval
from sim.analysis.subset import screened

BASE = "base"
"""What the design is called from which the search began."""


@dataclass(frozen=True)
class Finalist:
    """A design estimated on fresh seeds.

    Attributes
    ----------
    name : str
        `BASE`, or ``design_NN``.
    trial : Trial or None
        What the search saw of it; None for the base.
    found : mapping of str to Interval
        Objectives and what is limited.
    less_base : mapping of str to Interval
        The same less the base's, paired.
    keeps : bool
        Whether it keeps all limits, by means on fresh seeds.
    leads : bool
        Whether none of those that keep them dominates it, by means on fresh seeds.
    beats_base : bool
        Whether it dominates the base, by means on fresh seeds.
    may_be_best : bool
        Whether it cannot be told from the best in the first objective, of those that keep the limits.
    """

    name: str
    trial: Trial | None
    found: Mapping[str, Interval]
    less_base: Mapping[str, Interval]
    keeps: bool
    leads: bool
    beats_base: bool
    may_be_best: bool

    @property
    def notes(self) -> list[str]:
        """What is to be known of it beside its numbers."""
        told = {
            "beyond a limit": not self.keeps,
            "dominated after all": self.keeps and not self.leads,
            "dominates the base": self.keeps and self.beats_base,
        }
        return [words for words, so in told.items() if so]

    def plain(self) -> dict[str, Any]:
        """Give everything as plain data, for JSON."""
        searched = {kpi: x if isfinite(x) else None for kpi, x in self.trial.values.items()} if self.trial else None
        return {
            "name": self.name,
            "setting": dict(self.trial.setting) if self.trial else None,
            "in_the_search": searched,
            "on_fresh_seeds": {kpi: one.plain() for kpi, one in self.found.items()},
            "less_base": {kpi: one.plain() for kpi, one in self.less_base.items()},
            "keeps_limits": self.keeps,
            "not_dominated": self.leads,
            "dominates_base": self.beats_base,
            "may_be_best": self.may_be_best,
        }


def named(trials: Sequence[Trial]) -> dict[str, Trial]:
    """Name the designs that are estimated again."""
    width = max(2, len(str(len(trials))))
    return {f"design_{i:0{width}}": trial for i, trial in enumerate(trials, 1)}


def finalists(found: Cube, trials: Mapping[str, Trial], asked: Optimize) -> list[Finalist]:
    """Judge designs by fresh seeds.

    Parameters
    ----------
    found : Cube
        Of the base and all designs by name, base first.
    trials : mapping of str to Trial
        What the search saw of them, by name.
    asked : Optimize
        What is wanted.

    Returns
    -------
    list of Finalist
        In the order of the cube.
    """
    points = {kpi: found.intervals(kpi) for kpi in asked.kpis}
    less = {kpi: differences(found, kpi, BASE) for kpi in asked.kpis}
    n = len(found.points)
    again = [Trial(i, {}, "", {kpi: points[kpi][i].mean for kpi in asked.kpis}) for i in range(n)]
    keeps = np.array([one.keeps(asked) for one in again])
    up = np.array([upward(one.objectives(asked), asked) for one in again])
    leads = non_dominated(np.where(keeps[:, None], up, np.nan))
    beats = [bool((one >= up[0]).all() and (one > up[0]).any()) for one in up]
    may_be = np.zeros(n, bool)
    first, way = next(iter(asked.objectives.items()))
    if keeps.any():
        among = np.flatnonzero(keeps)
        may_be[among[list(screened(found.per_replication(first)[among], larger_is_better=way == "max").kept)]] = True
    return [
        Finalist(
            name=name,
            trial=trials.get(name),
            found={kpi: points[kpi][i] for kpi in asked.kpis},
            less_base={kpi: less[kpi][i] for kpi in asked.kpis},
            keeps=bool(keeps[i]),
            leads=bool(leads[i]),
            beats_base=beats[i],
            may_be_best=bool(may_be[i]),
        )
        for i, name in enumerate(found.points)
    ]


def recommended(found: Sequence[Finalist], asked: Optimize) -> Finalist | None:
    """Give the best in the first objective of those not dominated, on fresh seeds; None if that is the base."""
    leading = [one for one in found if one.leads]
    if not leading:
        return None
    # The base comes first: what is only as good as it is no reason to change.
    best = max(leading, key=lambda one: upward([one.found[kpi].mean for kpi in asked.objectives], asked)[0])
    return None if best.name == BASE else best
