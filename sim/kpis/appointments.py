"""Appointments: how many are made and kept, how late they begin, and what booking them takes."""

from __future__ import annotations

from math import nan

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Flags, Rows, counts, lookup
from sim.kpis.samples import GroupedSamples, quantile
from sim.plan import Plan
from sim.trace import NOT_KEPT, Event
from sim.worktime import HOUR_MS, WEEK_MS

ALL = "all"
"""Stands for the appointments of all activities together."""
KEPT, AWAY_THAT_DAY, DID_NOT_KEEP, RELEASED = range(4)
"""How an appointment ends: begun, person away, person did not keep to it, customer left before."""
SHARES = ("kept_share", "away_share", "not_kept_share", "released_share")
FEWEST = 50
"""Fewest of which a 90 % quantile is given."""

NONE = -1
"""No appointment is ahead."""


class Appointments:
    """Slots reserved, and what became of them, by activity done by appointment; nothing where there is none.

    A reserved slot ends in exactly one way: it is kept (its person begins, with the travel before it or the work
    itself), missed because the person is away or does not keep to it, or released because the customer left first. A
    moved appointment is a missed and a new one. Shares are of those that ended in the window, and add up to 1; those
    ahead at the end count in none.

    Lateness: open hours of the role from the slot's start to the true one, of appointments kept in the window. Lead
    time: elapsed hours from asking (entry into the queue of whoever books) to the slot's start, of slots reserved in
    the window. Booking hours: work on bookings finished in the window, set-up included, over appointments kept in it.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        activities = [i for i, a in enumerate(plan.activities) if a.slot_ms]
        self._names = [plan.activities[i].name for i in activities]
        place = {activity: n for n, activity in enumerate(activities)}
        self._place_of = lookup([place.get(s.activity, -1) for s in plan.steps])
        lead_ins = {step for i in activities for step, _, _ in plan.activities[i].lead_ins}
        self._begins = np.array([*(s.activity in place or s.index in lead_ins for s in plan.steps), False])
        bookings = {plan.activities[i].booking for i in activities} - {-1}
        self._books = np.array([*(s.index in bookings for s in plan.steps), False])
        self._booked = bool(bookings)
        self._ahead, self._ahead_ms = (np.empty(0, dtype=np.int64) for _ in range(2))
        self._reserved = np.zeros(len(activities), dtype=np.int64)
        self._ended = np.zeros((len(activities), len(SHARES)), dtype=np.int64)
        self._late, self._lead = (GroupedSamples(len(activities)) for _ in range(2))
        self._booking_ms = 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._names:
            return
        starts = batch.of(Event.START)
        starts = starts.where(self._begins[starts.step])
        others = [batch.of(event) for event in (Event.RESERVE, Event.MISSED_APPOINTMENT, Event.RELEASE)]
        rows = batch.merged(starts, *(rows.where(self._begins[rows.step]) for rows in others))
        self._ahead = batch.cases.carried(self._ahead, NONE)
        self._ahead_ms = batch.cases.carried(self._ahead_ms, 0)
        reserves = rows.event == Event.RESERVE
        self._add_reserved(rows.where(reserves))
        self._add_ended(batch, rows, reserves)
        done = batch.now(Event.FINISH)
        done = done.where(self._books[done.step])
        self._booking_ms += int(done.value[done.case >= 0].sum())

    def _add_reserved(self, rows: Rows) -> None:
        rows = rows.between(self._lo, self._hi)
        place, ahead = self._place_of[rows.step], rows.value.astype(np.int64) - rows.since_ms
        self._reserved += counts(place, len(self._names))
        self._lead.extend(place, ahead)

    def _add_ended(self, batch: Batch, rows: Rows, reserves: Flags) -> None:
        """Add the ends of appointments: whatever row of a case follows on its RESERVE."""
        order = batch.cases.order(rows.number)
        rows, reserves = rows.take(order), reserves[order]
        place = np.where(reserves, self._place_of[rows.step], NONE)
        start = np.where(reserves, rows.value, 0.0).astype(np.int64)
        first = np.concatenate(([True], rows.number[1:] != rows.number[:-1]))[: len(rows)]
        reserved = np.where(first, self._ahead[rows.number], np.roll(place, 1))
        start_before = np.where(first, self._ahead_ms[rows.number], np.roll(start, 1))
        last = np.roll(first, -1)
        self._ahead[rows.number[last]], self._ahead_ms[rows.number[last]] = place[last], start[last]
        ends = ~reserves & (reserved != NONE) & (rows.time_ms >= self._lo) & (rows.time_ms < self._hi)
        rows, reserved, start = rows.where(ends), reserved[ends], start_before[ends]
        how = np.where(rows.value == NOT_KEPT, DID_NOT_KEEP, AWAY_THAT_DAY)
        how = np.where(rows.event == Event.RELEASE, RELEASED, np.where(rows.event == Event.START, KEPT, how))
        self._ended += counts(reserved * len(SHARES) + how, self._ended.size).reshape(self._ended.shape)
        kept = how == KEPT
        rows, reserved, start = rows.where(kept), reserved[kept], start[kept]
        self._late.extend(reserved, batch.openings.worked(rows.role, start, rows.time_ms))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if not self._names:
            return {}
        found: dict[str, Measure] = {}
        everything = range(len(self._names))
        for name, places in (*((name, [i]) for i, name in enumerate(self._names)), (ALL, [*everything])):
            found |= {f"appointments.{name}.{key}": measure for key, measure in self._measures(places).items()}
        if self._booked:
            kept = int(self._ended[:, KEPT].sum())
            found[f"appointments.{ALL}.booking_h_per_kept"] = Measure(ratio(self._booking_ms / HOUR_MS, kept), "h")
        return found

    def _measures(self, places: list[int]) -> dict[str, Measure]:
        weeks = (self._hi - self._lo) / WEEK_MS
        ended = self._ended[places].sum(axis=0).tolist()
        found = {
            "booked_per_week": Measure(ratio(int(self._reserved[places].sum()), weeks), "1/week"),
            "kept_per_week": Measure(ratio(ended[KEPT], weeks), "1/week"),
        }
        found |= {name: Measure(ratio(n, sum(ended)), "share") for name, n in zip(SHARES, ended, strict=True)}
        for name, samples in (("lateness", self._late), ("lead_time", self._lead)):
            these = np.concatenate([samples.apart()[i] for i in places])
            p90 = quantile(these, 0.9) if len(these) >= FEWEST else nan
            found[f"{name}.median_h"] = Measure(quantile(these, 0.5) / HOUR_MS, "h")
            found[f"{name}.p90_h"] = Measure(p90 / HOUR_MS, "h")
        return found
