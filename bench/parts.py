"""The parts of a run of the benchmarks, one after another."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from bench import company, memory, points, queue_depth, scaling, speed, stages, workers
from bench.orgsim_models import scenario_of
from bench.results import MODEL_TEXT, Results

FEW_ROUNDS = 3
"""For what takes long and varies little."""


@dataclass(frozen=True)
class Asked:
    """What is to be measured.

    Attributes
    ----------
    parts : list of str
        Of `PARTS`.
    engines : list of str
        Engines of this project.
    peers : list of str
        Other programs.
    rounds : int
        Paired rounds.
    full : bool
        Whether with more customers and years.
    """

    parts: list[str]
    engines: list[str]
    peers: list[str]
    rounds: int
    full: bool

    @property
    def few(self) -> int:
        """Rounds of what takes long."""
        return self.rounds if self.full else min(self.rounds, FEW_ROUNDS)

    @property
    def compiled(self) -> bool:
        """Whether the compiled engine is measured."""
        return "compiled" in self.engines


def measured(asked: Asked, machine: dict[str, str]) -> Results:
    """Measure the asked parts; says on stderr which is on.

    Parameters
    ----------
    asked : Asked
        What.
    machine : dict of str to str
        What it is measured on.

    Returns
    -------
    Results
        Empty where a part was not asked for.

    Raises
    ------
    NotAvailable
        If this project cannot run something.
    """
    found = Results(machine, asked.rounds)
    for name in PARTS:
        if name in asked.parts:
            print(f"measuring {name}", file=sys.stderr, flush=True)
            found = PARTS[name](found, asked)
    return found


def _speed(found: Results, asked: Asked) -> Results:
    sizes = speed.FULL_SIZES if asked.full else speed.SIZES
    speeds, missing = [], []
    for model, customers in sizes.items():
        of_model, out = speed.measure_speed(
            model, customers=customers, engines=asked.engines, rounds=asked.rounds, peers=asked.peers
        )
        speeds += of_model
        missing += out
    return replace(found, speeds=tuple(speeds), missing=tuple(missing))


def _stages(found: Results, asked: Asked) -> Results:
    if not asked.compiled:
        return found
    scenarios = {MODEL_TEXT[model]: scenario_of(model, customers) for model, customers in speed.SIZES.items()}
    scenarios |= {design: company.company(design) for design in company.DESIGNS}
    measure = partial(stages.measure_stages, rounds=asked.rounds)
    return replace(found, stages=tuple(measure(what, scenario) for what, scenario in scenarios.items()))


def _company(found: Results, asked: Asked) -> Results:
    if set(asked.engines) != {"simpy", "compiled"}:
        return found
    companies = [one for design in company.DESIGNS for one in company.measure_company(design, rounds=asked.few)]
    return replace(found, companies=tuple(companies))


def _depth(found: Results, asked: Asked) -> Results:
    depths = []
    for engine in asked.engines:
        crowd = partial(queue_depth.crowd_scenario, engine=engine)
        served = (40_000, 40_000) if asked.full or engine == "compiled" else (10_000, 10_000)
        depths.append(queue_depth.measure_depth(f"orgsim, {engine}", crowd, served=served, rounds=asked.rounds))
    # A long queue costs stock SimPy so much that few customers and rounds show it.
    plain, served = queue_depth.crowd_plain, (20_000, 1_000)
    depths.append(queue_depth.measure_depth("plain SimPy", plain, served=served, rounds=min(asked.rounds, FEW_ROUNDS)))
    return replace(found, depths=tuple(depths))


def _scaling(found: Results, asked: Asked) -> Results:
    if not asked.compiled:
        return found
    sizes = scaling.FULL_SIZES if asked.full else scaling.SIZES
    scalings = [scaling.measure_scaling(of, of_it, rounds=asked.few) for of, of_it in sizes.items()]
    return replace(found, scalings=tuple(scalings))


def _memory(found: Results, asked: Asked) -> Results:
    lengths = memory.FULL_LENGTHS if asked.full else memory.LENGTHS
    years = memory.FULL_YEARS if asked.full else memory.YEARS
    # A year of the company takes the SimPy engine seconds; model A shows what there is to see of it.
    runs = [("a", engine, lengths) for engine in asked.engines]
    runs += [(memory.COMPANY, "compiled", years)] if asked.compiled else []
    memories = [
        memory.measure_memory(model, engine, kept=kept, lengths=sizes)
        for model, engine, sizes in runs
        for kept in (False, True)
    ]
    return replace(found, memories=tuple(memories))


def _workers(found: Results, asked: Asked) -> Results:
    if not asked.compiled:
        return found
    replications = 40 if asked.full else 8
    return replace(
        found, workers=tuple(workers.measure_workers("compiled", rounds=asked.few, replications=replications))
    )


def _points(found: Results, asked: Asked) -> Results:
    if not asked.compiled:
        return found
    return replace(found, points=(points.measure_points(rounds=asked.few),))


PARTS: dict[str, Callable[[Results, Asked], Results]] = {
    "speed": _speed,
    "stages": _stages,
    "company": _company,
    "depth": _depth,
    "scaling": _scaling,
    "memory": _memory,
    "workers": _workers,
    "points": _points,
}
"""What can be measured, in the order in which it is."""
