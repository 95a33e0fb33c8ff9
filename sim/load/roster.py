"""Hours that people and machines are there, and the standing work that no customer asks for."""

from __future__ import annotations

from math import exp

from sim.load.load import Load
from sim.plan import Plan, PlanRole
from sim.worktime import HOUR_MS, WEEK_MS, YEAR_MS


def add_roster(plan: Plan, load: Load) -> None:
    """Add the hours of a year that each role is there, and its background work."""
    for role in plan.roles:
        open_h = role.calendar.worked(0, YEAR_MS) / HOUR_MS
        works = exp(-role.outage_ms / role.outage_every_ms) if role.outage_every_ms > 0.0 else 1.0
        load.capacity_h[role.name] = open_h * role.headcount * (1.0 - role.absence) * works
        weeks = open_h / (role.calendar.without_holidays().worked(0, WEEK_MS) / HOUR_MS)  # less what holidays take
        _add_background(plan, role, weeks, load)


def _add_background(plan: Plan, role: PlanRole, weeks: float, load: Load) -> None:
    """Add the background work of a role in this many weeks; who is away has none."""
    for work in role.background:
        name = plan.steps[work.step].name
        there = role.headcount * (1.0 - role.absence) if work.per_person else 1.0
        hours = work.blocks * work.block_ms / HOUR_MS * there * weeks
        load.work_h[role.name, name] += hours
        load.tasks[role.name, name] += work.blocks * there * weeks
        if work.per_person:
            load.own_h[role.name] += hours
