"""Which role has cases at an activity, and how the activity is divided between roles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sim.draws import absorb_array, uniforms
from sim.load.cases import Cases
from sim.load.drawn import Places, by_segment
from sim.plan import PlanActivity

Division = tuple[tuple[int, float], ...]
"""Roles and their shares of an activity."""


def who_has(activity: PlanActivity, cases: Cases, at: Places) -> Iterator[tuple[int, Places, Division]]:
    """Yield each role that some of the cases go to, these cases, and how their work is divided.

    The role is given by a practice of the account, by segment, or by a draw. The one drawn only says what follows, a
    hand-over or none: the work itself is divided between all that may be drawn.
    """
    for practice, role in activity.by_practice:
        mine = cases.follows[practice, at]
        if mine.any():
            yield role, at[mine], ((role, 1.0),)
        at = at[~mine]
    if not len(at):
        return
    for roles, mine in by_segment(activity.roles, cases.segment[at]):
        some = at[mine]
        if len(roles) > 1 and activity.shares:
            u = uniforms(absorb_array(absorb_array(cases.key[some], activity.word), 0))
            drawn = np.searchsorted(activity.shares, u, side="right")
            below = (0.0, *activity.shares)
            division = tuple((r, to - low) for r, low, to in zip(roles, below, activity.shares, strict=False))
            for i, (role, _) in enumerate(division):
                if (drawn == i).any():
                    yield role, some[drawn == i], division
        else:
            yield roles[0], some, ((roles[0], 1.0),)
