"""Birth-and-death chains of service systems: one chain for M/M/c, with limited places, and with impatience."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Chain:
    """Equilibrium of Poisson arrivals at exponential servers.

    Parameters
    ----------
    arrivals, service : float
        Rates per hour; `service` is that of one server.
    servers : int
        Number of servers.
    places : int
        Most customers inside; who finds them taken is lost. By default more than will ever be needed.
    impatience : float
        Rate per hour at which a waiting customer leaves.

    References
    ----------
    R. Cooper (1981), Introduction to Queueing Theory, 2nd ed., ch. 3.
    """

    arrivals: float
    service: float
    servers: int
    places: int = 2_000
    impatience: float = 0.0

    @property
    def p(self) -> np.ndarray:
        """Probabilities of 0, 1, ..., `places` inside."""
        weight = [1.0]
        for n in range(1, self.places + 1):
            out = min(n, self.servers) * self.service + max(n - self.servers, 0) * self.impatience
            weight.append(weight[-1] * self.arrivals / out)
        return np.array(weight) / math.fsum(weight)

    @property
    def inside(self) -> float:
        """Mean number inside."""
        return float(np.arange(self.places + 1) @ self.p)

    @property
    def queue(self) -> float:
        """Mean number waiting."""
        return float(np.maximum(np.arange(self.places + 1) - self.servers, 0) @ self.p)

    @property
    def busy(self) -> float:
        """Mean number of busy servers."""
        return self.inside - self.queue

    @property
    def lost(self) -> float:
        """Share of arrivals that find no place."""
        return float(self.p[-1])

    @property
    def delayed(self) -> float:
        """Share of arrivals that find all servers busy (PASTA)."""
        return float(self.p[self.servers :].sum())

    @property
    def left(self) -> float:
        """Share of arrivals that lose patience."""
        return self.impatience * self.queue / self.arrivals

    @property
    def wait(self) -> float:
        """Mean hours in queue over those who enter, served or not (Little's law)."""
        return self.queue / (self.arrivals * (1.0 - self.lost))

    @property
    def time(self) -> float:
        """Mean hours inside of those who enter (Little's law)."""
        return self.inside / (self.arrivals * (1.0 - self.lost))

    def started_within(self, hours: float) -> float:
        """Share of arrivals whose wait is at most `hours`; without limit on places or patience (Erlang C)."""
        return 1.0 - self.delayed * math.exp(-(self.servers * self.service - self.arrivals) * hours)
