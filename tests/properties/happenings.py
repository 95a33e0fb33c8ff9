"""The rows of a trace as Python objects, with names in place of indices where that helps."""

from __future__ import annotations

from typing import Any, NamedTuple

from sim import Scenario, simulate
from sim.trace import Event, Trace


class Happening(NamedTuple):
    """One row of a trace."""

    time: int
    event: Event
    case: int
    account: int
    step: int
    role: int
    person: int
    since: int
    value: float


def happenings(trace: Trace) -> list[Happening]:
    """Give the rows of a trace in order."""
    found = []
    for block in trace.blocks():
        for time, event, *rest in zip(*(column.tolist() for column in block), strict=True):
            found.append(Happening(time, Event(event), *rest))
    return found


def ran(data: dict[str, Any], seed: int = 1) -> tuple[Trace, list[Happening]]:
    """Read a scenario, run it, and give its trace and rows."""
    trace = simulate(Scenario.read(data), seed=seed)
    return trace, happenings(trace)


def records(trace: Trace) -> list[tuple[Any, ...]]:
    """Give the rows with names, so that traces of different plans can be compared."""
    plan = trace.plan
    found = []
    for row in happenings(trace):
        step = plan.steps[row.step] if row.step >= 0 else None
        where = (plan.journeys[step.journey].name, step.name) if step is not None else ("", "")
        role = plan.roles[row.role].name if row.role >= 0 else ""
        person = plan.persons[row.person].name if row.person >= 0 else ""
        found.append((row.time, row.event.name, *where, row.case, row.account, role, person, row.since, row.value))
    return found
