"""What a design really costs: the people who are there, the commission that is paid, the money that is spent."""

from __future__ import annotations

from math import fsum

import numpy as np

from sim.cost import cost_by_kind_usd
from sim.kpis.batch import Batch
from sim.kpis.pay import Commission
from sim.kpis.phases import phases_in
from sim.kpis.rows import overlap, sums
from sim.kpis.spending import Spending
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import YEAR_MS


class Realized:
    """Operating expense of the window by kind, as it came true.

    Pay, its premium for risk, and travel are of people who are there: a vacant post costs nothing but the hiring.
    Variable pay is commission where a role earns it, elsewhere what it is at target. Machines and fixed posts cost
    what the design says. Of the marketing money only what was spent counts.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._phases = phases_in(plan, self._lo, self._hi)
        self._there_ms = np.zeros((len(self._phases), len(plan.roles)), dtype=np.int64)
        self._hiring_usd: list[float] = []
        self._commission = Commission(plan)
        self._spending = Spending(plan)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        self._commission.add(batch)
        self._spending.add(batch)
        there = batch.of(Event.DEPART, Event.OPEN_PERSON)
        for i, (lo, hi, _) in enumerate(self._phases):
            self._there_ms[i] += sums(there.role, overlap(there.since_ms, there.time_ms, lo, hi), len(self._plan.roles))
        cost = batch.now(Event.JOIN).value
        self._hiring_usd += cost[cost > 0.0].tolist()

    @property
    def marketing_usd_per_year(self) -> float:
        """Marketing money that was spent."""
        return self._spending.usd_per_year()

    def usd_per_year(self) -> dict[str, float]:
        """Give the yearly cost by kind: those of `cost_by_kind_usd`, and hiring."""
        window_ms = self._hi - self._lo
        found: dict[str, list[float]] = {kind: [] for kind in cost_by_kind_usd(self._plan)}
        for (lo, hi, phase), there_ms in zip(self._phases, self._there_ms.tolist(), strict=True):
            by_terms, held = cost_by_kind_usd(phase), (hi - lo) / window_ms
            for kind in ("fixed_posts", "machines"):
                found[kind].append(held * by_terms[kind])
            for role, ms in zip(phase.roles, there_ms, strict=True):
                if role.machine:
                    continue
                heads = ms / window_ms
                found["pay"].append(heads * role.pay_usd * role.overhead)
                found["risk_premium"].append(heads * role.premium_usd * role.overhead)
                found["travel"].append(heads * role.travel_usd)
                if not role.commission:
                    found["variable_pay"].append(heads * role.variable_usd * role.overhead)
        paid = zip(self._plan.roles, self._commission.usd_per_year().tolist(), strict=True)
        found["variable_pay"] += [usd * role.overhead for role, usd in paid]
        found["marketing"] = [self.marketing_usd_per_year]
        found["hiring"] = [fsum(self._hiring_usd) * YEAR_MS / window_ms]
        return {kind: fsum(parts) for kind, parts in found.items()}
