"""How much comes in, goes out and is sold."""

from __future__ import annotations

from math import nan

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Floats, Ints, Rows, add_floats, by_block, counts, float_sum, lookup, sums
from sim.plan import END, Plan
from sim.trace import Event
from sim.worktime import WEEK_MS


class Throughput:
    """Rates in the window, and what became of those who entered in it.

    A rate counts what happened at lo <= time < hi, divided by the weeks of the window, which need not be
    whole. What is not finished at the end has not happened. Outcomes are shares of all cases that *began* in
    the window, whenever they ended; those still open are a share of their own, so that the shares of a
    journey add up to 1.

    Variance over mean is that of whole weeks (Monday to Sunday) inside the window, the variance with n - 1; 1
    is what pure chance at a constant rate gives for counts. Money comes in orders of unequal size, of which chance
    alone would make sum of squares over sum of them; bookings are also given as a multiple of that.

    The pipeline is what is at stake in open cases of the journeys that book an order: the sum of their order
    values, averaged over the window, whatever becomes of them.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._first_week = -(-self._lo // WEEK_MS)
        self._weeks = max(0, self._hi // WEEK_MS - self._first_week)
        self._journey_of = lookup([s.journey for s in plan.steps])
        steps, journeys = len(plan.steps), len(plan.journeys)
        self._books = {step.journey for step in plan.steps if step.books}
        self._needs = self._inquiries = self._won = self._booked = 0
        self._won_usd = self._booked_usd = self._billed_usd = 0.0
        self._weekly_inquiries = np.zeros(self._weeks, dtype=np.int64)
        self._weekly_orders = np.zeros(self._weeks, dtype=np.int64)
        self._weekly_usd = np.zeros(self._weeks)
        self._squared_usd = 0.0
        self._pipeline_usd_ms = np.zeros(journeys)
        self._entered = np.zeros(journeys, dtype=np.int64)
        self._outcome = np.zeros(steps, dtype=np.int64)
        self._begun = np.zeros(journeys, dtype=np.int64)
        self._ended = np.zeros(journeys, dtype=np.int64)

    def _by_week(self, rows: Rows) -> tuple[Rows, Ints]:
        week = rows.time_ms // WEEK_MS - self._first_week
        whole = (week >= 0) & (week < self._weeks)
        return rows.where(whole), week[whole]

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        needs = batch.now(Event.NEED)
        inquiries = needs.where(needs.value == 1.0)
        self._needs += len(needs)
        self._inquiries += len(inquiries)
        self._weekly_inquiries += counts(self._by_week(inquiries)[1], self._weeks)
        won, booked, billed = batch.now(Event.WON), batch.now(Event.BOOK), batch.now(Event.BILL)
        self._won += len(won)
        self._won_usd = float_sum(self._won_usd, won, won.value)
        self._booked += len(booked)
        self._booked_usd = float_sum(self._booked_usd, booked, booked.value)
        rows, week = self._by_week(booked)
        self._weekly_orders += counts(week, self._weeks)
        add_floats(self._weekly_usd, rows, week, rows.value)
        self._squared_usd = float_sum(self._squared_usd, rows, rows.value**2)
        self._billed_usd = float_sum(self._billed_usd, billed, billed.value)
        self._add_cases(batch)

    def _add_cases(self, batch: Batch) -> None:
        begun, ended = batch.of(Event.BEGIN), batch.of(Event.END)
        steps = len(self._outcome)
        if self._books:
            # Of each block first what begins, then what ends.
            for parts in zip(self._pipeline(batch, begun, 1.0), self._pipeline(batch, ended, -1.0), strict=True):
                for part in parts:
                    self._pipeline_usd_ms += part
        self._begun += self._by_journey(counts(batch.now(Event.BEGIN).step, steps))
        self._ended += self._by_journey(counts(batch.now(Event.END).step, steps))
        self._entered += self._by_journey(counts(self._entrants(begun).step, steps))
        self._outcome += counts(self._entrants(ended).step, steps)

    def _entrants(self, rows: Rows) -> Rows:
        """Give the rows of those who entered in the window."""
        return rows.where((rows.since_ms >= self._lo) & (rows.since_ms < self._hi))

    def _by_journey(self, by_step: Ints) -> Ints:
        return sums(self._journey_of[:-1], by_step, len(self._begun))

    def _pipeline(self, batch: Batch, rows: Rows, sign: float) -> Floats:
        """Give what rows add to the pipeline's USD x ms, shape (blocks, journeys)."""
        left_ms = np.maximum(self._hi - np.maximum(rows.time_ms, self._lo), 0)
        shape = batch.blocks, len(self._begun)
        return by_block(rows, self._journey_of[rows.step], sign * rows.value * left_ms, shape)

    def _over_chance(self) -> float:
        """Give variance over mean of weekly bookings, over what orders of these sizes coming by pure chance give.

        That is, the sum of their squares over their sum: the variance over the mean of a compound Poisson
        process (Ross 2014, Introduction to Probability Models, 11th ed., section 5.4.2).
        """
        return ratio(dispersion(self._weekly_usd) * float(self._weekly_usd.sum()), self._squared_usd)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        weeks = (self._hi - self._lo) / WEEK_MS
        a_week = "1/week"
        found = {
            "needs_per_week": Measure(ratio(self._needs, weeks), a_week),
            "inquiries_per_week": Measure(ratio(self._inquiries, weeks), a_week),
            "new_customers_per_week": Measure(ratio(self._won, weeks), a_week),
            "first_order_usd_per_week": Measure(ratio(self._won_usd, weeks), "USD/week"),
            "wins_per_1000_needs": Measure(ratio(1000.0 * self._won, self._needs), "1"),
            "orders_per_week": Measure(ratio(self._booked, weeks), a_week),
            "bookings_usd_per_week": Measure(ratio(self._booked_usd, weeks), "USD/week"),
            "revenue_usd_per_week": Measure(ratio(self._billed_usd, weeks), "USD/week"),
            "contribution_usd_per_week": Measure(
                self._plan.contribution_margin * ratio(self._billed_usd, weeks), "USD/week"
            ),
            "inquiries.variance_over_mean": Measure(dispersion(self._weekly_inquiries), "1"),
            "orders.variance_over_mean": Measure(dispersion(self._weekly_orders), "1"),
            "bookings.variance_over_mean": Measure(dispersion(self._weekly_usd), "USD"),
            "bookings.variance_over_chance": Measure(self._over_chance(), "1"),
        }
        for j, journey in enumerate(self._plan.journeys):
            if journey.first < 0:
                continue
            found[f"{journey.name}.begins_per_week"] = Measure(ratio(int(self._begun[j]), weeks), a_week)
            found[f"{journey.name}.ends_per_week"] = Measure(ratio(int(self._ended[j]), weeks), a_week)
            if j in self._books:
                pipeline = max(0.0, float(self._pipeline_usd_ms[j]))
                found[f"{journey.name}.pipeline_usd"] = Measure(ratio(pipeline, self._hi - self._lo), "USD")
            entered = int(self._entered[j])
            closed = 0
            for step in self._plan.steps:
                if step.journey == j and step.verb == END:
                    n = int(self._outcome[step.index])
                    closed += n
                    found[f"{journey.name}.end.{step.name}_share"] = Measure(ratio(n, entered), "share")
            found[f"{journey.name}.end.open_share"] = Measure(ratio(entered - closed, entered), "share")
        return {f"throughput.{name}": measure for name, measure in found.items()}


def dispersion(weekly: Ints | Floats) -> float:
    """Give variance over mean of weekly totals; nan under two weeks or if all are zero.

    Source: index of dispersion, Cox and Lewis 1966, The Statistical Analysis of Series of Events, chapter 4.
    """
    if len(weekly) < 2 or not weekly.any():
        return nan
    return float(np.var(weekly, ddof=1) / np.mean(weekly))
