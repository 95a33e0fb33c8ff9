"""Who is credited with what is booked, and what that pays them: commission, the last quarter's pay, quotas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.rules import conceded, in_reach, leaving
from sim.trace import Event
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person
    from sim.engine.world import World
    from sim.plan import PlanQuota, PlanStep

QUARTER = 13
"""Weeks of pay that people remember."""


class Pay:
    """Credits bookings to people and pays them.

    A booking is credited, for each role that earns on its journey, to the account's owner if the role owns books, else
    to whoever of the role was the last to work on the case. Somebody who has left the role since is paid nothing.

    Parameters
    ----------
    world : World
        What lives.
    """

    def __init__(self, world: World) -> None:
        self._world = world
        self._hands: dict[int, dict[int, tuple[Person, int]]] = {}
        self._recent: dict[int, dict[int, float]] = {}
        self._booked: dict[int, tuple[int, int, float]] = {}
        self._since: dict[int, int] = {}

    def worked(self, person: Person, case: Case) -> None:
        """Remember who of a role that earns something had a case last."""
        self._hands.setdefault(case.key, {})[person.desk.index] = (person, person.key)

    def forget(self, case: Case) -> None:
        """Forget a case that has ended."""
        self._hands.pop(case.key, None)

    def booked(self, case: Case, step: PlanStep) -> None:
        """Credit what a case books, and pay the commission on it."""
        world, journey = self._world, step.journey
        for desk in world.desks:
            role = desk.role
            rate = role.commission[journey] if role.commission else 0.0
            counts = role.quota is not None and role.quota.counts[journey]
            if rate <= 0.0 and not counts:
                continue
            person = self._credited(case, desk.index)
            if person is None:
                continue
            if role.quota is not None and counts:
                period_ms = role.quota.period_ms
                usd = self._in_period(person, period_ms) + case.value
                self._booked[person.key] = (period_ms, world.clock._now // period_ms, usd)
            if rate > 0.0:
                usd = rate * case.value
                world.record(Event.PAY, case=case, step=step.index, person=person, value=usd)
                if world.plan.people.leaving > 0.0:
                    weeks = self._recent.setdefault(person.key, {})
                    week = world.clock._now // WEEK_MS
                    weeks[week] = weeks.get(week, 0.0) + usd

    def _credited(self, case: Case, index: int) -> Person | None:
        desk = self._world.desks[index]
        if desk.role.books and case.account is not None and desk.people:
            return case.account.owner(desk)
        person, key = self._hands.get(case.key, {}).get(index, (None, 0))
        return person if person is not None and person.key == key and not person.gone and person.desk is desk else None

    # -- leaving

    def joins(self, person: Person) -> None:
        """Note when somebody takes a seat during the run; what they earn counts from then on."""
        self._since[person.key] = self._world.clock._now // WEEK_MS

    def leaving_factor(self, person: Person) -> float:
        """Give the factor on a person's hazard of quitting in this week, by what they earned in the 13 weeks before it.

        Weeks before they came, or before the run, count as if they had paid at target, and so do all weeks of a role
        whose variable pay is no commission.
        """
        response, role = self._world.plan.people.leaving, person.role
        target = (role.pay_usd + role.variable_usd) / WEEKS_PER_YEAR * QUARTER
        if response <= 0.0 or not role.commission or target <= 0.0:
            return 1.0
        week = self._world.clock._now // WEEK_MS
        first = week - QUARTER
        here = week - max(first, self._since.get(person.key, 0))
        weeks = self._recent.get(person.key, {})
        for old in [w for w in weeks if w < first]:
            del weeks[old]
        earned = sum(usd for w, usd in weeks.items() if w < week)
        realized = (
            role.pay_usd / WEEKS_PER_YEAR * QUARTER + earned + role.variable_usd / WEEKS_PER_YEAR * (QUARTER - here)
        )
        return leaving(realized / target, response)

    # -- deals at the end of a period

    def pulls_in(self, case: Case, step: PlanStep) -> bool:
        """Tell whether whoever has a case hurries the customer, and give a part of the value away if so."""
        quota = self._quota_near_end(case)
        world = self._world
        if quota is None or not self._in_reach(case, quota):
            return False
        before, index = case.value, world.plan.value
        if index >= 0:
            case.registers[index] = conceded(before, world.plan.people.concession)
        world.record(Event.PULL, case=case, step=step.index, person=case.last_person, value=before - case.value)
        return True

    def held_until(self, case: Case, step: PlanStep) -> int:
        """Give the instant until which a customer who is ready is asked to wait; now, if not at all."""
        quota, now = self._quota_near_end(case), self._world.clock._now
        if quota is None or self._in_reach(case, quota):
            return now
        until = (now // quota.period_ms + 1) * quota.period_ms
        self._world.record(Event.PUSH, case=case, step=step.index, person=case.last_person, value=float(until - now))
        return until

    def _quota_near_end(self, case: Case) -> PlanQuota | None:
        """Give the quota on a case of whoever worked on it last and is still there, if its period is about to end."""
        person = case.last_person
        quota = None if person is None or person.gone else person.role.quota
        if quota is None or not quota.counts[case.step.journey]:
            return None
        left = quota.period_ms - self._world.clock._now % quota.period_ms
        return quota if left <= self._world.plan.people.near_ms else None

    def _in_reach(self, case: Case, quota: PlanQuota) -> bool:
        assert case.last_person is not None
        booked = self._in_period(case.last_person, quota.period_ms)
        return in_reach(booked, quota.usd, self._world.plan.people.reach)

    def _in_period(self, person: Person, period_ms: int) -> float:
        """Give what a person is credited with in this period of a quota; one of another length begins anew."""
        length_ms, number, usd = self._booked.get(person.key, (0, 0, 0.0))
        return usd if (length_ms, number) == (period_ms, self._world.clock._now // period_ms) else 0.0
