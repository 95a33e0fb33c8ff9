"""How long those who entered had to wait for a milestone, and how many never got there."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np

from sim.kpis.quantity import Measure, ratio
from sim.kpis.rows import Floats, Ints, of, take
from sim.kpis.samples import Samples
from sim.kpis.sketch import sketch_of
from sim.kpis.stages import first_steps, stages_of
from sim.plan import Plan
from sim.trace import Block, Event
from sim.worktime import HOUR_MS

CURVE_H = (
    *(0.1, 0.25, 0.5, 1, 2, 3, 4, 6, 8, 12, 24, 36, 48),
    *(72, 96, 120, 168, 240, 336, 480, 720, 1080, 1440, 2160, 2880, 3600),
)
"""Hours since the epoch at which the share still without the milestone is given."""

MIN_CASES = 50
"""Fewer cases have no 90th percentile."""

REACHED, MISSED, OPEN = range(3)
_KINDS = {Event.MILESTONE: REACHED, Event.MISSED: MISSED, Event.OPEN_MILESTONE: OPEN}


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
        self._samples = [Samples() for _ in self._names]
        self._first = first_steps(plan, only)

    def add(self, block: Block) -> None:
        """Fold the next block."""
        if not self._names:
            return
        for event, kind in _KINDS.items():
            rows = of(block, event)
            if not len(rows.step):
                continue
            cohort = (rows.since_ms >= self._lo) & (rows.since_ms < self._hi)
            if kind != REACHED:
                cohort &= self._first[rows.step]
            rows = take(rows, cohort)
            entry = self._entry_of[rows.step]
            # Two bits of kind below the duration keep it at 8 bytes a case.
            codes = (rows.time_ms - rows.since_ms) * 4 + kind
            for i in np.unique(entry[entry >= 0]).tolist():
                self._samples[i].extend(codes[entry == i])

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded."""
        found = {}
        for name, samples in zip(self._names, self._samples, strict=True):
            duration, kind = samples.values // 4, samples.values % 4
            n = len(duration)
            reached = duration[kind == REACHED]
            times, share, followed = incidence(duration, kind)
            p90 = first_time(times, share, 0.9) if n >= MIN_CASES else nan
            found[f"flow.{name}.mean_h"] = Measure(ratio(int(reached.sum()) / HOUR_MS, len(reached)), "h")
            found[f"flow.{name}.median_h"] = Measure(first_time(times, share, 0.5) / HOUR_MS, "h")
            found[f"flow.{name}.p90_h"] = Measure(p90 / HOUR_MS, "h")
            found[f"flow.{name}.entrants"] = Measure(float(n), "1")
            found[f"flow.{name}.reached_share"] = Measure(ratio(len(reached), n), "share")
            within = share_at(times, share, followed, [h * HOUR_MS for h in CURVE_H])
            at = dict(zip(CURVE_H, within, strict=True))
            for label, limit_h in (("1h", 1), ("24h", 24), ("7d", 168)):
                found[f"flow.{name}.within_{label}_share"] = Measure(at[limit_h], "share")
            for hours, value in at.items():
                found[f"flow.{name}.without.{hours:g}h"] = Measure(1.0 - value, "share")
        return found

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketch of each stage."""
        samples = zip(self._names, self._samples, strict=True)
        return {f"flow.{name}": sketch_of(s.values // 4, s.values % 4) for name, s in samples}


def incidence(duration: Ints, kind: Ints) -> tuple[Ints, Floats, float]:
    """Estimate the cumulative incidence of reaching a milestone, with ending without it as competing risk.

    Parameters
    ----------
    duration : ndarray of int64, shape (n,)
        Time from the epoch to whatever is known of the case.
    kind : ndarray of int64, shape (n,)
        `REACHED`, `MISSED` or `OPEN` at that time.

    Returns
    -------
    times : ndarray of int64, shape (m,)
        Distinct durations, sorted.
    share : ndarray of float64, shape (m,)
        Share that reached it by then.
    followed : float
        The longest time for which anything is known; infinite if nobody is open at the end of it.

    Notes
    -----
    Aalen and Johansen 1978, Scandinavian Journal of Statistics 5, 141-150.
    """
    times, place = np.unique(duration, return_inverse=True)
    m = len(times)
    if m == 0:
        return times, np.empty(0), nan
    by_kind = np.bincount(place * 3 + kind, minlength=3 * m).reshape(m, 3)
    at_risk = len(duration) - np.concatenate(([0], np.cumsum(by_kind.sum(axis=1))[:-1]))
    stay = np.cumprod(1.0 - (by_kind[:, REACHED] + by_kind[:, MISSED]) / at_risk)
    share = np.cumsum(np.concatenate(([1.0], stay[:-1])) * by_kind[:, REACHED] / at_risk)
    return times, share, float(times[-1]) if by_kind[-1, OPEN] else np.inf


def first_time(times: Ints, share: Floats, p: float) -> float:
    """Give the first time at which the share is at least `p`; nan if it never is."""
    # The last bits of a product of many factors must not decide whether one half is reached.
    place = int(np.searchsorted(share, p - 1e-12))
    return float(times[place]) if place < len(times) else nan


def share_at(times: Ints, share: Floats, followed: float, at: Sequence[float]) -> list[float]:
    """Give the share at some times; nan where nobody was followed that long."""
    if not len(times):
        return [nan] * len(at)
    places = np.searchsorted(times, at, side="right") - 1
    values = np.where(places >= 0, np.minimum(share[places], 1.0), 0.0)
    return [float(v) if t <= followed else nan for v, t in zip(values, at, strict=True)]
