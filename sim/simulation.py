"""The door to one replication."""

from __future__ import annotations

from sim.choice import chosen
from sim.plan import Plan
from sim.planning import plan_of
from sim.scenario import Scenario
from sim.trace import Trace


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
        ``simpy``; ``compiled``, which gives the same rows sooner once it is loaded; or ``auto``, which takes the
        second where it knows all of the scenario and the run is long enough to be worth it.
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
    sim.choice.Uncovered
        A ValueError: the compiled engine does not know all that the scenario has.
    sim.run_error.RunError
        If a case goes in circles, or cases start one another without end.
    """
    from sim.kpis import Fold

    designs = [scenario.org, scenario.run_in, *(change.org for change in scenario.changes), *scenario.rivals]
    if any(design is not None and design.staffing != "given" for design in designs):
        raise ValueError("org.staffing: balanced staffing comes first, see sim.staffing.staffed")
    plans = [plan_of(seen) for seen in scenario.companies]
    engine = chosen(engine, plans).engine
    folds = [None if trace else Fold(plan) for plan in plans]
    traces = [
        Trace(plan, keep=trace, fold=None if fold is None else fold.add, company=c + 1)
        for c, (plan, fold) in enumerate(zip(plans, folds, strict=True))
    ]
    if engine == "compiled":
        from sim import compiled

        compiled.run(plans, seed, replication, traces)
    else:
        _run_on_simpy(plans, seed, replication, traces)
    for rows, fold in zip(traces, folds, strict=True):
        if fold is not None:
            rows.measures, rows.cohorts = fold.result(), fold.cohorts()
    traces[0].rivals = traces[1:]
    return traces[0]


def _run_on_simpy(plans: list[Plan], seed: int, replication: int, traces: list[Trace]) -> None:
    from sim.engine import World
    from sim.engine.rivalry import Rivalry

    rivalry = Rivalry(plans) if len(plans) > 1 else None
    worlds = [World(plan, seed, replication, rows, rivalry) for plan, rows in zip(plans, traces, strict=True)]
    worlds[0].run()
