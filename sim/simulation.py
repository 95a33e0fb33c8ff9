"""The door to one replication."""

from __future__ import annotations

from sim.planning import plan_of
from sim.scenario import Scenario
from sim.trace import Trace

ENGINES = ("simpy",)


def simulate(
    scenario: Scenario, *, seed: int = 1, replication: int = 0, engine: str = "simpy", trace: bool = True
) -> Trace:
    """Run one replication.

    Parameters
    ----------
    scenario : Scenario
        What to run.
    seed, replication : int
        The address of all chance; same pair, same bits.
    engine : str
        One of `ENGINES`.
    trace : bool
        Whether the rows are kept. If not, they are folded into measures while running, and memory does not grow with
        the length of the run; `measure` gives the same numbers either way.

    Returns
    -------
    Trace
        The rows, or only their measures.

    Raises
    ------
    ValueError
        For an unknown engine, or a design that is not staffed yet (see `sim.staffing`).
    sim.engine.RunError
        If a case goes in circles.
    """
    from sim.engine import World
    from sim.kpis import Fold

    if engine not in ENGINES:
        raise ValueError(f"engine: must be one of {', '.join(ENGINES)} (got {engine!r})")
    designs = [scenario.org, scenario.run_in, *(change.org for change in scenario.changes)]
    if any(design is not None and design.staffing != "given" for design in designs):
        raise ValueError("org.staffing: balanced staffing comes first, see sim.staffing.staffed")
    plan = plan_of(scenario)
    fold = None if trace else Fold(plan)
    rows = Trace(plan, keep=trace, fold=None if fold is None else fold.add)
    World(plan, seed, replication, rows).run()
    if fold is not None:
        rows.measures, rows.cohorts = fold.result(), fold.cohorts()
    return rows
