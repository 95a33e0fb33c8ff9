"""The offered load of a plan: people and their standing work, cases of customers and prospects, set-up at last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sim.load.cases import Cases
from sim.load.happenings import Happenings
from sim.load.load import Load
from sim.load.needs import Needs
from sim.load.prospects import Prospects
from sim.load.roster import add_roster
from sim.load.setup import add_setup
from sim.load.tally import Tally
from sim.load.walk import Walk
from sim.plan import INBOUND, Plan, PlanStream
from sim.reach import Reach
from sim.worktime import WEEKS_PER_YEAR

SAMPLES = 1_500
"""Needs walked per stream and segment."""


def offered_load(plan: Plan, samples: int = SAMPLES) -> Load:
    """Compute the offered load of a plan.

    Parameters
    ----------
    plan : Plan
        Market and design.
    samples : int
        Needs walked per stream and segment; the standard error of a branch share p is sqrt(p (1 - p) /
        samples).

    Returns
    -------
    Load
        Expected hours, capacities and outcomes of a year of 52 weeks.

    Raises
    ------
    RunError
        If a case goes in circles.
    """
    return Offered(plan, samples).load(plan.marketing_usd_per_year)


class Offered:
    """The offered load of a design, whatever its money in marketing.

    Money moves how many needs of prospects the company hears of, and by that some of their marks. Neither the work of
    customers nor what happens to a need with given marks depends on it: both are walked once.

    Parameters
    ----------
    plan : Plan
        Market and design; its own money in marketing makes no difference.
    samples : int
        As for `offered_load`.
    """

    def __init__(self, plan: Plan, samples: int = SAMPLES) -> None:
        self._plan = plan
        self._customers = Load()
        add_roster(plan, self._customers)
        for stream in plan.streams:
            _add_stream(plan, stream, samples, self._customers)
        self._prospects = None if plan.needs is None else Prospects(plan, plan.needs, samples)

    def load(self, marketing_usd_per_year: float) -> Load:
        """Compute the load with so much money in marketing; returns and errors as `offered_load`."""
        plan, load = replace(self._plan, marketing_usd_per_year=marketing_usd_per_year), self._customers.copy()
        if self._prospects is not None:
            self._prospects.add(Reach(plan), load)
        add_setup(plan, load)
        return load


def _add_stream(plan: Plan, stream: PlanStream, samples: int, load: Load) -> None:
    """Add what the customers of t=0 need: a row of the sample for each need, segment by segment."""
    parts, per_year = [], np.zeros(samples * len(plan.segments))
    for segment, count in enumerate(plan.customers_at_start):
        arising = count * stream.rate_per_week[segment] * WEEKS_PER_YEAR * _open_share(plan, stream, segment)
        if arising > 0.0:
            load.needs[stream.name] += arising
            needs, every = Needs(plan, stream, segment, samples, reference=0.0), np.arange(samples)
            rows = segment * samples + every
            parts.append(needs.cases(rows, every, INBOUND, needs.holding(0.0, INBOUND)))
            per_year[rows] = arising / samples
    if not parts:
        return
    happenings = Happenings()
    Walk(plan, happenings).walk(Cases.joined(parts))
    tally = Tally(plan, load)
    for segment in range(len(plan.segments)):
        happenings.write(tally, segment, per_year)


def _open_share(plan: Plan, stream: PlanStream, segment: int) -> float:
    """Give the share of accounts in which the needs of a stream arise at all, as at t=0."""
    if stream.practice < 0:
        return 1.0
    practice = plan.practices[stream.practice]
    return practice.eligible[segment] * (1.0 - practice.at_start[segment]) if practice.offered else 0.0
