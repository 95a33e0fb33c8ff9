"""What has been added up in each month, on each way into a change, and against never changing."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cached_property
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.answers.cube import Cube
from experiments.sampling.ways import NEVER, Ways, named, years
from experiments.specs.transition import A_YEAR, Transition
from sim.analysis.crossing import Crossing, crossings
from sim.analysis.intervals import Interval, mean_interval

TENTHS = {"p10": 10.0, "p50": 50.0, "p90": 90.0}


@dataclass(frozen=True)
class Way:
    """One way.

    Attributes
    ----------
    name : str
        When the change is made.
    sums : ndarray of float64, shape (months, replications)
        What has been added up since the first month that is looked at.
    gaps : ndarray of float64, shape (months, replications)
        The same less what never changing has brought, in the same replication.
    """

    name: str
    sums: NDArray[np.float64]
    gaps: NDArray[np.float64]

    @cached_property
    def less_never(self) -> list[Interval]:
        """By month, the paired difference from never changing."""
        return [mean_interval(gap) for gap in self.gaps]


def tenths(values: NDArray[np.float64]) -> dict[str, list[float]]:
    """Give p10, p50 and p90 over replications by month; nan where a replication is not defined."""
    return {name: np.percentile(values, at, axis=1).tolist() for name, at in TENTHS.items()}


@dataclass(frozen=True)
class Ledgered:
    """All ways, never changing first.

    Attributes
    ----------
    asked : Transition
        The question.
    months : tuple of float
        After the decision; in the first nothing has been added up yet.
    ways : list of Way
        Each with as many months.
    unit : str
        Of the sums.
    """

    asked: Transition
    months: tuple[float, ...]
    ways: list[Way]
    unit: str

    def worst(self, way: Way) -> tuple[float, Interval]:
        """Give the month in which a way is furthest behind never changing, and by how much."""
        means = [one.mean if isfinite(one.mean) else np.inf for one in way.less_never]
        at = int(np.argmin(means))
        return self.months[at], way.less_never[at]

    def made_good(self, way: Way) -> Crossing | None:
        """Give the last change from behind never changing to ahead of it; None if a way ends behind or never was."""
        bounds = [[getattr(one, name) for one in way.less_never] for name in ("mean", "low", "high")]
        found = crossings(self.months, *bounds)
        return found[-1] if found and found[-1].rising else None

    def plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        told = {}
        for way in self.ways[1:]:
            (month, behind), good = self.worst(way), self.made_good(way)
            told[way.name] = {
                "furthest_behind": {"month": month, **behind.plain()},
                "made_good_in_month": None if good is None else good.at,
                "in_the_end": way.less_never[-1].plain(),
            }
        return {"against_never": told, "unit": self.unit, "months": list(self.months)}


def added_up(asked: Transition, ways: Ways, found: Cube) -> Ledgered:
    """Add up a measure that is so much a year.

    Parameters
    ----------
    asked : Transition
        The question.
    ways : Ways
        What was run.
    found : Cube
        The measure at all points.
    """
    place = {name: i for i, name in enumerate(found.points)}
    values = found.values[asked.kpi]
    length = np.array([years(asked, month) for month in ways.months])
    sums = {}
    for way in ways.starts:
        rates = values[[place[named(way, month)] for month in ways.months]]
        sums[way] = np.vstack([np.zeros(found.replications), rates * length[:, None]])
    told = [Way(way, mine, mine - sums[NEVER]) for way, mine in sums.items()]
    return Ledgered(asked, (-asked.since, *ways.months), told, _summed(found.units[asked.kpi], asked.kpi))


def write_months(path: Path, found: Ledgered) -> None:
    """Write what has been added up by way and month as CSV."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        bounds = ("mean", "low", "high")
        writer.writerow(["way", "month", *TENTHS, *(f"less_never_{bound}" for bound in bounds), "n", "unit"])
        for way in found.ways:
            levels = tenths(way.sums)
            for i, month in enumerate(found.months):
                one = way.less_never[i]
                numbers = [*(level[i] for level in levels.values()), *(getattr(one, bound) for bound in bounds)]
                told = [x if isfinite(x) else "" for x in numbers]
                writer.writerow([way.name, f"{month:g}", *told, way.sums.shape[1], found.unit])


def _summed(unit: str, kpi: str) -> str:
    """Give the unit of a sum of something a year."""
    return unit.removesuffix("/year") if unit.endswith("/year") else f"{unit} ({kpi.removesuffix(A_YEAR)})"
