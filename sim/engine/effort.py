"""How long a person needs for a case: the effort of this visit, and what comes right before it."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.plan import PlanActivity

_LEAD_IN = word_of("lead-in")


def effort_ms(case: Case, activity: PlanActivity, speed: float) -> int:
    """Draw the work of this visit to an activity, for a person of this speed."""
    visit = case.visits.get(activity.word, 0)
    case.visits[activity.word] = visit + 1
    u = uniform(absorb(absorb(case.key, activity.word), visit))
    return floor(activity.effort[case.segment].sampler(u) / speed + 0.5)


def lead_ins(case: Case, activity: PlanActivity, speed: tuple[float, ...], role: int) -> list[tuple[int, int]]:
    """Draw what the same person, of a role, does right before, as (step, ms); speeds are by activity."""
    found = []
    plan = case.world.plan
    for index, share, roles in activity.lead_ins:
        if role not in roles:
            continue
        step = plan.steps[index]
        visit = case.visits.get(activity.word, 0)
        u = uniform(absorb(absorb(absorb(case.key, _LEAD_IN), step.word), visit))
        if u < share:
            found.append((index, effort_ms(case, plan.activities[step.activity], speed[step.activity])))
    return found
