"""Where the time of cases goes, and how many are inside."""

from __future__ import annotations

from math import nan

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.lead_time import MIN_CASES
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, counts, lookup, overlap, sums
from sim.kpis.samples import GroupedSamples, quantile
from sim.kpis.sketch import sketch_of
from sim.kpis.spells import KINDS, STATES, Spells
from sim.kpis.stage_time import StageTimes
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import HOUR_MS


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
        self._spells = Spells(plan)
        self._stages = StageTimes(plan)
        self._journey_of = lookup([s.journey for s in plan.steps])
        size = len(plan.journeys)
        self._state_ms = np.zeros((4, size), dtype=np.int64)
        self._system, self._begun = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
        self._times = GroupedSamples(size)
        self._gap_ms = 0

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        spells = self._spells.add(batch)
        for (first, second), spell in zip(KINDS, spells, strict=True):
            first_ms = sums(spell.journey, spell.first_ms, len(self._begun))
            self._state_ms[first] += first_ms
            self._state_ms[second] += sums(spell.journey, spell.length_ms, len(self._begun)) - first_ms
        self._stages.add(batch, spells)
        self._add_cases(batch)

    def _add_cases(self, batch: Batch) -> None:
        lo, hi, horizon, size = self._lo, self._hi, self._plan.horizon_ms, len(self._begun)
        begun, ended, open_ = batch.of(Event.BEGIN), batch.of(Event.END), batch.of(Event.OPEN_CASE)
        self._begun += counts(self._journey_of[batch.now(Event.BEGIN).step], size)
        for rows in (ended, open_):
            self._system += sums(self._journey_of[rows.step], overlap(rows.since_ms, rows.time_ms, lo, hi), size)
        self._gap_ms += int((horizon - begun.time_ms).sum()) - int((horizon - ended.time_ms).sum())
        self._gap_ms -= int((ended.time_ms - ended.since_ms).sum()) + int((horizon - open_.since_ms).sum())
        ended = batch.now(Event.END)
        self._times.extend(self._journey_of[ended.step], ended.time_ms - ended.since_ms)

    def _parts_ms(self, j: int) -> dict[str, int]:
        told = [int(ms) for ms in self._state_ms[:, j]]
        return dict(zip(STATES, (*told, int(self._system[j]) - sum(told)), strict=True))

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {"flow.little_gap_ms": Measure(float(self._gap_ms), "ms")}
        for j, journey in enumerate(self._plan.journeys):
            if journey.first < 0:
                continue
            name, begun, times = journey.name, int(self._begun[j]), self._times.apart()[j]
            for state, ms in self._parts_ms(j).items():
                found[f"flow.{name}.split.{state}_h"] = Measure(ratio(ms / HOUR_MS, begun), "h")
            mean_h = ratio(int(times.sum()) / HOUR_MS, len(times))
            p90 = quantile(times, 0.9) if len(times) >= MIN_CASES else nan
            path = f"flow.time_in_system.{name}"
            found[f"{path}.mean_h"] = Measure(mean_h, "h")
            found[f"{path}.median_h"] = Measure(quantile(times, 0.5) / HOUR_MS, "h")
            found[f"{path}.p90_h"] = Measure(p90 / HOUR_MS, "h")
            window_h = (self._hi - self._lo) / HOUR_MS
            inside = ratio(int(self._system[j]), self._hi - self._lo)
            found[f"flow.work_in_process.{name}"] = Measure(inside, "1")
            found[f"flow.begins_times_time_in_system.{name}"] = Measure(ratio(begun, window_h) * mean_h, "1")
        return found | self._stages.result()

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketch of the time in system of each journey."""
        journeys = [(j, f"flow.time_in_system.{r.name}") for j, r in enumerate(self._plan.journeys) if r.first >= 0]
        return {name: sketch_of(t, np.zeros_like(t)) for j, name in journeys for t in [self._times.apart()[j]]}
