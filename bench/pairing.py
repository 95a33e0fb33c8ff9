"""Timing things against each other in turns, so that whatever else the machine does falls on all of them."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairing:
    """Seconds of two things for the same work, timed in turns; entry i of both belongs to round i."""

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
        return f"{_shown(self.ratio)} ({_shown(self.low)} to {_shown(self.high)})"


def _shown(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.1f}"


def seconds(call: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    """Time one call, starting from a swept heap.

    Parameters
    ----------
    call : callable
        Called once; its result is dropped after the clock has stopped.
    clock : callable
        By default the wall clock.

    Returns
    -------
    float
        Seconds.
    """
    gc.collect()
    start = clock()
    result = call()
    took_s = clock() - start
    del result
    return took_s


def take_turns(
    calls: Mapping[str, Callable[[], object]], *, rounds: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, tuple[float, ...]]:
    """Time calls one after another, round by round; each round begins with another of them.

    Parameters
    ----------
    calls : mapping of str to callable
        By name; each has been called before, if its first call is not to count.
    rounds : int
        Measured calls of each, at least 1.
    clock : callable
        By default the wall clock.

    Returns
    -------
    dict of str to tuple of float
        Seconds by round.

    Raises
    ------
    ValueError
        If there is no round.
    """
    if rounds < 1:
        raise ValueError(f"rounds must be at least 1; got {rounds}")
    names = list(calls)
    taken: dict[str, list[float]] = {name: [] for name in names}
    for n in range(rounds):
        first = n % len(names) if names else 0
        for name in names[first:] + names[:first]:
            taken[name].append(seconds(calls[name], clock))
    return {name: tuple(found) for name, found in taken.items()}


def pair(reference: Callable[[], object], subject: Callable[[], object], *, rounds: int) -> Pairing:
    """Time two calls in turns in this process, after one unmeasured call of each.

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
    """
    reference()
    subject()
    taken = take_turns({"reference": reference, "subject": subject}, rounds=rounds)
    return Pairing(taken["reference"], taken["subject"])
