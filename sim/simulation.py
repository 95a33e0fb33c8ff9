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
        The rows, or only their measures; in its `rivals` those of the other companies in the market.

    Raises
    ------
    ValueError
        For an unknown engine, or a design that is not staffed yet (see `sim.staffing`).
    sim.run_error.RunError
        If a case goes in circles, or cases start one another without end.
    """
    from sim.engine import World
    from sim.engine.rivalry import Rivalry
    from sim.kpis import Fold

    if engine not in ENGINES:
        raise ValueError(f"engine: must be one of {', '.join(ENGINES)} (got {engine!r})")
    designs = [scenario.org, scenario.run_in, *(change.org for change in scenario.changes), *scenario.rivals]
    if any(design is not None and design.staffing != "given" for design in designs):
        raise ValueError("org.staffing: balanced staffing comes first, see sim.staffing.staffed")
    plans = [plan_of(seen) for seen in scenario.companies]
    folds = [None if trace else Fold(plan) for plan in plans]
    traces = [
        Trace(plan, keep=trace, fold=None if fold is None else fold.add, company=c + 1)
        for c, (plan, fold) in enumerate(zip(plans, folds, strict=True))
    ]
    rivalry = Rivalry(plans) if scenario.rivals else None
    worlds = [World(plan, seed, replication, rows, rivalry) for plan, rows in zip(plans, traces, strict=True)]
    worlds[0].run()
    for rows, fold in zip(traces, folds, strict=True):
        if fold is not None:
            rows.measures, rows.cohorts = fold.result(), fold.cohorts()
    traces[0].rivals = traces[1:]
    return traces[0]
