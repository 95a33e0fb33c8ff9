"""Where the time of the compiled engine goes: the plan, the run, the measures."""

from __future__ import annotations

import statistics
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.loop import loop_of
from bench.orgsim_models import measured
from bench.pairing import take_turns

if TYPE_CHECKING:
    from sim import Scenario

SEED = 1
PLAN, LAYOUT, RUN, FOLD, ALL = "plan", "layout", "events", "measures", "all"


@dataclass(frozen=True)
class Stages:
    """Median seconds of each stage of one scenario.

    Attributes
    ----------
    plan_s : float
        From the scenario to the plan.
    layout_s : float
        From the plan to the memory of the engine.
    events_s : float
        All events, rows handed on to nobody.
    measures_s : float
        From the rows to all measures.
    all_s : float
        From the scenario to the measures, rows not kept: about the sum.
    """

    what: str
    plan_s: float
    layout_s: float
    events_s: float
    measures_s: float
    all_s: float


def measure_stages(what: str, scenario: Scenario, *, rounds: int) -> Stages:
    """Time the stages of a scenario in turns.

    Parameters
    ----------
    what : str
        Label.
    scenario : Scenario
        Of one company.
    rounds : int
        Measured rounds.

    Returns
    -------
    Stages
        Medians.
    """
    from sim import measure, simulate
    from sim.compiled.lower import memory_of
    from sim.planning import plan_of

    plan = plan_of(scenario)
    trace = simulate(scenario, seed=SEED, engine="compiled")
    calls = {
        PLAN: lambda: plan_of(scenario),
        LAYOUT: lambda: memory_of([plan], SEED, 0),
        RUN: loop_of(scenario, seed=SEED),
        FOLD: lambda: measure(trace, scenario),
        ALL: lambda: measured(scenario, seed=SEED, engine="compiled"),
    }
    for call in calls.values():
        call()
    taken = take_turns(calls, rounds=rounds)
    took = {name: statistics.median(found) for name, found in taken.items()}
    events_s = statistics.median(run - laid for run, laid in zip(taken[RUN], taken[LAYOUT], strict=True))
    return Stages(what, took[PLAN], took[LAYOUT], events_s, took[FOLD], took[ALL])
