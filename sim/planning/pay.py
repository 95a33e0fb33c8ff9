"""How roles are paid, as tables: commission and quota by journey, and how much work is left until a booking."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from sim import plan as p
from sim.planning.names import Names
from sim.scenario.org import Role
from sim.worktime import WEEK_MS


def commission_of(n: Names, role: Role) -> tuple[float, ...]:
    """Give the rates by journey; empty if there are none."""
    if not any(role.commission.values()):
        return ()
    return tuple(role.commission.get(name, 0.0) for name in n.journeys)


def quota_of(n: Names, role: Role) -> p.PlanQuota | None:
    """Give the quota; None if there is none."""
    if role.quota is None:
        return None
    counted = role.quota.counts or [name for name, rate in role.commission.items() if rate > 0.0]
    counts = tuple(name in counted for name in n.journeys)
    return p.PlanQuota(role.quota.usd, role.quota.weeks * WEEK_MS, counts)


def ways_of(
    n: Names, role: p.PlanRole, index: int, activities: Sequence[p.PlanActivity]
) -> tuple[tuple[float, ...], ...]:
    """Give the mean effort a case still needs of a role until it is booked, as `PlanRole.ways_ms` lists it.

    The way is the shortest that leads to a booking: without defects, engineering or further talks. At a choice by the
    mark `technical` it is the case's own way, as whoever sells knows which of the two a need is. Work that several
    roles share counts by this role's share, the step itself in full; what is done right before counts as well.
    """
    if role.dispatch != p.BEST_PAID_FIRST:
        return ()
    cases = [(segment, technical) for segment in range(len(n.segments)) for technical in (False, True)]
    columns = [_ways(n, role, index, activities, segment, technical) for segment, technical in cases]
    return tuple(zip(*columns, strict=True))


def _ways(
    n: Names, role: p.PlanRole, index: int, activities: Sequence[p.PlanActivity], segment: int, technical: bool
) -> list[float]:
    """Relax the steps until no way gets shorter (Bellman 1958)."""
    mark = n.register("technical")
    own = [_own_ms(n, role, activities, step, segment) for step in n.steps]
    share = [_share(activities[s.activity], index, segment) if s.activity >= 0 else 0.0 for s in n.steps]
    ways = [inf] * len(n.steps)
    shorter = True
    while shorter:
        shorter = False
        for step in n.steps:
            way = share[step.index] * own[step.index]
            if not step.books:
                way += min((ways[to] for to in _onward(step, mark, technical)), default=inf)
            if way < ways[step.index]:
                ways[step.index], shorter = way, True
    full = [way + (1.0 - part) * ms for way, part, ms in zip(ways, share, own, strict=True)]
    return [way if way < inf else -1.0 for way in full]


def _onward(step: p.PlanStep, mark: int, technical: bool) -> tuple[int, ...]:
    """Give the steps that may follow where nobody gives up."""
    if step.verb == p.CHOOSE:
        return step.targets[0 if technical else 1 :][:1] if 0 <= step.mark == mark else step.targets
    return (step.next,) if step.next >= 0 else ()


def _share(activity: p.PlanActivity, index: int, segment: int) -> float:
    roles, shares = activity.roles[segment], activity.shares
    if index not in roles:
        return 0.0
    if not shares:
        return 1.0
    at = roles.index(index)
    return shares[at] - (shares[at - 1] if at else 0.0)


def _own_ms(n: Names, role: p.PlanRole, activities: Sequence[p.PlanActivity], step: p.PlanStep, segment: int) -> float:
    """Give the mean effort of a step at the speed of a role, with what its person does right before."""
    if step.activity < 0:
        return 0.0
    activity = activities[step.activity]
    mean = activity.mean_ms[segment] / role.speed[step.activity]
    for before, share, doers in activity.lead_ins:
        if n.roles.index(role.name) not in doers:
            continue
        lead_in = n.steps[before].activity
        mean += share * activities[lead_in].mean_ms[segment] / role.speed[lead_in]
    return mean
