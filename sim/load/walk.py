"""The walk of cases through their journeys without a clock: the same rules and laws as in a run, no queues.

Those that stand at the same step pass it together. Nobody meets anybody, so that the order makes no difference to what
befalls a case.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from sim.draws import absorb_array, uniforms, word_of
from sim.load.cases import Cases
from sim.load.decisions import apply_to
from sim.load.drawn import Places, drawn_by_segment, named_ms
from sim.load.happenings import Happenings
from sim.load.tally import Tally
from sim.load.who import Division, who_has
from sim.plan import CHOOSE, DO, START, WAIT, Plan, PlanStep
from sim.run_error import MAX_VISITS, RunError

MAX_STEPS = 10 * MAX_VISITS
"""Of one case; who takes more goes in circles."""
MAX_DEPTH = 12
"""Cases that one starts are walked too, to a depth at which feedback has died out."""

_CANNOT = word_of("cannot")

Onward = Iterator[tuple[int, Places]]
"""Steps, and which of the cases go there."""


class Walk:
    """Walks cases and notes what befalls them.

    Parameters
    ----------
    plan : Plan
        Market and design.
    happenings : Happenings
        Added to.
    """

    def __init__(self, plan: Plan, happenings: Happenings) -> None:
        self._plan = plan
        self._note = happenings.note

    def walk(self, cases: Cases, depth: int = 0) -> None:
        """Walk cases to their ends, and then those that they start.

        `Cases.elapsed_ms` becomes how long a case with a window, or one that is timed, keeps its account from being had
        for another one: the customer's own time and the rest after it.

        Raises
        ------
        RunError
            If a case goes in circles.
        """
        plan = self._plan
        waiting: dict[int, list[Places]] = {}
        started: list[Cases] = []
        for first in np.unique(cases.begins).tolist():
            waiting[first] = [np.flatnonzero(cases.begins == first)]
        while waiting:
            # The first step in the order of their journeys, so that who has come back catches up with the others.
            step = plan.steps[min(waiting)]
            at = np.concatenate(waiting.pop(step.index))
            if cases.visits[at].max() >= MAX_STEPS:
                raise RunError.circles(plan.journeys[step.journey].name, step.name)
            for to, some in self._passed(step, cases, at):
                waiting.setdefault(to, []).append(some)
            if step.verb == START:
                started.append(cases.started_at(plan, step, at))
            cases.visits[at] += 1
        if started and depth < MAX_DEPTH:
            self.walk(Cases.joined(started), depth + 1)

    def _passed(self, step: PlanStep, cases: Cases, at: Places) -> Onward:
        """Have a step passed; yield where the cases go from there, nowhere from an end."""
        if step.verb == DO:
            yield from self._done(step, cases, at)
        elif step.verb == WAIT:
            # Without a window the time makes no difference but to who asks for it.
            late = at[cases.timed[at] | (cases.window_ms[at] < np.inf)]
            u = self._uniforms(step, cases, late)
            cases.elapsed_ms[late] += drawn_by_segment(step.wait, u, cases.segment[late])
            yield step.next, at
        elif step.verb == CHOOSE:
            branches = self._branches(step, cases, at)
            for branch, to in enumerate(step.targets):
                some = at[branches == branch]
                if len(some):
                    yield to, some
        else:
            if step.books:
                self._book(step, cases, at)
            if step.verb == START:
                yield step.next, at
            else:
                self._note((Tally.end, (step.index,)), cases, at)
                if step.rests:
                    cases.elapsed_ms[at] += self._plan.rest_ms

    def _done(self, step: PlanStep, cases: Cases, at: Places) -> Onward:
        """Have a step's work done for those who do not leave before."""
        expired = cases.elapsed_ms[at] > cases.window_ms[at]
        gone = self._gone(step, cases, at, expired)
        journey = self._plan.journeys[step.journey]
        for to, some in ((journey.window_to, at[gone & expired]), (step.left, at[gone & ~expired])):
            if len(some):
                yield to, some
        stayed = at[~gone]
        if len(stayed):
            activity = self._plan.activities[step.activity]
            for drawn, mine, division in who_has(activity, cases, stayed):
                for role, some in self._doers(step, drawn, division, cases, mine):
                    if len(some):
                        self._work(step, role, cases, some)
            yield step.next, stayed

    def _gone(self, step: PlanStep, cases: Cases, at: Places, expired: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell which customers leave before a step is done: over time, or out of patience where a wait is planned."""
        activity = self._plan.activities[step.activity]
        gone = expired if activity.customer_present else np.zeros(len(at), dtype=bool)
        if step.patience >= 0 and activity.planned_wait_ms > 0:
            patience_ms = named_ms(self._plan, step.patience, cases.key[at], cases.segment[at])
            gone = gone | (patience_ms < activity.planned_wait_ms)
        return gone

    def _doers(
        self, step: PlanStep, drawn: int, division: Division, cases: Cases, at: Places
    ) -> Iterator[tuple[int, Places]]:
        """Note the tasks of a step; yield who has done it: the role drawn, or who steps in for a machine."""
        by = self._plan.roles[drawn]
        fallen = at[:0]
        if by.fallback >= 0:
            shunned = cases.shunned[drawn, at]
            fallen, at = at[shunned], at[~shunned]
        for role, share in division:
            self._note((Tally.task, (step.index, role)), cases, at, share)
        if by.cannot:
            word = self._plan.activities[step.activity].word
            u = uniforms(absorb_array(absorb_array(cases.key[at], _CANNOT), word))
            failed = at[u < by.cannot[step.activity]]
            cases.shunned[drawn, failed] = True
            unknown = np.isin(cases.last_role[failed], (-1, by.fallback))
            self._note((Tally.step_in, (step.index, by.fallback)), cases, failed[unknown])
            fallen, at = np.concatenate([fallen, failed]), at[u >= by.cannot[step.activity]]
        self._note((Tally.task, (step.index, by.fallback)), cases, fallen)
        yield drawn, at
        yield by.fallback, fallen

    def _work(self, step: PlanStep, role: int, cases: Cases, at: Places) -> None:
        """Let a role's work at a step have its consequences: appointments, hand-overs, its effect on the case."""
        plan = self._plan
        activity, by = plan.activities[step.activity], plan.roles[role]
        if activity.booking >= 0:
            self._make_appointments(step, role, cases, at)
        if not by.machine:
            before = cases.last_role[at]
            for giver in np.unique(before[before >= 0]).tolist():
                self._note((Tally.hand_over, (step.index, giver, role)), cases, at[before == giver])
            cases.last_role[at] = role
            cases.hands[role, at] = True
        if activity.effect >= 0:
            u = uniforms(absorb_array(absorb_array(cases.key[at], activity.word), cases.visits[at] + 1))
            apply_to(plan.rules[activity.effect], cases, at, u, by.quality[step.activity])

    def _make_appointments(self, step: PlanStep, role: int, cases: Cases, at: Places) -> None:
        """Note who makes the appointments with a role; for a machine that could not do it, who steps in."""
        activity = self._plan.activities[step.activity]
        booker = role if activity.booked_by < 0 else activity.booked_by
        shunned = cases.shunned[booker, at]
        self._note((Tally.booking, (step.index, role, booker)), cases, at[~shunned])
        self._note((Tally.booking, (step.index, role, self._plan.roles[booker].fallback)), cases, at[shunned])

    def _branches(self, step: PlanStep, cases: Cases, at: Places) -> NDArray[np.intp]:
        """Decide a choose: by a practice of the account, a mark of the need, by probability, or by a rule."""
        if step.practice >= 0:
            return np.where(cases.follows[step.practice, at], 0, 1)
        if step.mark >= 0:
            return np.where(cases.registers[step.mark, at] > 0.0, 0, 1)
        u = self._uniforms(step, cases, at)
        if step.chances:
            return np.searchsorted(step.chances, u, side="right")
        return apply_to(self._plan.rules[step.rule], cases, at, u)

    def _uniforms(self, step: PlanStep, cases: Cases, at: Places) -> NDArray[np.float64]:
        """Give the uniforms of a step at this visit."""
        return uniforms(absorb_array(absorb_array(cases.key[at], step.word), cases.visits[at]))

    def _book(self, step: PlanStep, cases: Cases, at: Places) -> None:
        """Note what roles earn a commission on: owners on all, others if they had a hand in it."""
        value = self._plan.value
        for r, role in enumerate(self._plan.roles):
            if value >= 0 and role.commission and role.headcount:
                mine = at if role.books else at[cases.hands[r, at]]
                self._note((Tally.booked, (step.journey, r)), cases, mine, cases.registers[value, mine])
