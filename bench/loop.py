"""The compiled engine without what comes before and after it: no plan is made, and rows are handed on to nobody."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sim import Scenario
    from sim.trace import Block


def loop_of(scenario: Scenario, *, seed: int = 1) -> Callable[[], None]:
    """Plan a scenario, and give a run of it that lays out the memory, runs the events and drops the rows.

    Parameters
    ----------
    scenario : Scenario
        Of one company, staffed.
    seed : int
        Seed.

    Returns
    -------
    callable
        Runs replication 0.
    """
    from sim import compiled
    from sim.planning import plan_of
    from sim.trace import Trace

    plan = plan_of(scenario)
    return lambda: compiled.run([plan], seed, 0, [Trace(plan, keep=False)])


def rows_of(scenario: Scenario, *, seed: int = 1) -> int:
    """Count the rows of replication 0, without keeping them."""
    from sim import compiled
    from sim.planning import plan_of
    from sim.trace import Trace

    found = 0

    def count(block: Block, places: object = None) -> None:
        nonlocal found
        found += len(block.event)

    plan = plan_of(scenario)
    compiled.run([plan], seed, 0, [Trace(plan, keep=False, fold=count)])
    return found
