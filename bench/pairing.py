"""Timing two things against each other, so that whatever else the machine does falls on both."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairing:
    """Seconds of two things, timed in turns; entry i of both belongs to round i."""

    reference_s: tuple[float, ...]
    subject_s: tuple[float, ...]

    @property
    def ratios(self) -> list[float]:
        """How many times as fast as the reference the subject was, by round."""
        return [r / s for r, s in zip(self.reference_s, self.subject_s, strict=True)]

    @property
    def ratio(self) -> float:
        """Median of the rounds' ratios, not ratio of medians: only times of one round are comparable."""
        return statistics.median(self.ratios)

    @property
    def low(self) -> float:
        """The smallest ratio."""
        return min(self.ratios)

    @property
    def high(self) -> float:
        """The largest ratio."""
        return max(self.ratios)

    @property
    def text(self) -> str:
        """Median, smallest and largest ratio to read."""
        return f"{self.ratio:.2f} ({self.low:.2f} to {self.high:.2f})"


def seconds(call: Callable[[], object]) -> float:
    """Time one call on the wall clock, starting from a swept heap.

    Parameters
    ----------
    call : callable
        Called once; its result is dropped after the clock has stopped.

    Returns
    -------
    float
        Seconds.
    """
    gc.collect()
    start = time.perf_counter()
    result = call()
    took_s = time.perf_counter() - start
    del result
    return took_s


def pair(reference: Callable[[], object], subject: Callable[[], object], *, rounds: int) -> Pairing:
    """Time two calls alternately in this process, after one unmeasured call of each.

    Parameters
    ----------
    reference, subject : callable
        What is compared.
    rounds : int
        Measured calls of each, at least 1.

    Returns
    -------
    Pairing
        Seconds by round.

    Raises
    ------
    ValueError
        If there is no round.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1; got {rounds}")
    reference()
    subject()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        taken[0].append(seconds(reference))
        taken[1].append(seconds(subject))
    return Pairing(tuple(taken[0]), tuple(taken[1]))
