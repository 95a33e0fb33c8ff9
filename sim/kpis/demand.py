"""Where the needs of prospects went: counted over the whole run, so that every one of them is accounted for."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure
from sim.plan import Plan
from sim.trace import Event

OUTCOMES = ("not_reached", "inquiries", "unusable")
"""In the order of the values of NEED rows."""


class Demand:
    """Needs, and how many of them did not reach the company, began a case, or met an account that was not available.

    Definitions: ``demand.needs`` counts the needs of prospects that arose in the run, warm-up included;
    ``demand.not_reached``,
    ``demand.inquiries`` and ``demand.unusable`` add up to it. Nothing is unfinished: a need is settled when it arises.

    Parameters
    ----------
    plan : Plan
        Not read; every family takes one.
    """

    def __init__(self, plan: Plan) -> None:
        self._counts = np.zeros(len(OUTCOMES), dtype=np.int64)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        values = batch.of(Event.NEED).value
        if len(values):
            self._counts += np.bincount(values.astype(np.int64), minlength=len(OUTCOMES))

    def result(self) -> dict[str, Measure]:
        """Give the counts."""
        found = {"demand.needs": Measure(float(self._counts.sum()), "needs")}
        for name, count in zip(OUTCOMES, self._counts, strict=True):
            found[f"demand.{name}"] = Measure(float(count), "needs")
        return found
