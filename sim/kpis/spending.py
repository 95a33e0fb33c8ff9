"""Marketing money that was really spent."""

from __future__ import annotations

from math import fsum

from sim.kpis.batch import Batch
from sim.kpis.quantity import ratio
from sim.kpis.rows import overlap
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import YEAR_MS


class Spending:
    """Campaign money of the window, a week's money spread evenly over the week.

    Parameters
    ----------
    plan : Plan
        What was run. Without campaigns all marketing money is spent.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._usd: list[float] = []

    def add(self, batch: Batch) -> None:
        """Fold the next batch; one number a week is kept."""
        rows = batch.of(Event.SPEND)
        if len(rows.value):
            inside = overlap(rows.since_ms, rows.time_ms, self._lo, self._hi)
            length = (rows.time_ms - rows.since_ms).clip(min=1)
            self._usd += (rows.value * inside / length).tolist()

    def usd_per_year(self) -> float:
        """Give the money spent, by year."""
        if not self._plan.outreach.campaigns:
            return self._plan.marketing_usd_per_year
        return ratio(fsum(self._usd), (self._hi - self._lo) / YEAR_MS)
