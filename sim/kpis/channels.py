"""How customers meet the company: in person, remotely, or at a machine; and what they adopt."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.kpis.batch import Batch
from sim.kpis.on_time import milestone_of
from sim.kpis.order_taking import OrderTaking, met
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import add_floats, counts, lookup, overlap, sums
from sim.plan import CHANNELS, Plan
from sim.trace import Event
from sim.worktime import WEEK_MS


class Channels:
    """Touchpoints and orders by channel, self-service, adoption, and how reliable machines are.

    A touchpoint or an order belongs to the channel of the role that reached its milestone. What lapsed belongs to no
    channel, as nobody was met.

    Orders: see `OrderTaking`.

    Adoption: time in which accounts had adopted a practice over time in which accounts were customers. Out share:
    of the window, the time in which the machines of a role were out. Fallback share: of the tasks that they finished
    in the window, those they turned out not to be able to do.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._milestone_of = milestone_of(plan)
        self._channel_of = lookup([CHANNELS.index(role.channel) for role in plan.roles])
        self._touches = np.zeros(len(plan.milestones) * len(CHANNELS), dtype=np.int64)
        self._touch_sum = np.zeros(len(self._touches))
        self._last: tuple[int, ...] = (-2, -1, -1, -1)
        self._scored = False
        self._orders = OrderTaking(plan)
        self._practices = len(plan.practices)
        self._adopter_ms = [0] * self._practices
        self._customer_ms = 0
        roles = len(plan.roles)
        self._out_ms, self._cannot, self._done = (np.zeros(roles, dtype=np.int64) for _ in range(3))
        self._machines = [r for r, role in enumerate(plan.roles) if role.machine]
        self._lapsed = 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if len(self._touches):
            self._add_touches(batch)
        self._orders.add(batch)
        self._lapsed += len(batch.now(Event.LAPSE))
        if self._practices:
            self._add_adoption(batch)
        if self._machines:
            self._add_machines(batch)

    def _add_touches(self, batch: Batch) -> None:
        """Add the touchpoints that stand right after the milestone they score, but for rows of other events."""
        touches, reached = batch.of(Event.TOUCH), batch.of(Event.MILESTONE)
        columns: tuple[NDArray[Any], ...] = (reached.case, reached.step, reached.time_ms, reached.role)
        before = np.searchsorted(reached.place, touches.place)
        case, step, time, role = (
            np.concatenate(([last], column))[before] for last, column in zip(self._last, columns, strict=True)
        )
        # Only the first after a milestone scores it.
        first = np.ones(len(touches), dtype=np.bool_)
        first[:1] = (before[:1] > 0) | (not self._scored)
        first[1:] = before[1:] != before[:-1]
        scored = first & (touches.case == case) & (touches.step == step) & (touches.time_ms == time)
        scored &= (time >= self._lo) & (time < self._hi)
        if len(reached):
            self._last = tuple(int(column[-1]) for column in columns)
        if len(reached) or len(touches):
            self._scored = len(touches) > 0 and int(before[-1]) == len(reached)
        touches = touches.where(scored)
        cell = self._milestone_of[touches.step] * len(CHANNELS) + self._channel_of[role[scored]]
        self._touches += counts(cell, len(self._touches))
        add_floats(self._touch_sum, touches, cell, touches.value)

    def _add_adoption(self, batch: Batch) -> None:
        for account in (batch.of(Event.CHURN), batch.of(Event.OPEN_ACCOUNT)):
            self._customer_ms += int(overlap(account.since_ms, account.time_ms, self._lo, self._hi).sum())
        rows = batch.of(Event.ADOPT)
        rest = self._hi - np.clip(rows.time_ms, self._lo, self._hi)
        for value, ms in zip(rows.value.astype(np.int64).tolist(), rest.tolist(), strict=True):
            if value >= 0:
                self._adopter_ms[value] += ms
            else:
                self._adopter_ms[-1 - value] -= ms

    def _add_machines(self, batch: Batch) -> None:
        size = len(self._done)
        out = batch.of(Event.OUTAGE)
        self._out_ms += sums(out.role, overlap(out.since_ms, out.time_ms, self._lo, self._hi), size)
        for event, where in ((Event.CANNOT, self._cannot), (Event.FINISH, self._done)):
            where += counts(batch.now(event).role, size)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan, length = self._plan, self._hi - self._lo
        found = {}
        for m, c in met(plan):
            cell = m * len(CHANNELS) + c
            touch = ratio(float(self._touch_sum[cell]), int(self._touches[cell]))
            found[f"satisfaction.touch.{plan.milestones[m].name}.{CHANNELS[c]}.mean"] = Measure(touch, "0 to 1")
        weeks = length / WEEK_MS
        found["satisfaction.neglected_per_week"] = Measure(ratio(self._lapsed, weeks), "1/week")
        found |= self._orders.result()
        for i, practice in enumerate(plan.practices):
            share = ratio(self._adopter_ms[i], self._customer_ms)
            found[f"channels.adoption.{practice.name}_share"] = Measure(share, "share")
        for r in self._machines:
            name = plan.roles[r].name
            found[f"channels.out.{name}_share"] = Measure(ratio(int(self._out_ms[r]), length), "share")
            fallback = ratio(int(self._cannot[r]), int(self._done[r]))
            found[f"channels.fallback.{name}_share"] = Measure(fallback, "share")
        return found
