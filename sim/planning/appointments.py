"""How long a slot an appointment gets."""

from __future__ import annotations

import math

from sim.laws import Law
from sim.planning.names import Names, ms
from sim.planning.who import who_does
from sim.scenario.appointment import Appointment
from sim.scenario.hours import calendar_of

QUARTER_MS = 900_000
"""Calendars are kept in quarters of an hour (assumption, 5 minutes to an hour)."""
_SLACK = 1e-9


def slots_of(n: Names, name: str, booked: Appointment, effort: tuple[Law, ...]) -> tuple[int, ...]:
    """Give the slot of an activity done by appointment, by segment.

    Parameters
    ----------
    n : Names
        Of a checked scenario.
    name : str
        The activity.
    booked : Appointment
        What the design says of its appointments.
    effort : tuple of Law
        Its effort by segment, ms.

    Returns
    -------
    tuple of int
        ms; with `slot_quantile`, the quantile of the effort and the mean of what is done right before, at the speed of
        the slowest role, in whole quarters of an hour, as far as a session of every role holds them.
    """
    if booked.slot_quantile is None:
        assert booked.slot_h is not None
        return (ms(booked.slot_h),) * len(n.segments)
    found = []
    for segment, (law, roles) in enumerate(zip(effort, who_does(n, name)[0], strict=True)):
        longest_ms = min(calendar_of(n.s.org.roles[n.roles[r]].hours).longest_session() for r in roles)
        work_ms = max(_needed_ms(n, name, segment, law.quantile(booked.slot_quantile), n.roles[r]) for r in roles)
        found.append(min(max(1, math.ceil(work_ms / QUARTER_MS - _SLACK)) * QUARTER_MS, longest_ms))
    return tuple(found)


def _needed_ms(n: Names, name: str, segment: int, effort_ms: float, role: str) -> float:
    """Give what a role needs for an effort and, on average, for what it does right before."""
    lead_ins = n.s.org.before.get(name, {}).values()
    before = [
        lead.share * n.laws_ms(n.s.activity[lead.do].effort_h)[segment].mean / _speed(n, role, lead.do)
        for lead in lead_ins
        if not lead.roles or role in lead.roles
    ]
    return effort_ms / _speed(n, role, name) + math.fsum(before)


def _speed(n: Names, role: str, activity: str) -> float:
    speed = n.s.org.roles[role].speed
    return speed.get(activity, speed.get(n.s.activity[activity].kind, 1.0))
