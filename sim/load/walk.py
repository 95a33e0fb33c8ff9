"""The walk of a case through its journey without a clock: the same rules and laws as in a run, no queues."""

from __future__ import annotations

from bisect import bisect_right

from sim.binding import apply_rule
from sim.draws import absorb, uniform, word_of
from sim.load.case import SampleCase
from sim.load.load import Load
from sim.load.tally import Tally
from sim.load.who import division, role_of
from sim.plan import CHOOSE, DO, INBOUND, START, WAIT, Plan, PlanStep
from sim.run_error import MAX_VISITS, RunError

MAX_STEPS = 10 * MAX_VISITS
"""Of one case; who takes more goes in circles."""
MAX_DEPTH = 12
"""Cases that one starts are walked too, to a depth at which feedback has died out."""

_CANNOT = word_of("cannot")


class Walk:
    """Walks cases and adds what they bring to a load.

    Parameters
    ----------
    plan : Plan
        Market and design.
    load : Load
        Added to.
    """

    def __init__(self, plan: Plan, load: Load) -> None:
        self._plan = plan
        self._tally = Tally(plan, load)

    def walk(self, case: SampleCase) -> float:
        """Walk a case to its end, and those that it starts.

        Returns
        -------
        float
            How long it keeps its account from being had for another one, ms: the customer's own time and the rest
            after it.

        Raises
        ------
        RunError
            If a case goes in circles.
        """
        plan, patience = self._plan, case.patience
        journey = plan.journeys[case.journey]
        step = plan.steps[journey.first if case.origin == INBOUND else journey.entries[case.origin][0]]
        for n in range(MAX_STEPS):
            if step.verb == DO:
                if patience.gone(step):
                    to = journey.window_to if patience.expired else step.left
                else:
                    self._work(step, case, n)
                    to = step.next
            elif step.verb == WAIT:
                patience.elapsed_ms += step.wait[case.segment].quantile(uniform(absorb(absorb(case.key, step.word), n)))
                to = step.next
            elif step.verb == CHOOSE:
                to = step.targets[self._branch(step, case, n)]
            else:
                if step.books:
                    self._tally.booked(case)
                if step.verb != START:
                    break
                if case.depth < MAX_DEPTH:
                    self.walk(case.child(plan, step, n))
                to = step.next
            step = plan.steps[to]
        else:
            raise RunError.circles(journey.name, step.name)
        self._tally.end(step, case)
        return patience.elapsed_ms + (plan.rest_ms if step.rests else 0)

    def _work(self, step: PlanStep, case: SampleCase, visit: int) -> None:
        """Have a step's work done, by a machine's fallback if need be, and let it have its effect."""
        plan, tally, before = self._plan, self._tally, case.last_role
        activity = plan.activities[step.activity]
        role = role_of(activity, case)
        if role in case.shunned:
            role = plan.roles[role].fallback
            tally.task(role, step, case)
        else:
            for each, share in division(role, activity, case):
                tally.task(each, step, case, share)
        cannot = plan.roles[role].cannot
        if cannot and uniform(absorb(absorb(case.key, _CANNOT), activity.word)) < cannot[step.activity]:
            case.shunned.add(role)
            role = plan.roles[role].fallback
            tally.task(role, step, case)
            if before in (-1, role):
                tally.step_in(role, activity, case)
        if activity.booking >= 0:
            tally.booking(role, step, case)
        tally.hand_over(before, role, activity, case)
        if activity.effect >= 0:
            u = uniform(absorb(absorb(case.key, activity.word), visit + 1))
            quality = plan.roles[role].quality[step.activity]
            apply_rule(plan.rules[activity.effect], case.registers, case.traits, 1.0, quality, u)
        if not plan.roles[role].machine:
            case.last_role = role
        case.hands.add(case.last_role)

    def _branch(self, step: PlanStep, case: SampleCase, visit: int) -> int:
        """Decide a choose: by a practice of the account, a mark of the need, by probability, or by a rule."""
        if step.practice >= 0:
            return 0 if step.practice in case.followed else 1
        if step.mark >= 0:
            return 0 if case.registers[step.mark] > 0.0 else 1
        u = uniform(absorb(absorb(case.key, step.word), visit))
        if step.chances:
            return bisect_right(step.chances, u)
        return apply_rule(self._plan.rules[step.rule], case.registers, case.traits, 1.0, 1.0, u)
