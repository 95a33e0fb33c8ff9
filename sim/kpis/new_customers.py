"""What new customers cost to win, what they bring month by month, and when that has paid for winning them."""

from __future__ import annotations

import numpy as np

from sim.cost import head_usd
from sim.kpis.accounts import segment_of
from sim.kpis.batch import Batch
from sim.kpis.payback import payback_months
from sim.kpis.phases import phases_in
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import add_floats, sums
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import YEAR_MS

MONTH_MS = YEAR_MS // 12
MOST_MONTHS = 36
ACQUIRING_KINDS = ("prospecting", "marketing")
"""Kinds of work that serve to win customers, whatever journey they are done for."""


class NewCustomers:
    """Acquisition cost, and contribution of the customers won in the window by months since they were won.

    Acquisition cost is what the design spends on winning customers: the marketing budget, and of the yearly cost of
    each role the share of its busy hours that went into cases of the journey that needs of prospects begin (travel
    and kits included) or into work of the kinds `ACQUIRING_KINDS`. Idle hours are so spread over all work. It is
    less than the operating expense that `money.cost_per_new_customer_usd` divides, which also keeps and serves
    customers.

    Contribution: margin of what was billed to an account in the m-th month since it was won, over all customers
    won in the window and followed to the end of that month; those that left again are followed and bring nothing.
    An account that is won twice counts from the first time. A month is a twelfth of 52 weeks.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._journey = -1 if plan.needs is None else plan.needs.journey
        self._months = min(MOST_MONTHS, (self._hi - self._lo) // MONTH_MS)
        self._won_ms = np.full(len(segment_of(plan)) - 1, -1, dtype=np.int64)
        self._billed_usd = np.zeros(self._months)
        self._won = 0
        acquires = [s.activity >= 0 and plan.activities[s.activity].kind in ACQUIRING_KINDS for s in plan.steps]
        self._acquires = np.array([*acquires, False])
        self._worked = np.zeros((len(plan.roles), len(plan.steps)), dtype=np.int64)
        self._borrowed = np.zeros(len(plan.roles), dtype=np.int64)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if self._journey < 0:
            return
        work, journeys = batch.work, batch.journeys
        self._worked += work.by_step_ms
        mine = np.flatnonzero(journeys.borrowed[work.rows.step] & ~self._acquires[work.rows.step])
        mine = mine[journeys.of(work.rows.take(mine)) == self._journey]
        self._borrowed += sums(work.rows.role[mine], work.worked_ms[mine], len(self._borrowed))
        won = batch.now(Event.WON)
        self._won += len(won)
        # Backwards, so that of several wins of one account the first is kept.
        won = won.take(np.flatnonzero(self._won_ms[won.account] < 0)[::-1])
        self._won_ms[won.account] = won.time_ms
        self._add_bills(batch)

    def _add_bills(self, batch: Batch) -> None:
        billed = batch.of(Event.BILL)
        billed = billed.where(billed.account >= 0)
        since = self._won_ms[billed.account]
        month = (billed.time_ms - since) // MONTH_MS
        inside = (since >= 0) & (billed.time_ms >= since) & (month < self._months)
        inside &= since + (month + 1) * MONTH_MS <= self._hi
        add_floats(self._billed_usd, billed.where(inside), month[inside], billed.value[inside])

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if self._journey < 0:
            return {}
        plan = self._plan
        mine = self._acquires[:-1] | np.array([s.journey == self._journey for s in plan.steps])
        acquiring = self._worked[:, mine].sum(axis=1) + self._borrowed
        shares = [
            part / busy if busy else 0.0
            for busy, part in zip(self._worked.sum(axis=1).tolist(), acquiring.tolist(), strict=True)
        ]
        expense = 0.0
        for start, end, design in phases_in(plan, self._lo, self._hi):
            held, roles = (end - start) / (self._hi - self._lo), zip(design.roles, shares, strict=True)
            expense += held * design.marketing_usd_per_year
            expense += held * sum(role.headcount * head_usd(role) * share for role, share in roles)
        won_per_year = self._won / ((self._hi - self._lo) / YEAR_MS)
        each = ratio(expense, won_per_year)
        followed = (self._hi - self._won_ms[self._won_ms >= 0]) // MONTH_MS
        customers = np.array([(followed > m).sum() for m in range(self._months)], dtype=np.float64)
        contribution = plan.contribution_margin * self._billed_usd
        found = {
            "money.acquisition_usd_per_year": Measure(expense, "USD/year"),
            "money.acquisition_cost_per_new_customer_usd": Measure(each, "USD"),
            "money.payback_months": Measure(payback_months(each, customers, contribution), "months"),
        }
        for m in range(self._months):
            found[f"money.cohort.customers.m{m + 1:02}"] = Measure(float(customers[m]), "customers")
            found[f"money.cohort.contribution_usd.m{m + 1:02}"] = Measure(float(contribution[m]), "USD")
        return found
