"""Cost per customer with many waiting against few waiting.

One server, two priorities. A crowd of the wanted size comes at once; after it customers come exactly as
fast as they are served, so the crowd neither grows nor shrinks. What the crowd itself costs is taken out
by subtracting a short run from a long one.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import simpy

from bench.orgsim_models import require_doors, run

FEW, MANY = 100, 10_000
SERVICE_H = 0.01
_URGENT = 0.3
_MS_H = 1 / 3_600_000
_SHORT = 200


@dataclass(frozen=True)
class Depth:
    """Cost per customer served, by round, few and many waiting."""

    who: str
    few_us: tuple[float, ...]
    many_us: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """How many times as much a customer costs with many waiting; median of the rounds."""
        return statistics.median(m / f for m, f in zip(self.many_us, self.few_us, strict=True))


def crowd_data(waiting: int, served: int) -> dict[str, Any]:
    """Describe the crowd as a scenario.

    Parameters
    ----------
    waiting : int
        Customers waiting throughout.
    served : int
        Customers served before the run ends.

    Returns
    -------
    dict
        Plain data for `Scenario.read`.
    """
    activity = {"kind": "service", "effort_h": SERVICE_H}
    steps = {
        "pick": {
            "choose": {"urgent": _URGENT, "usual": 1 - _URGENT},
            "to": {"urgent": "urgent", "usual": "usual"},
        },
        "urgent": {"do": "serve_urgent", "then": "served"},
        "usual": {"do": "serve_usual", "then": "served"},
        "served": {"end": "served"},
    }
    return {
        "journey": {"visit": {"steps": steps}},
        "activity": {"serve_urgent": {**activity, "priority": 0}, "serve_usual": {**activity, "priority": 1}},
        "org": {
            "name": "crowd",
            "roles": {"server": {"headcount": 1, "hours": "always", "dispatch": "priority"}},
            "who": {"serve_urgent": "server", "serve_usual": "server"},
        },
        "source": {
            # One a millisecond: the crowd is there before the second customer of the stream.
            "crowd": {"journey": "visit", "interarrival_h": _MS_H, "count": waiting},
            # Half a service off, so that nothing ever happens at the same instant.
            "stream": {"journey": "visit", "interarrival_h": SERVICE_H, "first_h": SERVICE_H / 2},
        },
        "run": {"weeks": served * SERVICE_H / 168},
    }


def crowd_scenario(waiting: int, served: int, *, engine: str) -> Callable[[], object]:
    """Prepare a run of the crowd on an engine of this project, rows kept.

    Raises
    ------
    NotAvailable
        If a door does not open.
    """
    require_doors()
    from sim import Scenario

    scenario = Scenario.read(crowd_data(waiting, served))
    return lambda: run(scenario, seed=1, engine=engine, trace=True)


def crowd_plain(waiting: int, served: int) -> Callable[[], object]:
    """Prepare the same crowd in plain SimPy with its stock `PriorityResource`."""

    def simulate() -> None:
        env = simpy.Environment()
        server = simpy.PriorityResource(env)

        def customer(number: int) -> Any:
            # Three of ten are urgent, as in the scenario on average.
            with server.request(priority=0 if number % 10 < 10 * _URGENT else 1) as request:
                yield request
                yield env.timeout(SERVICE_H)

        def arrivals(count: int | None, first_h: float, gap_h: float) -> Any:
            yield env.timeout(first_h)
            number = 0
            while count is None or number < count:
                env.process(customer(number))
                number += 1
                yield env.timeout(gap_h)

        env.process(arrivals(waiting, _MS_H, _MS_H))
        env.process(arrivals(None, SERVICE_H / 2, SERVICE_H))
        env.run(until=served * SERVICE_H)

    return simulate


def measure_depth(
    who: str, crowd: Callable[[int, int], Callable[[], object]], *, served: tuple[int, int], rounds: int
) -> Depth:
    """Time the crowd, few and many waiting in turns.

    Parameters
    ----------
    who : str
        Label.
    crowd : callable
        (waiting, served) -> a run.
    served : (int, int)
        Customers over whom the cost is averaged, with few and with many waiting.
    rounds : int
        Measured rounds.

    Returns
    -------
    Depth
        Microseconds of processor time per customer: arrival, choice, start and finish together.
    """
    crowd(FEW, _SHORT)()
    plan = [(crowd(w, _SHORT), crowd(w, _SHORT + n), n) for w, n in zip((FEW, MANY), served, strict=True)]
    cost_us: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for costs, (short, long, n) in zip(cost_us, plan, strict=True):
            short_s, long_s = _processor_s(short), _processor_s(long)
            costs.append((long_s - short_s) / n * 1e6)
    return Depth(who, tuple(cost_us[0]), tuple(cost_us[1]))


def _processor_s(call: Callable[[], object]) -> float:
    """Give processor time: a difference of wall times would carry the noise of both."""
    gc.collect()
    start = time.process_time()
    call()
    return time.process_time() - start
