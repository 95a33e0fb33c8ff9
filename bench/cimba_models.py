"""Models A and B in Cimba, each server a process that takes customers from a store: its fastest way.

Who has run out of patience is let pass by the server that comes upon him; the time in the system ended with the
patience, so that nothing differs but the absence of an event.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import cimba as cb

from bench import plain_simpy as same
from bench.orgsim_models import Flow

_A, _ONE, _TWO, _THREE, _FOUR, _FIVE, _SIX, _SEVEN = same.A_SERVERS, *same.B_SERVERS
_M1, _M2, _M3, _M4, _M5, _M6, _M7 = same.B_SERVICE_H
_SD3, _SD6 = 0.8, 0.5
_LOG3, _LOG6 = math.log(_M3) - _SD3**2 / 2, math.log(_M6) - _SD6**2 / 2
if same.B_LOG_SD != (None, None, _SD3, None, None, _SD6, None):
    raise ImportError("the funnel in Cimba has other laws than the plain one")
_GAP_A, _GAP_B = 1 / same.A_ARRIVALS_PER_H, 1 / same.B_ARRIVALS_PER_H
_SERVICE_A, _PATIENCE = same.A_SERVICE_H, same.B_PATIENCE_H
_ON_FROM_2, _ON_FROM_3, _URGENT = same.B_ON_FROM_2, same.B_ON_FROM_3, same.B_URGENT
_REWORK, _RENEWAL = same.B_REWORK, same.B_RENEWAL


def prepare(model: str, customers: int, seed: int) -> Callable[[], Flow]:
    """Give a run of a model; parameters as `bench.cpp_models.prepare`."""
    known = {"a": Desk, "b": Funnel}[model]()
    known.customers = customers
    experiment = cb.Experiment(known, window=cb.Window.until_idle(), seed=seed)

    def call() -> Flow:
        results = experiment.run(workers=1)
        if results.failed.any():
            raise RuntimeError(f"Cimba, model {model.upper()}: {results.failure_reasons}")
        return Flow(int(results[known].n.values[0, 0]), float(results[known].mean_h.values[0, 0]))

    return call


class Desk(cb.Model):
    """M/M/4; the store holds instants of arrival."""

    customers: cb.Param[int] = 1
    queue: cb.Store[float]
    left: int = 0
    total_h: float = 0.0
    n: cb.Output[int]
    mean_h: cb.Output[float]

    @cb.process
    def arrivals(self):
        """Let customers arrive."""
        for _ in range(self.customers):
            cb.hold(cb.random.exponential(_GAP_A))
            self.queue.put(cb.now())

    @cb.process(copies=_A)
    def server(self):
        """Serve one after another."""
        while True:
            arrived = self.queue.get()
            cb.hold(cb.random.exponential(_SERVICE_A))
            self.left += 1
            self.total_h += cb.now() - arrived

    @cb.on_end
    def measure(self):
        """Tell how it went."""
        self.n = self.left
        self.mean_h = self.total_h / self.left


class Funnel(cb.Model):
    """Seven stations.

    The sum of the times in the system is that of the instants of leaving less that of the instants of arriving, so that
    no lead carries its own. In front of the first station a lead is the instant until which it waits.
    """

    customers: cb.Param[int] = 1
    one: cb.Store[float]
    two: cb.Store[float]
    three: cb.Store[float]
    four: cb.PriorityStore[float]
    five: cb.Store[float]
    six: cb.Store[float]
    seven: cb.Store[float]
    left: int = 0
    total_h: float = 0.0
    n: cb.Output[int]
    mean_h: cb.Output[float]

    @cb.process
    def arrivals(self):
        """Let leads arrive."""
        for _ in range(self.customers):
            cb.hold(cb.random.exponential(_GAP_B))
            self.total_h -= cb.now()
            self.one.put(cb.now() + cb.random.exponential(_PATIENCE))

    @cb.function
    def leave(self, at: float) -> None:
        """Count a lead that leaves."""
        self.left += 1
        self.total_h += at

    @cb.process(copies=_ONE)
    def serve_one(self):
        """Serve at the first station who still waits."""
        while True:
            until = self.one.get()
            if until < cb.now():
                self.leave(until)
            else:
                cb.hold(cb.random.exponential(_M1))
                self.two.put(0.0)

    @cb.process(copies=_TWO)
    def serve_two(self):
        """Serve at the second station."""
        while True:
            lead = self.two.get()
            cb.hold(cb.random.exponential(_M2))
            if cb.random.uniform() < _ON_FROM_2:
                self.three.put(lead)
            else:
                self.leave(cb.now())

    @cb.process(copies=_THREE)
    def serve_three(self):
        """Serve at the third station."""
        while True:
            lead = self.three.get()
            cb.hold(cb.random.lognormal(_LOG3, _SD3))
            if cb.random.uniform() < _ON_FROM_3:
                self.four.put(lead, 1 if cb.random.uniform() < _URGENT else 0)
            else:
                self.leave(cb.now())

    @cb.process(copies=_FOUR)
    def serve_four(self):
        """Serve at the fourth station, who is urgent first."""
        while True:
            lead = self.four.get()
            cb.hold(cb.random.exponential(_M4))
            if cb.random.uniform() < _REWORK:
                self.three.put(lead)
            else:
                self.five.put(lead)

    @cb.process(copies=_FIVE)
    def serve_five(self):
        """Serve at the fifth station."""
        while True:
            lead = self.five.get()
            cb.hold(cb.random.exponential(_M5))
            self.six.put(lead)

    @cb.process(copies=_SIX)
    def serve_six(self):
        """Serve at the sixth station."""
        while True:
            lead = self.six.get()
            cb.hold(cb.random.lognormal(_LOG6, _SD6))
            self.seven.put(lead)

    @cb.process(copies=_SEVEN)
    def serve_seven(self):
        """Serve at the seventh station."""
        while True:
            lead = self.seven.get()
            cb.hold(cb.random.exponential(_M7))
            if cb.random.uniform() < _RENEWAL:
                self.five.put(lead)
            else:
                self.leave(cb.now())

    @cb.on_end
    def measure(self):
        """Tell how it went."""
        self.n = self.left
        self.mean_h = self.total_h / self.left
