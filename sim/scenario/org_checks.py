"""An org design must refer to what exists, and somebody must be able to do all the work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sim.scenario.appointment import SELF, Appointment
from sim.scenario.hours import calendar_of
from sim.scenario.journey import KINDS
from sim.scenario.org import Role, Who
from sim.scenario.problems import Problem, by_segment, nearest, shown, unknown
from sim.worktime import HOUR_MS

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


MOST_BLOCKS = 10_000
"""Blocks of background work a week; more is sooner mistyped than meant."""


def org(s: Scenario) -> Iterator[Problem]:
    """Find what is wrong with the org design."""
    design, roles = s.org, s.org.roles
    for name, role in roles.items():
        if role.absence_days_per_year > 0 and calendar_of(role.hours).is_always and not role.machine:
            rule = "people who are away on days need opening hours; who is always there has no days"
            yield Problem(f"org.roles.{name}.absence_days_per_year", rule, shown(role.absence_days_per_year))
        for group in ("speed", "quality"):
            for key in getattr(role, group):
                yield from unknown(f"org.roles.{name}.{group}.{key}", key, "activity or kind", [*s.activity, *KINDS])
        for key in role.paid_for:
            yield from unknown(f"org.roles.{name}.paid_for", key, "activity or kind", [*s.activity, *KINDS])
        yield from _machine(s, name, role)
        for job, background in role.background.items():
            at = f"org.roles.{name}.background.{job}"
            yield from unknown(f"{at}.activity", background.activity, "activity", s.activity)
            if background.hours_per_week > MOST_BLOCKS * background.block_h:
                rule = f"makes more than {MOST_BLOCKS:,} blocks a week of {background.block_h:g} h each"
                yield Problem(f"{at}.hours_per_week", rule, shown(background.hours_per_week))
    if design.staffing == "balanced" and design.budget_usd_per_year is None:
        yield Problem("org.budget_usd_per_year", "is needed for balanced staffing")
    for name in design.books:
        yield from unknown("org.books", name, "role", roles)
    for group, kinds in design.alike.items():
        for kind in kinds:
            yield from unknown(f"org.alike.{group}", kind, "kind of activity", KINDS)
    for name in design.same_person:
        yield from unknown("org.same_person", name, "activity", s.activity)
    for kind in design.setup_h:
        yield from unknown(f"org.setup_h.{kind}", kind, "kind of activity", KINDS)
    for activity, lead_ins in design.before.items():
        yield from unknown(f"org.before.{activity}", activity, "activity", s.activity)
        for key, lead_in in lead_ins.items():
            yield from unknown(f"org.before.{activity}.{key}.do", lead_in.do, "activity", s.activity)
            for name in lead_in.roles:
                yield from unknown(f"org.before.{activity}.{key}.roles", name, "role", roles)
    for name in design.offers:
        yield from unknown("org.offers", name, "practice in market.practices", s.market.practices)
    yield from _appointments(s)
    yield from _who(s)


def _machine(s: Scenario, name: str, role: Role) -> Iterator[Problem]:
    """Check what a machine can not do, and who does it instead: people, so that no case goes from one to another."""
    at = f"org.roles.{name}"
    for activity in role.cannot:
        yield from unknown(f"{at}.cannot.{activity}", activity, "activity", s.activity)
    if role.fallback is None:
        return
    yield from unknown(f"{at}.fallback", role.fallback, "role", s.org.roles)
    instead = s.org.roles.get(role.fallback)
    if instead is not None and instead.machine:
        yield Problem(f"{at}.fallback", "must be a role of people", shown(role.fallback))
    if instead is not None and instead.headcount == 0:
        yield Problem(f"org.roles.{role.fallback}.headcount", f"nobody there to do what '{name}' can not", "0")


def _appointments(s: Scenario) -> Iterator[Problem]:
    roles, done = s.org.roles, _done(s)
    for activity, appointment in s.org.appointments.items():
        at = f"org.appointments.{activity}"
        yield from unknown(at, activity, "activity", s.activity)
        if activity in s.activity and activity not in done:
            yield Problem(at, "no step of a journey does this activity; only these can be done by appointment")
        for name in _named(s.org.who[activity]) if activity in s.org.who else ():
            longest_h = calendar_of(roles[name].hours).longest_session() / HOUR_MS if name in roles else 24.0
            if appointment.slot_h is not None and appointment.slot_h > longest_h:
                rule = f"a slot must fit into the {longest_h:g} h for which role '{name}' is open at a time"
                yield Problem(f"{at}.slot_h", rule, shown(appointment.slot_h))
        yield from _booking(s, at, activity, appointment)


def _booking(s: Scenario, at: str, activity: str, appointment: Appointment) -> Iterator[Problem]:
    """Check that somebody can book, and that booking is work like any other."""
    role, work = appointment.booked_by, appointment.booking
    if role is None:
        return
    if role != SELF:
        yield from unknown(f"{at}.booked_by", role, "role", [*s.org.roles, SELF])
    if role in s.org.roles and s.org.roles[role].headcount == 0:
        yield Problem(f"org.roles.{role}.headcount", f"nobody there to book appointments for '{activity}'", "0")
    yield from unknown(f"{at}.booking", work, "activity", s.activity)
    if work in s.org.appointments:
        yield Problem(f"{at}.booking", "an appointment is not booked by appointment", shown(work))
    found = s.activity.get(work)
    if found is not None and (found.milestone or found.effect or found.substantive):
        rule = "booking ends no lead time, changes no case and is no answer: no milestone, effect or substantive"
        yield Problem(f"{at}.booking", rule, shown(work))


def _done(s: Scenario) -> set[str]:
    """Give what the steps of all journeys do."""
    return {step.do for journey in s.journey.values() for step in journey.steps.values() if step.do is not None}


def _named(who: Who) -> Iterable[str]:
    """Give the roles that may do it, as written."""
    usual = who.usual
    others = [usual.role] if usual.role is not None else [*(usual.by_segment or {}).values(), *(usual.shares or {})]
    return [*(who.by_practice or {}).values(), *others]


def _who(s: Scenario) -> Iterator[Problem]:
    roles = s.org.roles
    missed: dict[str, list[str]] = {}
    for activity, who in s.org.who.items():
        at = f"org.who.{activity}"
        yield from unknown(at, activity, "activity", s.activity)
        if who.usual.by_segment is not None:
            yield from by_segment(s.market.segments, at, who.usual.by_segment)
        for practice in who.by_practice or {}:
            known = s.market.practices
            yield from unknown(f"{at}.by_practice.{practice}", practice, "practice in market.practices", known)
        for role in _named(who):
            if role not in roles:
                yield Problem(at, f"no role of this name{nearest(role, roles)}", shown(role))
            elif roles[role].headcount == 0:
                missed.setdefault(role, []).append(f"'{activity}'")
    for role, activities in missed.items():
        yield Problem(f"org.roles.{role}.headcount", f"nobody there to do {', '.join(activities)}", "0")
    for activity in sorted((_done(s) & s.activity.keys()) - s.org.who.keys()):
        yield Problem(f"org.who.{activity}", "nobody can do this activity: name a role")
