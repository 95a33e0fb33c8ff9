"""Appointments: how many are made and kept, how late they begin, and what booking them takes."""

from __future__ import annotations

import numpy as np

from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import lookup, of, take
from sim.kpis.samples import Samples
from sim.plan import Plan
from sim.trace import NOT_KEPT, Block, Event
from sim.worktime import HOUR_MS, WEEK_MS

ALL = "all"
"""Stands for the appointments of all activities together."""
KEPT, AWAY_THAT_DAY, DID_NOT_KEEP, RELEASED = range(4)
"""How an appointment ends: begun, person away, person did not keep to it, customer left before."""
SHARES = ("kept_share", "away_share", "not_kept_share", "released_share")
FEWEST = 50
"""Fewest of which a 90 % quantile is given."""

_ROWS = (Event.RESERVE, Event.START, Event.MISSED_APPOINTMENT, Event.RELEASE)


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
        self._calendars = [role.calendar for role in plan.roles]
        activities = [i for i, a in enumerate(plan.activities) if a.slot_ms]
        self._names = [plan.activities[i].name for i in activities]
        place = {activity: n for n, activity in enumerate(activities)}
        self._place_of = lookup([place.get(s.activity, -1) for s in plan.steps])
        lead_ins = {step for i in activities for step, _, _ in plan.activities[i].lead_ins}
        self._begins = np.array([*(s.activity in place or s.index in lead_ins for s in plan.steps), False])
        bookings = {plan.activities[i].booking for i in activities} - {-1}
        self._books = np.array([*(s.index in bookings for s in plan.steps), False])
        self._booked = bool(bookings)
        self._ahead: dict[int, tuple[int, int]] = {}
        self._reserved = [0] * len(activities)
        self._ended = [[0] * len(SHARES) for _ in activities]
        self._late, self._lead = ([Samples() for _ in activities] for _ in range(2))
        self._booking_ms = 0

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if not self._names:
            return
        rows = of(block, *_ROWS)
        rows = take(rows, self._begins[rows.step])
        columns = (rows.time_ms, rows.event, rows.case, rows.step, rows.role, rows.since_ms, rows.value)
        late: list[list[int]] = [[] for _ in self._names]
        lead: list[list[int]] = [[] for _ in self._names]
        for time, event, case, step, role, since, value in zip(*(c.tolist() for c in columns), strict=True):
            now = self._lo <= time < self._hi
            if event == Event.RESERVE:
                place, start = int(self._place_of[step]), int(value)
                self._ahead[case] = place, start
                self._reserved[place] += now
                if now:
                    lead[place].append(start - since)
            elif case in self._ahead:
                place, start = self._ahead.pop(case)
                if not now:
                    continue
                if event == Event.START:
                    self._ended[place][KEPT] += 1
                    late[place].append(self._calendars[role].worked(start, time))
                elif event == Event.RELEASE:
                    self._ended[place][RELEASED] += 1
                else:
                    self._ended[place][DID_NOT_KEEP if value == NOT_KEPT else AWAY_THAT_DAY] += 1
        for kept, found in ((self._late, late), (self._lead, lead)):
            for samples, values in zip(kept, found, strict=True):
                samples.extend(np.array(values, dtype=np.int64))
        done = of(block, Event.FINISH)
        done = take(done, self._books[done.step] & (done.case >= 0))
        now_done = (done.time_ms >= self._lo) & (done.time_ms < self._hi)
        self._booking_ms += int(done.value[now_done].sum())

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        if not self._names:
            return {}
        found: dict[str, Measure] = {}
        everything = range(len(self._names))
        for name, places in (*((name, [i]) for i, name in enumerate(self._names)), (ALL, [*everything])):
            found |= {f"appointments.{name}.{key}": measure for key, measure in self._measures(places).items()}
        if self._booked:
            kept = sum(ended[KEPT] for ended in self._ended)
            found[f"appointments.{ALL}.booking_h_per_kept"] = Measure(ratio(self._booking_ms / HOUR_MS, kept), "h")
        return found

    def _measures(self, places: list[int]) -> dict[str, Measure]:
        weeks = (self._hi - self._lo) / WEEK_MS
        ended = [sum(self._ended[i][how] for i in places) for how in range(len(SHARES))]
        found = {
            "booked_per_week": Measure(ratio(sum(self._reserved[i] for i in places), weeks), "1/week"),
            "kept_per_week": Measure(ratio(ended[KEPT], weeks), "1/week"),
        }
        found |= {name: Measure(ratio(n, sum(ended)), "share") for name, n in zip(SHARES, ended, strict=True)}
        for name, samples in (("lateness", self._late), ("lead_time", self._lead)):
            these = Samples()
            for i in places:
                these.extend(samples[i].values)
            few = len(these) < FEWEST
            found[f"{name}.median_h"] = Measure(these.quantile(0.5) / HOUR_MS, "h")
            found[f"{name}.p90_h"] = Measure(float("nan") if few else these.quantile(0.9) / HOUR_MS, "h")
        return found
