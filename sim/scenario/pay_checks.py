"""Commissions and quotas must be on journeys that book something, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.problems import Problem, shown, unknown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def pay(s: Scenario) -> Iterator[Problem]:
    """Find what is wrong with how people are paid.

    Parameters
    ----------
    s : Scenario
        A scenario whose form is right.

    Yields
    ------
    Problem
        By role.
    """
    booking = [name for name, journey in s.journey.items() if any(step.books for step in journey.steps.values())]
    for name, role in s.org.roles.items():
        at = f"org.roles.{name}"
        for journey in role.commission:
            yield from _books(s, f"{at}.commission.{journey}", journey, booking)
        earns = any(role.commission.values())
        if role.machine and earns:
            yield Problem(f"{at}.commission", "machines earn none", shown(role.commission))
        if role.dispatch == "best_paid_first" and not earns:
            yield Problem(f"{at}.dispatch", "best_paid_first needs a commission to go by", shown(role.dispatch))
        if role.quota is None:
            continue
        for journey in role.quota.counts:
            yield from _books(s, f"{at}.quota.counts", journey, booking)
        if s.people.timing.near_weeks >= role.quota.weeks:
            rule = f"must be less than the {role.quota.weeks} weeks of a period (org.roles.{name}.quota.weeks)"
            yield Problem("people.timing.near_weeks", rule, shown(s.people.timing.near_weeks))
        if not role.quota.counts and not earns:
            yield Problem(f"{at}.quota.counts", "names no journey whose bookings count, and none pays a commission")


def _books(s: Scenario, at: str, journey: str, booking: list[str]) -> Iterator[Problem]:
    yield from unknown(at, journey, "journey", s.journey)
    if journey in s.journey and journey not in booking:
        yield Problem(at, "no step of this journey books an order", shown(journey))
