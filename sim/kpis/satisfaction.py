"""What customers live through, and whether they stay."""

from __future__ import annotations

from math import exp, nan

import numpy as np

from sim.kpis.accounts import segment_of
from sim.kpis.batch import Batch
from sim.kpis.contacts import contact_steps
from sim.kpis.on_time import OnTime, milestone_of
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Floats, add_floats, counts, overlap, sums
from sim.plan import END, Plan
from sim.trace import NOT_KEPT, Event
from sim.worktime import DAY_MS, YEAR_MS

PROMOTER, DETRACTOR = 0.8, 0.4
"""Satisfaction from which, or up to which, people speak well or ill: assumption, .7 to .9 and .3 to .5."""


class Satisfaction:
    """Proxies for satisfaction.

    Index: mean satisfaction, at the window's end, of those who were customers at t=0. Who left keeps the
    satisfaction left with, and a later return does not change it, so that losing the dissatisfied does not
    raise the index. Promoter index: of the same accounts, share of promoters less share of detractors.

    Touchpoints: mean score of those in the window.

    On time, on time in full, right first time: see `OnTime`.

    Effort: contacts (finished tasks with the customer present, or of the kinds `CONTACT_KINDS`, and appointments
    to which nobody else came) and changes of hands in the window, per root case begun in it. Resolved share: of
    root cases that began in the window, those that ended with an outcome that is not one of giving up (where a
    step's `left` or `full`, or the journey's `window_to`, leads, or the account left); open ones are not resolved.

    Churn: customers that left in the window per year of being a customer in it, open ends included. Retention
    is exp(-churn).

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._segment_of = segment_of(plan)
        accounts, segments = len(self._segment_of) - 1, len(plan.segments)
        self._customer = np.zeros(accounts, dtype=np.bool_)
        self._left = np.zeros(accounts, dtype=np.bool_)
        self._score = np.full(accounts, nan)
        self._scored_ms = np.zeros(accounts, dtype=np.int64)
        self._churned = np.zeros(segments, dtype=np.int64)
        self._at_risk_ms = np.zeros(segments, dtype=np.int64)
        self._on_time = OnTime(plan)
        self._milestone_of = milestone_of(plan)
        milestones = len(plan.milestones)
        self._touches = np.zeros(milestones, dtype=np.int64)
        self._touch_sum = np.zeros(milestones)
        self._contact = contact_steps(plan)
        self._root = _root_steps(plan)
        self._given_up = _given_up(plan)
        self._contacts = self._handoffs = self._roots = self._entered = self._resolved = 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if len(self._customer):
            self._add_accounts(batch)
        if len(self._touches):
            self._add_touches(batch)
        self._on_time.add(batch)
        finished, missed, handed = (batch.now(e) for e in (Event.FINISH, Event.MISSED_APPOINTMENT, Event.HANDOFF))
        self._contacts += int(np.count_nonzero(self._contact[finished.step]))
        self._contacts += int(np.count_nonzero(missed.value == NOT_KEPT))
        self._handoffs += int(np.count_nonzero(handed.case >= 0))
        begun, ended = batch.of(Event.BEGIN), batch.of(Event.END)
        self._roots += int(np.count_nonzero(self._root[batch.now(Event.BEGIN).step]))
        entered = (begun.since_ms >= self._lo) & (begun.since_ms < self._hi)
        self._entered += int(np.count_nonzero(self._root[begun.step] & entered))
        resolved = self._root[ended.step] & ~self._given_up[ended.step]
        entered = (ended.since_ms >= self._lo) & (ended.since_ms < self._hi)
        self._resolved += int(np.count_nonzero(resolved & entered))

    def _add_accounts(self, batch: Batch) -> None:
        first = batch.of(Event.CUSTOMER)
        self._customer[first.account] = True
        states = batch.of(Event.CUSTOMER, Event.STATE, Event.OPEN_ACCOUNT)
        # The closing rows stand at the end of the run, which usually is the end of the window.
        closing = (states.event == Event.OPEN_ACCOUNT) & (states.time_ms == self._hi)
        until = closing | (states.time_ms < self._hi)
        states = states.where(until & (states.account >= 0))
        states = states.where(~self._left[states.account])
        self._score[states.account] = states.value
        self._scored_ms[states.account] = states.time_ms
        churned, open_ = batch.of(Event.CHURN), batch.of(Event.OPEN_ACCOUNT)
        segments = len(self._churned)
        for rows in (churned, open_):
            inside = overlap(rows.since_ms, rows.time_ms, self._lo, self._hi)
            self._at_risk_ms += sums(self._segment_of[rows.account], inside, segments)
        if len(churned):
            self._churned += counts(self._segment_of[batch.now(Event.CHURN).account], segments)
            gone = churned.where(churned.time_ms < self._hi)
            gone = gone.where(~self._left[gone.account])
            # Backwards, so that of several departures of one account the first is kept.
            self._score[gone.account[::-1]] = gone.value[::-1]
            self._left[gone.account] = True

    def _add_touches(self, batch: Batch) -> None:
        touches = batch.now(Event.TOUCH)
        touches = touches.where(self._milestone_of[touches.step] >= 0)
        milestone, size = self._milestone_of[touches.step], len(self._touches)
        self._touches += counts(milestone, size)
        add_floats(self._touch_sum, touches, milestone, touches.value)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan = self._plan
        scores = self._scores()
        n = len(scores)
        promoters, detractors = int((scores >= PROMOTER).sum()), int((scores <= DETRACTOR).sum())
        found = {
            "index": Measure(float(scores.mean()) if n else nan, "0 to 1"),
            "promoter_index": Measure(ratio(promoters - detractors, n), "-1 to 1"),
            "touch.mean": Measure(ratio(float(self._touch_sum.sum()), int(self._touches.sum())), "0 to 1"),
        }
        for m, milestone in enumerate(plan.milestones):
            touch = ratio(float(self._touch_sum[m]), int(self._touches[m]))
            found[f"touch.{milestone.name}.mean"] = Measure(touch, "0 to 1")
        found |= self._on_time.result()
        found["contacts_per_need"] = Measure(ratio(self._contacts, self._roots), "1")
        found["handoffs_per_need"] = Measure(ratio(self._handoffs, self._roots), "1")
        found["resolved_share"] = Measure(ratio(self._resolved, self._entered), "share")
        self._add_churn(found)
        return {f"satisfaction.{name}": measure for name, measure in found.items()}

    def _scores(self) -> Floats:
        """Satisfaction of the customers of t=0 at the window's end, drifted since last written down."""
        neutral, half_life_days, _, _ = self._plan.satisfaction
        idle_days = np.where(self._left, 0, self._hi - self._scored_ms) / DAY_MS
        now = neutral + (self._score - neutral) * np.exp2(-idle_days / half_life_days)
        # Without time to drift nothing is computed, so that nothing is rounded.
        return np.asarray(np.where(idle_days > 0.0, now, self._score)[self._customer])

    def _add_churn(self, found: dict[str, Measure]) -> None:
        churned, at_risk = self._churned.tolist(), self._at_risk_ms.tolist()
        found["customers"] = Measure(ratio(sum(at_risk), self._hi - self._lo), "1")
        groups = [("", sum(churned), sum(at_risk))]
        groups += [(f".{s}", churned[i], at_risk[i]) for i, s in enumerate(self._plan.segments)]
        for label, n, ms in groups:
            churn = ratio(n, ms / YEAR_MS)
            found[f"churn_per_account_year{label}"] = Measure(churn, "1/year")
            found[f"retention_per_year{label}"] = Measure(exp(-churn), "share")


def _root_steps(plan: Plan) -> Flags:
    """Mark the steps of journeys that needs, streams and sources begin."""
    roots = {plan.needs.journey} if plan.needs is not None else set()
    roots |= {s.journey for s in plan.streams} | {s.journey for s in plan.sources}
    return np.array([*(s.journey in roots for s in plan.steps), False])


def _given_up(plan: Plan) -> Flags:
    """Mark the end steps to which giving up leads."""
    targets = {t for s in plan.steps for t in (s.left, s.full)}
    targets |= {t for j in plan.journeys for t in (j.window_to, j.void)}
    return np.array([*(s.verb == END and s.index in targets for s in plan.steps), False])
