"""How long those who entered had to wait for a milestone, and how many never got there."""

from __future__ import annotations

from math import nan

from sim.kpis.batch import Batch
from sim.kpis.incidence import MISSED, OPEN, REACHED, first_time, incidence, share_at
from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Ints, Rows
from sim.kpis.samples import GroupedSamples
from sim.kpis.sketch import sketch_of
from sim.kpis.stages import first_steps, stages_of
from sim.plan import Plan
from sim.trace import Event
from sim.worktime import HOUR_MS

CURVE_H = (
    *(0.1, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24, 36, 48),
    *(72, 96, 120, 168, 240, 336, 480, 720, 1080, 1440, 2160, 2880, 3600),
)
"""Hours since the epoch at which the share still without the milestone is given."""

_CURVE_MS = [h * HOUR_MS for h in CURVE_H]

MIN_CASES = 50
"""Fewer cases have no 90th percentile."""

KINDS = {Event.MILESTONE: REACHED, Event.MISSED: MISSED, Event.OPEN_MILESTONE: OPEN}


class LeadTimes:
    """Lead times of the entry cohort, followed to the end of the run.

    Entrants are all cases in which the clock of the milestone started in the window: at the case's epoch or,
    where the journey says so, at the step that asks for it. All of them are in the denominator.

    The share with the milestone within d hours is the cumulative incidence of reaching it, with ending
    without it as the competing risk. A case still open is followed for as long as it could be and leaves the
    risk set then: it counts neither as reached nor as never reaching. Without open cases the share is plainly
    that of all entrants. Median and 90th percentile are the first times at which that share is at least .5
    and .9; nan if it never is. The mean is over those that reached it by the end of the run and says nothing
    of the others; read it beside the share reached, which counts all entrants.

    Parameters
    ----------
    plan : Plan
        What was run.
    only : str, optional
        The one milestone to look at; by default all.

    Notes
    -----
    A milestone that several steps of a journey carry is one milestone. The rows of those that missed it are
    taken at the first of these steps.
    """

    def __init__(self, plan: Plan, only: str | None = None) -> None:
        self._lo, self._hi = plan.window_ms
        self._names, self._entry_of = stages_of(plan, only)
        self._samples = GroupedSamples(len(self._names))
        self._first = first_steps(plan, only)

    def add(self, batch: Batch) -> None:
        """Fold the next batch."""
        if not self._names:
            return
        for event in KINDS:
            self.add_rows(event, batch.of(event))

    def add_rows(self, event: Event, rows: Rows) -> None:
        """Fold rows of one of the events of `KINDS`."""
        if not len(rows):
            return
        entry = self._entry_of[rows.step]
        cohort = (rows.since_ms >= self._lo) & (rows.since_ms < self._hi) & (entry >= 0)
        if event != Event.MILESTONE:
            cohort &= self._first[rows.step]
        # Two bits of kind below the duration keep it at 8 bytes a case.
        codes = (rows.time_ms - rows.since_ms) * 4 + KINDS[event]
        self._samples.extend(entry[cohort], codes[cohort])

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for name, samples in zip(self._names, self._samples.apart(), strict=True):
            duration, kind = samples // 4, samples % 4
            n = len(duration)
            reached = duration[kind == REACHED]
            times, share, followed = incidence(duration, kind)
            p90 = first_time(times, share, 0.9) if n >= MIN_CASES else nan
            found[f"flow.{name}.mean_h"] = Measure(ratio(int(reached.sum()) / HOUR_MS, len(reached)), "h")
            found[f"flow.{name}.median_h"] = Measure(first_time(times, share, 0.5) / HOUR_MS, "h")
            found[f"flow.{name}.p90_h"] = Measure(p90 / HOUR_MS, "h")
            found[f"flow.{name}.entrants"] = Measure(float(n), "1")
            found[f"flow.{name}.reached_share"] = Measure(ratio(len(reached), n), "share")
            within = share_at(times, share, followed, _CURVE_MS)
            at = dict(zip(CURVE_H, within, strict=True))
            for label, limit_h in (("1h", 1), ("24h", 24), ("7d", 168)):
                found[f"flow.{name}.within_{label}_share"] = Measure(at[limit_h], "share")
            for hours, value in at.items():
                found[f"flow.{name}.without.{hours:g}h"] = Measure(1.0 - value, "share")
        return found

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketch of each stage."""
        samples = zip(self._names, self._samples.apart(), strict=True)
        return {f"flow.{name}": sketch_of(s // 4, s % 4) for name, s in samples}
