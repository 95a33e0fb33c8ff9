"""What people's hours go into."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.quantity import Measure, ratio
from sim.kpis.roster import Roster
from sim.kpis.rows import Ints, Rows, counts, lookup, sums
from sim.kpis.spread import Spread
from sim.kpis.work import Work
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import DAY_MS, HOUR_MS, YEAR_MS

ALL = "all"
"""Stands for all people together; machines are not among them."""

_KINDS = (Event.SETUP, Event.HANDOFF)


class Noted(NamedTuple):
    """Set-ups, or takings over, as columns."""

    time_ms: Ints
    role: Ints
    person: Ints
    value: Ints


NOTHING = Noted(*(np.empty(0, dtype=np.int64) for _ in Noted._fields))


class People:
    """Hours of people in the window, by role and for all people together.

    Rostered hours are those in which a role is open, for everybody there, less absences; they are paid.
    Busy hours are work on tasks, those in hand at the end included as far as they are done. A task starts
    with set-up, then taking over; the rest is effort and counts for its kind of activity. Shares are of
    rostered hours; the kinds, set-up, hand-off and idle add up to 1. Hand-off is what takers and givers need,
    completing of kits included.

    Persuasion is narrow: activities of that kind. Broad adds every other activity with the customer present.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._roster = Roster(plan)
        self._spread = Spread(plan)
        self._activity_of = lookup([s.activity for s in plan.steps])
        roles, activities, people = len(plan.roles), len(plan.activities), len(plan.persons)
        self._width = activities
        self._worked = np.zeros((roles, len(plan.steps)), dtype=np.int64)
        self._before = {event: np.zeros(roles * activities, dtype=np.int64) for event in _KINDS}
        self._times = {event: np.zeros(roles, dtype=np.int64) for event in _KINDS}
        self._absent = np.zeros(roles, dtype=np.int64)
        self._won = 0
        edges = (self._lo, self._hi)
        self._last = {(edge, event): np.full((2, people), -1, dtype=np.int64) for edge in edges for event in _KINDS}
        self._pending = dict.fromkeys(_KINDS, NOTHING)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        self._add_before(batch)
        self._roster.add(batch)
        work = batch.work
        self._worked += work.by_step_ms
        self._spread.add(batch, work)
        for i in work.cut:
            self._cut(batch, work, i)
        self._add_absence(batch)
        self._won += len(batch.now(Event.WON))

    def _add_before(self, batch: Batch) -> None:
        """Add set-up and taking over, to the activity of the START row that follows them."""
        starts = batch.of(Event.START)
        for event in _KINDS:
            rows = batch.of(event)
            taken_off = rows.value < 0
            if taken_off.any():
                self._take_off(event, rows.where(taken_off).between(self._lo, self._hi))
                rows = rows.where(~taken_off)
            place = np.searchsorted(starts.place, rows.place)
            others = (column.astype(np.int64) for column in (rows.role, rows.person, rows.value))
            noted = Noted(rows.time_ms, *others)
            if len(self._pending[event].time_ms):
                noted = Noted(*(np.concatenate(pair) for pair in zip(self._pending[event], noted, strict=True)))
                place = np.concatenate((np.zeros(len(noted.time_ms) - len(place), dtype=np.int64), place))
            # What has no START yet waits for the next batch.
            known = int(np.searchsorted(place, len(starts)))
            self._pending[event] = Noted(*(column[known:] for column in noted))
            noted = Noted(*(column[:known] for column in noted))
            self._note(event, noted, self._activity_of[starts.step[place[:known]]])

    def _note(self, event: Event, noted: Noted, activity: Ints) -> None:
        time, role, person, value = noted
        lo, hi = np.searchsorted(time, (self._lo, self._hi)).tolist()
        cell = role[lo:hi] * self._width + activity[lo:hi]
        self._before[event] += sums(cell, value[lo:hi], len(self._before[event]))
        self._times[event] += counts(role[lo:hi], len(self._absent))
        for edge, n in ((self._lo, lo), (self._hi, hi)):
            # Of several rows of one person the last is kept: it is the task in hand at the edge.
            last = np.full(self._last[edge, event].shape[1], -1)
            last[person[:n]] = np.arange(n)
            whose = np.flatnonzero(last >= 0)
            self._last[edge, event][:, whose] = time[last[whose]], value[last[whose]]

    def _take_off(self, event: Event, rows: Rows) -> None:
        """Take off what of set-up or taking over was not done because the person left."""
        cell = rows.role.astype(np.int64) * self._width + self._activity_of[rows.step]
        self._before[event] -= sums(cell, -rows.value.astype(np.int64), len(self._before[event]))

    def _cut(self, batch: Batch, work: Work, i: int) -> None:
        """Correct set-up and taking over of a task that an edge of the window cuts."""
        rows = work.rows
        since, time, person = int(rows.since_ms[i]), int(rows.time_ms[i]), int(rows.person[i])
        started_before = since < self._lo
        edge = self._lo if started_before else self._hi
        role = int(rows.role[i])
        cell = role * self._width + int(self._activity_of[rows.step[i]])
        done_lo = batch.worked_ms(role, person, since, self._lo)
        done_hi = batch.worked_ms(role, person, since, min(time, self._hi))
        at = 0
        for event in _KINDS:
            noted_ms, length = self._last[edge, event][:, person].tolist()
            if noted_ms != since:
                continue
            inside = max(0, min(at + length, done_hi) - max(at, done_lo))
            self._before[event][cell] += inside if started_before else inside - length
            at += length

    def _add_absence(self, batch: Batch) -> None:
        rows = batch.of(Event.ABSENT)
        if len(rows):
            since = np.maximum(rows.since_ms, self._lo)
            until = np.minimum(rows.since_ms + DAY_MS, self._hi)
            self._absent += sums(rows.role, batch.openings.worked(rows.role, since, until), len(self._absent))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        plan, shape = self._plan, (len(self._plan.roles), self._width)
        before = {event: table.reshape(shape) for event, table in self._before.items()}
        worked = np.zeros((self._width + 1, shape[0]), dtype=np.int64)
        np.add.at(worked, self._activity_of[:-1], self._worked.T)
        effort = worked[:-1].T - before[Event.SETUP] - before[Event.HANDOFF]
        rostered = self._roster.open_ms - self._absent
        done_by = _activities_of_roles(plan)
        found: dict[str, Measure] = {}
        groups = [(role.name, [r], done_by[r]) for r, role in enumerate(plan.roles)]
        human = [r for r, role in enumerate(plan.roles) if not role.machine]
        groups.append((ALL, human, set().union(*(done_by[r] for r in human))))
        for name, roles, activities in groups:
            extra = {event: int(table[roles].sum()) for event, table in before.items()}
            hours = self._hours(effort[roles].sum(axis=0), extra, int(rostered[roles].sum()), sorted(activities))
            years = (self._hi - self._lo) / YEAR_MS
            for event, label in zip(_KINDS, ("setups_per_year", "handoffs_per_year"), strict=True):
                hours[label] = Measure(int(self._times[event][roles].sum()) / years, "1/year")
            found |= {f"people.{name}.{key}": value for key, value in hours.items()}
        for r, role in enumerate(plan.roles):
            found |= {f"people.{role.name}.{key}": value for key, value in self._spread.of_role(r).items()}
        labor_h = int(rostered[human].sum()) / HOUR_MS
        found["people.all.new_customers_per_1000_h"] = Measure(ratio(1000.0 * self._won, labor_h), "1")
        return found

    def _hours(self, effort: Ints, extra: dict[Event, int], rostered: int, activities: list[int]) -> dict[str, Measure]:
        kinds = self._plan.activities
        years = (self._hi - self._lo) / YEAR_MS
        by_kind = {kinds[a].kind: 0 for a in activities} | {"handoff": extra[Event.HANDOFF]}
        narrow = broad = 0
        for a in activities:
            ms = int(effort[a])
            by_kind[kinds[a].kind] += ms
            narrow += ms if kinds[a].kind == "persuasion" else 0
            broad += ms if kinds[a].kind == "persuasion" or kinds[a].customer_present else 0
        by_kind["setup"] = extra[Event.SETUP]
        busy = sum(by_kind.values())
        found = {
            "rostered_h_per_year": Measure(rostered / HOUR_MS / years, "h/year"),
            "busy_h_per_year": Measure(busy / HOUR_MS / years, "h/year"),
            "utilization": Measure(ratio(busy, rostered), "share"),
            "selling.narrow_of_rostered": Measure(ratio(narrow, rostered), "share"),
            "selling.broad_of_rostered": Measure(ratio(broad, rostered), "share"),
            "selling.narrow_of_worked": Measure(ratio(narrow, busy), "share"),
            "selling.broad_of_worked": Measure(ratio(broad, busy), "share"),
        }
        by_kind["idle"] = rostered - busy
        found |= {f"share.{kind}": Measure(ratio(ms, rostered), "share") for kind, ms in by_kind.items()}
        for a in activities:
            found[f"hours_per_year.{kinds[a].name}"] = Measure(int(effort[a]) / HOUR_MS / years, "h/year")
        return found


def _activities_of_roles(plan: Plan) -> list[set[int]]:
    """Give what each role may ever do, by the plan, so that a KPI is there or not whatever chance brings."""
    found: list[set[int]] = [set() for _ in plan.roles]
    for _, phase in plan.phases:
        for r, activities in enumerate(_activities_of_phase(phase)):
            found[r] |= activities
    return found


def _activities_of_phase(plan: Plan) -> list[set[int]]:
    """Give what each role may ever do under one design."""
    found: list[set[int]] = [set() for _ in plan.roles]
    for a, activity in enumerate(plan.activities):
        for r in activity.doers:
            found[r] |= {a, *(plan.steps[step].activity for step, _, doers in activity.lead_ins if r in doers)}
    hand_work = {plan.steps[plan.give_step].activity, plan.steps[plan.complete_step].activity}
    for r, role in enumerate(plan.roles):
        found[r] |= {plan.steps[work.step].activity for work in role.background}
        if plan.people.trainer_ms_per_week and not role.machine:
            found[r].add(plan.steps[plan.train_step].activity)
        if not role.machine:
            found[r] |= hand_work
    return found
