"""Who takes part in the comparison on models A and B."""

from __future__ import annotations

import importlib
import os
import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bench import orgsim_models, plain_simpy
from bench.orgsim_models import Flow, NotAvailable

PLAIN = "plain SimPy"
WITHOUT_MEASURES = "compiled, neither plan nor measures"
PEERS = {
    "Ciw": ("bench.ciw_models", 0.5),
    "salabim": ("bench.salabim_models", 0.05),
    "Cimba": ("bench.cimba_models", 4.0),
    "C++": ("bench.cpp_models", 4.0),
}
"""Module of each peer, and its customers as a share of those of plain SimPy: enough to time, soon done."""
_SHARES = {"simpy": 1.0, "compiled": 4.0}


@dataclass(frozen=True)
class Contestant:
    """A program that runs a model.

    Attributes
    ----------
    name : str
        As the tables call it.
    customers : int
        Arrivals in a call.
    call : callable
        What is timed.
    flow : callable
        What the program says of its customers; not timed.
    """

    name: str
    customers: int
    call: Callable[[], object]
    flow: Callable[[], Flow]


def contestants(
    model: str, customers: int, *, engines: list[str], peers: list[str], seed: int
) -> Iterator[Contestant | NotAvailable]:
    """Prepare all who take part, plain SimPy first.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals in plain SimPy.
    engines : list of str
        Engines of this project.
    peers : list of str
        Of `PEERS`.
    seed : int
        Of all draws.

    Yields
    ------
    Contestant or NotAvailable
        The second says who cannot take part here, and why.
    """
    yield _plain(model, customers, seed)
    for engine in engines:
        mine = int(customers * _SHARES.get(engine, 1.0))
        yield _engine(model, mine, engine, seed)
        if engine == "compiled":
            if hasattr(os, "sched_setaffinity"):
                yield _on_one_core(model, mine, seed)
            yield _without_measures(model, mine, seed)
    for peer in peers:
        module, share = PEERS[peer]
        try:
            yield peer_of(peer, module, model, max(1, int(customers * share)), seed)
        except NotAvailable as error:
            yield error


def peer_of(name: str, module: str, model: str, customers: int, seed: int) -> Contestant:
    """Prepare a peer.

    Raises
    ------
    NotAvailable
        If what it needs is not installed here.
    """
    try:
        prepare = importlib.import_module(module).prepare
    except ImportError as error:
        raise NotAvailable(f"{name}: {error}") from error
    call: Callable[[], Flow] = prepare(model, customers, seed)
    return Contestant(name, customers, call, call)


def _plain(model: str, customers: int, seed: int) -> Contestant:
    run = plain_simpy.MODELS[model]

    def flow() -> Flow:
        times_h = run(customers, seed).times_h
        return Flow(len(times_h), statistics.fmean(times_h))

    return Contestant(PLAIN, customers, lambda: run(customers, seed), flow)


def _engine(model: str, customers: int, engine: str, seed: int) -> Contestant:
    scenario = orgsim_models.scenario_of(model, customers)
    return Contestant(
        f"orgsim, {engine}",
        customers,
        lambda: orgsim_models.measured(scenario, seed=seed, engine=engine),
        lambda: orgsim_models.flow_of(orgsim_models.run(scenario, seed=seed, engine=engine)),
    )


def _without_measures(model: str, customers: int, seed: int) -> Contestant:
    from bench.loop import loop_of

    scenario = orgsim_models.scenario_of(model, customers)
    return Contestant(
        f"orgsim, {WITHOUT_MEASURES}",
        customers,
        loop_of(scenario, seed=seed),
        lambda: orgsim_models.flow_of(orgsim_models.run(scenario, seed=seed, engine="compiled")),
    )


def _on_one_core(model: str, customers: int, seed: int) -> Contestant:
    """Prepare the compiled engine where its measures cannot be taken on a core of their own."""
    two = _engine(model, customers, "compiled", seed)

    def call() -> object:
        cores = os.sched_getaffinity(0)
        os.sched_setaffinity(0, {min(cores)})
        try:
            return two.call()
        finally:
            os.sched_setaffinity(0, cores)

    return Contestant(f"{two.name}, on one core", customers, call, two.flow)
