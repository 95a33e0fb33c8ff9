"""What new customers cost to win, what they bring month by month, and when that has paid for winning them."""

from __future__ import annotations

import numpy as np

from sim.cost import head_usd
from sim.kpis.inside import Journeys
from sim.kpis.payback import payback_months
from sim.kpis.phases import phases_in
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import of, sums, take
from sim.kpis.work import Works
from sim.plan import Plan
from sim.trace import Block, Event
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
        self._won_ms = np.full(len(plan.account_segment), -1, dtype=np.int64)
        self._billed_usd = np.zeros(self._months)
        self._won = 0
        self._journeys, self._works = Journeys(plan), Works(plan)
        acquires = [s.activity >= 0 and plan.activities[s.activity].kind in ACQUIRING_KINDS for s in plan.steps]
        self._acquires = np.array([*acquires, False])
        self._busy, self._acquiring = (np.zeros(len(plan.roles), dtype=np.int64) for _ in range(2))

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if self._journey < 0:
            return
        self._journeys.begin(block)
        work = self._works.add(block)
        role, size = work.rows.role.astype(np.int64), len(self._busy)
        mine = (self._journeys.of(work.rows) == self._journey) | self._acquires[work.rows.step]
        self._busy += sums(role, work.worked_ms, size)
        self._acquiring += sums(role[mine], work.worked_ms[mine], size)
        won = of(block, Event.WON)
        won = take(won, (won.time_ms >= self._lo) & (won.time_ms < self._hi))
        self._won += len(won.account)
        # Backwards, so that of several wins of one account the first is kept.
        won = take(won, np.flatnonzero(self._won_ms[won.account] < 0)[::-1])
        self._won_ms[won.account] = won.time_ms
        self._add_bills(block)

    def _add_bills(self, block: Block) -> None:
        billed = of(block, Event.BILL)
        billed = take(billed, billed.account >= 0)
        since = self._won_ms[billed.account]
        month = (billed.time_ms - since) // MONTH_MS
        inside = (since >= 0) & (billed.time_ms >= since) & (month < self._months)
        inside &= since + (month + 1) * MONTH_MS <= self._hi
        self._billed_usd += np.bincount(month[inside], weights=billed.value[inside], minlength=self._months)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if self._journey < 0:
            return {}
        plan = self._plan
        shares = [
            mine / busy if busy else 0.0
            for busy, mine in zip(self._busy.tolist(), self._acquiring.tolist(), strict=True)
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
