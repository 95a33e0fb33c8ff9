"""Candidates for the best, each with as many replications as it was given: the same luck in the same replication."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from experiments.complaint import Complaint
from experiments.question import Question
from experiments.running.points import cube
from sim.scenario import Scenario


class Candidates:
    """Values of one measure by candidate and replication, run as they are asked for.

    Parameters
    ----------
    scenarios : mapping of str to Scenario
        By name.
    question : Question
        Engine, workers, seed and a store.
    kpi : str
        The measure; where it is a ratio, the ratio of each replication.
    title : str
        What the progress line says.
    """

    def __init__(self, scenarios: Mapping[str, Scenario], question: Question, kpi: str, title: str) -> None:
        self._scenarios, self._question, self._kpi, self._title = dict(scenarios), question, kpi, title
        self.names = tuple(scenarios)
        """In the order in which they were given."""
        self.runs: NDArray[np.int64] = np.zeros(len(self.names), np.int64)
        """Replications of each."""
        self.values: NDArray[np.float64] = np.empty((len(self.names), 0))
        """Shape (candidates, replications); nan from the number of its own replications on."""
        self.unit = ""
        """Of the measure; known once something was run."""

    @property
    def spent(self) -> int:
        """Replications of all together."""
        return int(self.runs.sum())

    def run(self, runs: Sequence[int] | NDArray[np.int64]) -> None:
        """See to it that every candidate has so many replications; those that have more keep them.

        Raises
        ------
        Complaint
            If a run cannot go on, or the measure is not defined in one of the replications.
        """
        wanted = np.maximum(self.runs, np.asarray(runs, np.int64))
        if wanted.max() > self.values.shape[1]:
            wider = np.full((len(self.names), int(wanted.max())), np.nan)
            wider[:, : self.values.shape[1]] = self.values
            self.values = wider
        # What comes after the first stage comes in small pieces: one line tells of all of them.
        quiet = self._question.model_copy(update={"quiet": self._question.quiet or bool(self.runs.any())})
        for n in np.unique(wanted[wanted > self.runs]).tolist():
            rows = np.flatnonzero((wanted == n) & (self.runs < n))
            points = {self.names[i]: self._scenarios[self.names[i]] for i in rows}
            found = cube(points.items(), quiet, [self._kpi], title=self._title, replications=n)
            self.unit = found.units[self._kpi]
            self.values[rows, :n] = found.values[self._kpi]
            self._all_defined(rows, n)
        ran = bool(self.runs.any()) and int((wanted > self.runs).sum())
        self.runs = wanted
        if ran and not self._question.quiet:
            print(f"{self._title}: {self.spent} replications, the last of {ran} candidates", file=sys.stderr)

    def _all_defined(self, rows: NDArray[np.int64], n: int) -> None:
        gaps = np.argwhere(~np.isfinite(self.values[rows, :n]))
        if len(gaps):
            row, replication = gaps[0].tolist()
            where = f"of {self.names[rows[row]]} in replication {replication}"
            rule = f"is not defined in every replication, as {where}: nobody can be judged by it"
            raise Complaint.about("select.kpi", rule, repr(self._kpi))
