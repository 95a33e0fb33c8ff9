"""What is written down of the work of cases: tasks, their hours, bookings, hand-offs, commission."""

from __future__ import annotations

from sim.load.case import SampleCase
from sim.load.load import HANDOFFS, Load
from sim.plan import Plan, PlanActivity, PlanStep
from sim.worktime import HOUR_MS


class Tally:
    """Adds what cases bring to a load.

    Parameters
    ----------
    plan : Plan
        Market and design.
    load : Load
        Added to.
    """

    def __init__(self, plan: Plan, load: Load) -> None:
        self._plan = plan
        self._load = load

    def task(self, role: int, step: PlanStep, case: SampleCase, share: float = 1.0) -> None:
        """Add a share of a task and of what the same person does right before it."""
        plan = self._plan
        activity = plan.activities[step.activity]
        tasks = case.per_year * share
        self._load.tasks[plan.roles[role].name, activity.name] += tasks
        before = [(index, often) for index, often, roles in activity.lead_ins if role in roles]
        for index, often in ((step.index, 1.0), *before):
            self._work(role, plan.steps[index], case, tasks * often)

    def booking(self, role: int, step: PlanStep, case: SampleCase) -> None:
        """Add the booking of an appointment with a role, and of a new one for each that is missed."""
        plan = self._plan
        activity = plan.activities[step.activity]
        booking = plan.steps[activity.booking]
        booker = role if activity.booked_by < 0 else activity.booked_by
        if booker in case.shunned:
            booker = plan.roles[booker].fallback
        tasks = case.per_year * (1.0 / (plan.compliance * (1.0 - plan.roles[role].absence)))
        self._load.tasks[plan.roles[booker].name, plan.activities[booking.activity].name] += tasks
        self._work(booker, booking, case, tasks)

    def _work(self, role: int, step: PlanStep, case: SampleCase, tasks: float) -> None:
        """Add the hours of so many tasks a year."""
        activity, by = self._plan.activities[step.activity], self._plan.roles[role]
        hours = tasks * activity.mean_ms[case.segment] / HOUR_MS / by.speed[step.activity]
        self._load.work_h[by.name, activity.name] += hours
        self._load.case_h[self._journey(case), by.name, activity.name] += hours

    def step_in(self, role: int, activity: PlanActivity, case: SampleCase) -> None:
        """Add what a role needs to take over from a machine that could not do it."""
        self._hand(role, activity.briefing * self._plan.across_roles.taker_ms / HOUR_MS, case)

    def hand_over(self, giver: int, taker: int, activity: PlanActivity, case: SampleCase) -> None:
        """Add what it costs that one role does an activity after another, or after itself; -1 for none before."""
        plan, load = self._plan, self._load
        if giver < 0 or plan.roles[taker].machine or plan.roles[giver].machine:
            return
        terms, share = plan.across_roles, activity.briefing
        if giver == taker:
            heads = max(1, plan.roles[taker].headcount)
            alone = activity.same_person or plan.roles[taker].books
            terms, share = plan.within_role, share * (0.0 if alone else 1.0 - 1.0 / heads)
        returned = share * (1.0 - terms.complete)
        giving = share * terms.giver_ms + returned * plan.return_ms
        for role, ms in ((taker, share * terms.taker_ms), (giver, giving)):
            self._hand(role, ms / HOUR_MS, case)
        given, completed = (plan.steps[step].name for step in (plan.give_step, plan.complete_step))
        load.tasks[plan.roles[giver].name, given] += case.per_year * share if terms.giver_ms else 0.0
        load.tasks[plan.roles[giver].name, completed] += case.per_year * returned
        load.tasks[plan.roles[taker].name, activity.name] += case.per_year * returned

    def _hand(self, role: int, hours: float, case: SampleCase) -> None:
        """Add hours of changing hands."""
        name = self._plan.roles[role].name
        self._load.handoff_h[name] += case.per_year * hours
        self._load.case_h[self._journey(case), name, HANDOFFS] += case.per_year * hours

    def booked(self, case: SampleCase) -> None:
        """Pay the roles that earn on a booking: owners always, others if they had a hand in it."""
        value = case.registers[self._plan.value] if self._plan.value >= 0 else 0.0
        for r, role in enumerate(self._plan.roles):
            if role.commission and role.headcount and (role.books or r in case.hands):
                self._load.commission_usd[role.name] += role.commission[case.journey] * value * case.per_year

    def end(self, step: PlanStep, case: SampleCase) -> None:
        """Add how the case ended."""
        self._load.ends[self._journey(case), step.name] += case.per_year

    def _journey(self, case: SampleCase) -> str:
        return self._plan.journeys[case.journey].name
