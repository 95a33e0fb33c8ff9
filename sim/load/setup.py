"""Set-up by the mix of work: what changing over costs if each person's tasks come in random order.

A task of a kind that makes up the share p of all then follows another kind with probability 1 - p.
"""

from __future__ import annotations

from collections import defaultdict

from sim.load.load import Load
from sim.plan import Plan
from sim.worktime import HOUR_MS


def add_setup(plan: Plan, load: Load) -> None:
    """Add the set-up that the tasks counted so far bring; machines need none."""
    activities = {activity.name: activity for activity in plan.activities}
    for role in plan.roles:
        tasks = [(activities[a], n) for (r, a), n in load.tasks.items() if r == role.name and n > 0.0]
        if role.machine or not tasks:
            continue
        groups: defaultdict[str, float] = defaultdict(float)
        for activity, n in tasks:
            groups[activity.setup_group] += n
        everything = sum(groups.values())
        load.setup_h[role.name] = sum(
            n * activity.setup_ms / HOUR_MS * (1.0 - groups[activity.setup_group] / everything) for activity, n in tasks
        )
