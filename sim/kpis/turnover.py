"""Who leaves, how long posts stay empty, and which accounts go along."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Floats, add_floats, counts, overlap, sums
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import YEAR_MS

OWN_SHARE = 0.25
"""Share of its ties from which on an account counts as one of the leaver's."""
QUIT = 0.0


class Turnover:
    """Coming and going of people, by role.

    Quits are of the window, per year that people of the role were there. Lost accounts are those that left with
    somebody, at that instant. `share_lost` asks, of all accounts of which a leaver held at least a quarter of the ties,
    how many left; `tie_share_of_own_accounts` is the leaver's mean share in their ties: the business at risk.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        size = len(plan.roles)
        self._there_ms = np.zeros(size, dtype=np.int64)
        self._own_ties = np.zeros(size)
        self._quits, self._left, self._joined, self._lost, self._own, self._own_lost = (
            np.zeros(size, dtype=np.int64) for _ in range(6)
        )

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        size = len(self._there_ms)
        there = batch.of(Event.DEPART, Event.OPEN_PERSON)
        self._there_ms += sums(there.role, overlap(there.since_ms, there.time_ms, self._lo, self._hi), size)
        departed = batch.now(Event.DEPART)
        self._left += counts(departed.role, size)
        self._quits += counts(departed.role[departed.value == QUIT], size)
        joined = batch.now(Event.JOIN)
        self._joined += counts(joined.role, size)
        tied, followed = batch.now(Event.TIED), batch.now(Event.FOLLOW)
        self._lost += counts(followed.role, size)
        own = tied.where(_own(tied.value))
        self._own += counts(own.role, size)
        add_floats(self._own_ties, own, own.role, own.value)
        self._own_lost += counts(followed.role[_own(followed.value)], size)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        years = (self._hi - self._lo) / YEAR_MS
        found: dict[str, Measure] = {}
        for r, role in enumerate(self._plan.roles):
            if role.machine:
                continue
            there = int(self._there_ms[r]) / YEAR_MS
            at = f"people.{role.name}"
            found |= {
                f"{at}.heads_there": Measure(ratio(there, years), "1"),
                f"{at}.turnover_per_year": Measure(ratio(int(self._quits[r]), there), "1/year"),
                f"{at}.left": Measure(float(self._left[r]), "1"),
                f"{at}.joined": Measure(float(self._joined[r]), "1"),
                f"{at}.accounts_lost_per_leaver": Measure(ratio(int(self._lost[r]), int(self._left[r])), "1"),
                f"{at}.tie_share_of_own_accounts": Measure(ratio(float(self._own_ties[r]), int(self._own[r])), "share"),
                f"{at}.share_of_own_accounts_lost": Measure(ratio(int(self._own_lost[r]), int(self._own[r])), "share"),
            }
        return found


def _own(share: Floats) -> Flags:
    return share >= OWN_SHARE
