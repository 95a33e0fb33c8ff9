"""What becomes of those who entered, and when: won, lost to whom, given up, or still open."""

from __future__ import annotations

import numpy as np

from sim.kpis.batch import Batch
from sim.kpis.incidence import MISSED, OPEN, REACHED, first_time, incidences, share_at
from sim.kpis.lead_time import MIN_CASES
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, lookup
from sim.kpis.samples import GroupedSamples
from sim.kpis.sketch import cells_of, sketch_of_cells
from sim.plan import END, Plan
from sim.trace import Event
from sim.worktime import DAY_MS, HOUR_MS

CURVE_D = (1, 3, 7, 14, 21, 30, 45, 60, 90, 120, 150, 180, 240, 300, 365, 545, 730)
"""Days since the epoch at which the cumulative incidences are given."""
_CURVE_MS = [d * DAY_MS for d in CURVE_D]


class Outcomes:
    """Outcomes of the entry cohort over the time since the need, followed to the end of the run.

    Entrants are all cases whose epoch lies in the window. The share that has come to an outcome within d days is
    its cumulative incidence, with all other outcomes as competing risks; cases still open leave the risk set
    when their follow-up ends. At any time the outcomes and the share still open add up to 1. Journeys with one
    outcome only, beside that of an account that left, have none of this.

    For each outcome the time to it is that of the cases that come to it: mean over those that have, median and
    90th percentile of the incidence as far as it is known, divided by its last value. The latter two do not
    favor the quick ones by leaving out who is still open, the mean does.

    Parameters
    ----------
    plan : Plan
        What was run.

    Notes
    -----
    Cumulative incidence: Aalen and Johansen 1978, Scandinavian Journal of Statistics 5, 141-150.
    """

    def __init__(self, plan: Plan) -> None:
        self._lo, self._hi = plan.window_ms
        ends: dict[int, list[int]] = {}
        for step in plan.steps:
            if step.verb == END and plan.journeys[step.journey].first >= 0:
                ends.setdefault(step.journey, []).append(step.index)
        said = {j: [i for i in steps if i != plan.journeys[j].void] for j, steps in ends.items()}
        several = {j: steps for j, steps in ends.items() if len(said[j]) > 1}
        self._names = [plan.journeys[j].name for j in several]
        self._outcomes = [[plan.steps[i].name for i in steps] for steps in several.values()]
        place = {j: n for n, j in enumerate(several)}
        self._group_of = lookup([place.get(s.journey, -1) for s in plan.steps])
        code = [-1] * len(plan.steps)
        for steps in several.values():
            for n, i in enumerate(steps):
                code[i] = n
        self._code_of = lookup(code)
        self._width = max((len(steps) for steps in several.values()), default=0) + 1
        self._samples = GroupedSamples(len(self._names))

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._names:
            return
        for event in (Event.END, Event.OPEN_CASE):
            rows = batch.of(event)
            group = self._group_of[rows.step]
            entered = (group >= 0) & (rows.since_ms >= self._lo) & (rows.since_ms < self._hi)
            code = self._code_of[rows.step[entered]] if event == Event.END else self._width - 1
            duration = (rows.time_ms - rows.since_ms)[entered]
            self._samples.extend(group[entered], duration * self._width + code)

    def _fates(self, i: int) -> tuple[Ints, Ints]:
        """Give duration and outcome of each entrant of a journey; -1 for open."""
        duration, code = np.divmod(self._samples.apart()[i], self._width)
        return duration, np.where(code == self._width - 1, -1, code)

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for i, (name, outcomes) in enumerate(zip(self._names, self._outcomes, strict=True)):
            duration, code = self._fates(i)
            still = np.ones(len(CURVE_D))
            times, shares, followed = incidences(duration, np.where(code < 0, len(outcomes), code), len(outcomes))
            for n, (outcome, share) in enumerate(zip(outcomes, shares, strict=True)):
                path = f"flow.{name}.outcome.{outcome}"
                known = share / share[-1] if len(share) and share[-1] > 0.0 else share[:0]
                mine = duration[code == n]
                p90 = first_time(times[: len(known)], known, 0.9) if len(mine) >= MIN_CASES else np.nan
                found[f"{path}.mean_h"] = Measure(ratio(int(mine.sum()) / HOUR_MS, len(mine)), "h")
                median = first_time(times[: len(known)], known, 0.5)
                found[f"{path}.median_of_them_h"] = Measure(median / HOUR_MS, "h")
                found[f"{path}.p90_of_them_h"] = Measure(p90 / HOUR_MS, "h")
                curve = share_at(times, share, followed, _CURVE_MS)
                still -= np.array(curve)
                for day, value in zip(CURVE_D, curve, strict=True):
                    found[f"{path}.within.{day}d"] = Measure(value, "share")
            # Rounding may leave a little less than nothing; nan stays nan.
            for day, value in zip(CURVE_D, np.maximum(still, 0.0).tolist(), strict=True):
                found[f"flow.{name}.outcome.open.after.{day}d"] = Measure(value, "share")
        return found

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketch of the time to each outcome, all others missing it."""
        found = {}
        for i, (name, outcomes) in enumerate(zip(self._names, self._outcomes, strict=True)):
            duration, code = self._fates(i)
            cell = cells_of(duration)
            for n, outcome in enumerate(outcomes):
                found[f"flow.{name}.outcome.{outcome}"] = sketch_of_cells(cell, _kinds(code, n))
        return found


def _kinds(code: Ints, outcome: int) -> Ints:
    return np.where(code == outcome, REACHED, np.where(code < 0, OPEN, MISSED))
