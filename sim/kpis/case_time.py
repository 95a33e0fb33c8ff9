"""Where the time of cases goes, and how many are inside."""

from __future__ import annotations

import numpy as np

from sim.kpis.inside import Journeys
from sim.kpis.opening import Openings
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, counts, lookup, of, overlap, sums, take
from sim.kpis.samples import Samples
from sim.kpis.work import Works
from sim.plan import Plan
from sim.trace import Block, Event
from sim.worktime import HOUR_MS

STATES = ("touch", "queue", "off_shift", "customer", "blocked")


class CaseTime:
    """Time of cases by state, work in process and time in system, by journey.

    Split: all time in the state inside the window, of all cases, over the number of cases that began in the
    window: hours per case. Unfinished cases count up to the end.

    touch
        Work on the case, set-up and taking over included.
    queue
        Waiting for somebody while the role that should do it is open.
    off_shift
        In a queue while the role is closed, or in the hands of somebody who is not at work.
    customer
        The customer's own time.
    blocked
        All the rest: waiting until another case of the same account has ended.

    The five add up to the time in system exactly.

    Work in process is the average number of open cases over the window. Time in system is of cases that ended
    in the window, whenever they began; Little's law says that cases begun a unit of time, times mean time in
    system, comes near it. Over the whole run the law is an identity: what BEGIN and END rows say of the
    number inside must equal what END and OPEN_CASE rows say of the time spent; `flow.little_gap_ms` is the
    difference and must be 0.

    Source: Little 1961, Operations Research 9, 383-387, doi 10.1287/opre.9.3.383.

    Parameters
    ----------
    plan : Plan
        What was run.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lo, self._hi = plan.window_ms
        self._journeys = Journeys(plan)
        self._works = Works(plan)
        self._openings = Openings([role.calendar for role in plan.roles])
        self._journey_of = lookup([s.journey for s in plan.steps])
        size = len(plan.journeys)
        self._touch, self._service, self._queue, self._queued, self._customer, self._system = (
            np.zeros(size, dtype=np.int64) for _ in range(6)
        )
        self._begun = np.zeros(size, dtype=np.int64)
        self._times = [Samples() for _ in range(size)]
        self._gap_ms = 0

    def add(self, block: Block) -> None:
        """Fold the next block."""
        self._journeys.begin(block)
        self._add_service(block)
        self._add_queues(block)
        waits = of(block, Event.WAIT, Event.OPEN_WAIT)
        if len(waits.step):
            inside = overlap(waits.since_ms, waits.time_ms, self._lo, self._hi)
            self._customer += sums(self._journey_of[waits.step], inside, len(self._customer))
        self._add_cases(block)

    def _add_service(self, block: Block) -> None:
        work = self._works.add(block)
        journey = self._journeys.of(work.rows)
        mine = journey >= 0
        self._touch += sums(journey[mine], work.worked_ms[mine], len(self._touch))
        self._service += sums(journey[mine], work.elapsed_ms[mine], len(self._touch))

    def _add_queues(self, block: Block) -> None:
        rows = of(block, Event.START, Event.LEAVE, Event.OPEN_TASK)
        queued = (rows.event != Event.OPEN_TASK) | (rows.person < 0)
        queued &= (rows.time_ms > rows.since_ms) & (rows.time_ms > self._lo)
        rows = take(rows, queued)
        if not len(rows.step):
            return
        journey = self._journeys.of(rows)
        if journey.min() < 0:
            rows, journey = take(rows, journey >= 0), journey[journey >= 0]
        since, time = np.maximum(rows.since_ms, self._lo), np.minimum(rows.time_ms, self._hi)
        elapsed = np.maximum(time - since, 0)
        self._queued += sums(journey, elapsed, len(self._queue))
        self._queue += sums(journey, self._openings.worked(rows.role, since, time), len(self._queue))

    def _add_cases(self, block: Block) -> None:
        lo, hi, horizon, size = self._lo, self._hi, self._plan.horizon_ms, len(self._begun)
        begun, ended, open_ = of(block, Event.BEGIN), of(block, Event.END), of(block, Event.OPEN_CASE)
        inside = (begun.time_ms >= lo) & (begun.time_ms < hi)
        self._begun += counts(self._journey_of[begun.step[inside]], size)
        for rows in (ended, open_):
            if len(rows.step):
                spent = overlap(rows.since_ms, rows.time_ms, lo, hi)
                self._system += sums(self._journey_of[rows.step], spent, size)
        self._gap_ms += int((horizon - begun.time_ms).sum()) - int((horizon - ended.time_ms).sum())
        self._gap_ms -= int((ended.time_ms - ended.since_ms).sum()) + int((horizon - open_.since_ms).sum())
        late = (ended.time_ms >= lo) & (ended.time_ms < hi)
        journey, time = self._journey_of[ended.step[late]], (ended.time_ms - ended.since_ms)[late]
        for j in np.flatnonzero(counts(journey, size)).tolist():
            self._times[j].extend(time[journey == j])

    def _states(self, j: int) -> dict[str, int]:
        def total(of_state: Ints) -> int:
            return int(of_state[j])

        touch, queue, customer = total(self._touch), total(self._queue), total(self._customer)
        off_shift = total(self._service) - touch + total(self._queued) - queue
        rest = total(self._system) - touch - queue - customer - off_shift
        return dict(zip(STATES, (touch, queue, off_shift, customer, rest), strict=True))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {"flow.little_gap_ms": Measure(float(self._gap_ms), "ms")}
        for j, journey in enumerate(self._plan.journeys):
            if journey.first < 0:
                continue
            name, begun, times = journey.name, int(self._begun[j]), self._times[j]
            for state, ms in self._states(j).items():
                found[f"flow.{name}.split.{state}_h"] = Measure(ratio(ms / HOUR_MS, begun), "h")
            mean_h = ratio(int(times.values.sum()) / HOUR_MS, len(times))
            path = f"flow.time_in_system.{name}"
            found[f"{path}.mean_h"] = Measure(mean_h, "h")
            found[f"{path}.median_h"] = Measure(times.quantile(0.5) / HOUR_MS, "h")
            found[f"{path}.p90_h"] = Measure(times.quantile(0.9) / HOUR_MS, "h")
            window_h = (self._hi - self._lo) / HOUR_MS
            inside = ratio(int(self._system[j]), self._hi - self._lo)
            found[f"flow.work_in_process.{name}"] = Measure(inside, "1")
            found[f"flow.begins_times_time_in_system.{name}"] = Measure(ratio(begun, window_h) * mean_h, "1")
        return found
