"""Speed on models A and B, everybody in turns, as a multiple of plain SimPy's."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass

from bench import plain_simpy
from bench.contestant import PEERS, PLAIN, Contestant, contestants
from bench.orgsim_models import NotAvailable
from bench.pairing import Pairing, seconds, take_turns

SIZES = {"a": 60_000, "b": 25_000}
FULL_SIZES = {"a": 200_000, "b": 100_000}
SEED = 1


@dataclass(frozen=True)
class Speed:
    """One program on one model, against plain SimPy; seconds are for a customer."""

    model: str
    who: str
    customers: int
    pairing: Pairing
    mean_h: float
    """Mean time in the system; about the same for all, if all ran the same model."""

    @property
    def per_s(self) -> float:
        """Customers a second."""
        return 1 / statistics.median(self.pairing.subject_s)

    @property
    def is_plain(self) -> bool:
        """Whether it is what the others are measured against."""
        return self.who == PLAIN


def plain_per_s(model: str, customers: int, rounds: int) -> float:
    """Time plain SimPy alone.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals a round.
    rounds : int
        Measured rounds, after one unmeasured.

    Returns
    -------
    float
        Customers a second, median.
    """
    plain = plain_simpy.MODELS[model]
    plain(customers, SEED)
    return customers / statistics.median(seconds(lambda: plain(customers, SEED)) for _ in range(rounds))


def measure_speed(
    model: str, *, customers: int, engines: list[str], rounds: int, peers: list[str] | None = None
) -> tuple[list[Speed], list[str]]:
    """Time all who can run a model.

    Parameters
    ----------
    model : {"a", "b"}
        Which.
    customers : int
        Arrivals of plain SimPy; others have more or fewer of them, as they are faster or slower.
    engines : list of str
        Engines of this project.
    rounds : int
        Measured rounds.
    peers : list of str, optional
        Other programs; by default all.

    Returns
    -------
    speeds : list of Speed
        Plain SimPy first.
    missing : list of str
        Who could not take part, and why.

    Raises
    ------
    NotAvailable
        If this project cannot run the model.
    RuntimeError
        If not every customer left: then it was not the same work.
    """
    asked = list(PEERS) if peers is None else peers
    found: list[Contestant] = []
    missing: list[str] = []
    for one in contestants(model, customers, engines=engines, peers=asked, seed=SEED):
        if isinstance(one, NotAvailable):
            missing.append(str(one))
        else:
            found.append(one)
    mean_h = {one.name: _checked(one, model) for one in found}
    for one in found:
        if one.call is not one.flow:
            one.call()
    taken = take_turns({one.name: one.call for one in found}, rounds=rounds)
    each = {one.name: tuple(s / one.customers for s in taken[one.name]) for one in found}
    return [
        Speed(model, one.name, one.customers, Pairing(each[PLAIN], each[one.name]), mean_h[one.name]) for one in found
    ], missing


def _checked(one: Contestant, model: str) -> float:
    """Run a program once and give the mean time of its customers in the system."""
    flow = one.flow()
    if flow.customers != one.customers:
        raise RuntimeError(f"model {model.upper()}, {one.name}: {flow.customers} of {one.customers} customers left")
    if not math.isfinite(flow.mean_h):
        raise RuntimeError(f"model {model.upper()}, {one.name}: no mean time in the system")
    return flow.mean_h
