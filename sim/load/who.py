"""Which role has a case at an activity, and how an activity is divided between roles."""

from __future__ import annotations

from bisect import bisect_right

from sim.draws import absorb, uniform
from sim.load.case import SampleCase
from sim.plan import PlanActivity


def role_of(activity: PlanActivity, case: SampleCase) -> int:
    """Give the role by a practice of the account, by segment, or by a draw."""
    for practice, role in activity.by_practice:
        if practice in case.followed:
            return role
    roles = activity.roles[case.segment]
    if activity.shares and len(roles) > 1:
        u = uniform(absorb(absorb(case.key, activity.word), 0))
        return roles[bisect_right(activity.shares, u)]
    return roles[0]


def division(drawn: int, activity: PlanActivity, case: SampleCase) -> list[tuple[int, float]]:
    """Give each role its share of an activity: the one drawn only says what follows, a hand-over or none."""
    if not activity.shares or any(practice in case.followed for practice, _ in activity.by_practice):
        return [(drawn, 1.0)]
    below = (0.0, *activity.shares)
    roles = activity.roles[case.segment]
    return [(each, upto - low) for each, low, upto in zip(roles, below, activity.shares, strict=False)]
