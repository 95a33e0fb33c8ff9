"""Whether what is asked for is measured, before anything is run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from experiments.complaint import Complaint
from sim.kpis import measures_of
from sim.planning import plan_of
from sim.scenario import Problem, Scenario
from sim.scenario.problems import nearest


def measured_at(path: str, kpis: Iterable[str], scenarios: Mapping[str, Scenario]) -> None:
    """Complain about names of measures that a scenario does not have.

    Parameters
    ----------
    path : str
        Where in the config the names stand.
    kpis : iterable of str
        Names.
    scenarios : mapping of str to Scenario
        By the name under which they are run.

    Raises
    ------
    Complaint
        With every such name, and the nearest one that is measured.
    """
    wanted = list(kpis)
    missing: dict[str, tuple[list[str], list[str]]] = {}
    for name, scenario in scenarios.items():
        known = measures_of(plan_of(scenario))
        for kpi in wanted:
            if kpi not in known:
                missing.setdefault(kpi, ([], known))[0].append(name)
    problems = []
    for kpi, (names, known) in missing.items():
        of = "" if len(names) == len(scenarios) else f" in {', '.join(names)}"
        problems.append(Problem(path, f"no such measure{of}{nearest(kpi, known)}", repr(kpi)))
    if problems:
        raise Complaint(problems)
