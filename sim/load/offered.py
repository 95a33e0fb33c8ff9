"""The offered load of a plan: people and their standing work, cases of customers and prospects, set-up at last."""

from __future__ import annotations

from copy import deepcopy

from sim.load.load import Load
from sim.load.needs import Needs
from sim.load.prospects import add_prospects
from sim.load.roster import add_roster
from sim.load.setup import add_setup
from sim.plan import Plan, PlanStream
from sim.reach import Reach
from sim.worktime import WEEKS_PER_YEAR

SAMPLES = 1_500
"""Needs walked per stream and segment."""


def offered_load(plan: Plan, samples: int = SAMPLES, customers: Load | None = None) -> Load:
    """Compute the offered load of a plan.

    Parameters
    ----------
    plan : Plan
        Market and design.
    samples : int
        Needs walked per stream and segment; the standard error of a branch share p is sqrt(p (1 - p) /
        samples).
    customers : Load, optional
        What `customers_load` gives for the same design with other money in marketing, which spares computing it again.

    Returns
    -------
    Load
        Expected hours, capacities and outcomes of a year of 52 weeks.
    """
    load, reach = customers_load(plan, samples) if customers is None else deepcopy(customers), Reach(plan)
    if plan.needs is not None:
        add_prospects(plan, plan.needs, Needs(plan, reach, samples), reach, load)
    add_setup(plan, load)
    return load


def customers_load(plan: Plan, samples: int = SAMPLES) -> Load:
    """Give the part of the load that money in marketing does not move: people's own work, and customers of t=0."""
    load, needs = Load(), Needs(plan, Reach(plan), samples)
    add_roster(plan, load)
    for stream in plan.streams:
        _add_stream(plan, needs, stream, load)
    return load


def _add_stream(plan: Plan, needs: Needs, stream: PlanStream, load: Load) -> None:
    """Add what the customers of t=0 need, segment by segment."""
    for segment, count in enumerate(plan.customers_at_start):
        arising = count * stream.rate_per_week[segment] * WEEKS_PER_YEAR * _open_share(plan, stream, segment)
        if arising > 0.0:
            load.needs[stream.name] += arising
        needs.walk(stream, segment, arising, load)


def _open_share(plan: Plan, stream: PlanStream, segment: int) -> float:
    """Give the share of accounts in which the needs of a stream arise at all, as at t=0."""
    if stream.practice < 0:
        return 1.0
    practice = plan.practices[stream.practice]
    return practice.eligible[segment] * (1.0 - practice.at_start[segment]) if practice.offered else 0.0
