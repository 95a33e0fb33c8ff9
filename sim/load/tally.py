"""What is written down of what befalls cases: tasks, their hours, bookings, hand-offs, commission, ends.

Each method adds what so many cases a year of one segment bring to a load.
"""

from __future__ import annotations

from sim.load.load import HANDOFFS, Load
from sim.plan import Plan
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

    def task(self, segment: int, times: float, step: int, role: int) -> None:
        """Add tasks of a step and what the same person does right before them."""
        plan, done = self._plan, self._plan.steps[step]
        activity = plan.activities[done.activity]
        self._load.tasks[plan.roles[role].name, activity.name] += times
        before = [(index, often) for index, often, roles in activity.lead_ins if role in roles]
        for index, often in ((step, 1.0), *before):
            self._work(segment, times * often, done.journey, index, role)

    def booking(self, segment: int, times: float, step: int, role: int, booker: int) -> None:
        """Add bookings of a step's appointment with a role, and of a new one for each that is missed."""
        plan, done = self._plan, self._plan.steps[step]
        booking = plan.steps[plan.activities[done.activity].booking]
        tasks = times * (1.0 / (plan.compliance * (1.0 - plan.roles[role].absence)))
        self._load.tasks[plan.roles[booker].name, plan.activities[booking.activity].name] += tasks
        self._work(segment, tasks, done.journey, booking.index, booker)

    def _work(self, segment: int, tasks: float, journey: int, step: int, role: int) -> None:
        """Add the hours of tasks of a step that a journey brings."""
        plan, by = self._plan, self._plan.roles[role]
        index = plan.steps[step].activity
        activity = plan.activities[index]
        hours = tasks * activity.mean_ms[segment] / HOUR_MS / by.speed[index]
        self._load.work_h[by.name, activity.name] += hours
        self._load.case_h[plan.journeys[journey].name, by.name, activity.name] += hours

    def step_in(self, segment: int, times: float, step: int, role: int) -> None:
        """Add what a role needs to take over from a machine that could not do a step."""
        plan, done = self._plan, self._plan.steps[step]
        briefing = plan.activities[done.activity].briefing
        self._hand(times, done.journey, role, briefing * plan.across_roles.taker_ms / HOUR_MS)

    def hand_over(self, segment: int, times: float, step: int, giver: int, taker: int) -> None:
        """Add what it costs that one role of people does a step after another, or after itself."""
        plan, load, done = self._plan, self._load, self._plan.steps[step]
        activity = plan.activities[done.activity]
        terms, share = plan.across_roles, activity.briefing
        if giver == taker:
            heads = max(1, plan.roles[taker].headcount)
            alone = activity.same_person or plan.roles[taker].books
            terms, share = plan.within_role, share * (0.0 if alone else 1.0 - 1.0 / heads)
        returned = share * (1.0 - terms.complete)
        giving = share * terms.giver_ms + returned * plan.return_ms
        for role, ms in ((taker, share * terms.taker_ms), (giver, giving)):
            self._hand(times, done.journey, role, ms / HOUR_MS)
        given, completed = (plan.steps[step].name for step in (plan.give_step, plan.complete_step))
        load.tasks[plan.roles[giver].name, given] += times * share if terms.giver_ms else 0.0
        load.tasks[plan.roles[giver].name, completed] += times * returned
        load.tasks[plan.roles[taker].name, activity.name] += times * returned

    def _hand(self, times: float, journey: int, role: int, hours: float) -> None:
        """Add hours of changing hands."""
        name = self._plan.roles[role].name
        self._load.handoff_h[name] += times * hours
        self._load.case_h[self._plan.journeys[journey].name, name, HANDOFFS] += times * hours

    def booked(self, segment: int, usd: float, journey: int, role: int) -> None:
        """Pay a role for what was booked in a journey."""
        by = self._plan.roles[role]
        self._load.commission_usd[by.name] += by.commission[journey] * usd

    def end(self, segment: int, times: float, step: int) -> None:
        """Add how cases ended."""
        end = self._plan.steps[step]
        self._load.ends[self._plan.journeys[end.journey].name, end.name] += times
