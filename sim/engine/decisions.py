"""Rules at work on a case: which branch it takes, what finished work changes in it."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from sim.binding import apply_rule
from sim.draws import absorb, uniform

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.person import Person
    from sim.plan import PlanActivity, PlanStep


def branch_of(case: Case, step: PlanStep) -> int:
    """Decide a choose: by a mark of the need, by probability, or by a rule."""
    visit = case.visit(step.word)
    if step.practice >= 0:
        follower = case.account.practices if case.account is not None else None
        return 0 if follower is not None and follower.follows(step.practice) else 1
    if step.mark >= 0:
        return 0 if case.registers[step.mark] > 0.0 else 1
    u = luck(case.key, step, visit)
    if step.chances:
        return bisect_right(step.chances, u)
    rule, rivalry = case.world.plan.rules[step.rule], case.world.rivalry
    if rivalry is not None and rule.value is not None:
        return rivalry.decides(case, step, rule, u)
    return apply_rule(rule, case.registers, _traits(case), 1.0, 1.0, u)


def luck(key: int, step: PlanStep, visit: int) -> float:
    """Give the uniform of a decision: of a case's address, at a step, for the n-th time."""
    return uniform(absorb(absorb(key, step.word), visit))


def take_effect(case: Case, activity: PlanActivity, person: Person) -> None:
    """Let finished work change the case, by its rule and who did it."""
    rule = case.world.plan.rules[activity.effect]
    u = 0.5
    if rule.draws:
        u = uniform(absorb(absorb(case.key, rule.word), case.visits.get(activity.word, 0)))
    skill, quality, pace = person.skill(activity.kind), person.role.quality[case.step.activity], case.world.pace
    if pace is not None:
        skill, quality = skill * pace.skill(person, case), quality * pace.quality(person, case)
    apply_rule(rule, case.registers, _traits(case), skill, quality, u)


def _traits(case: Case) -> list[float]:
    return case.account.traits if case.account is not None else []
