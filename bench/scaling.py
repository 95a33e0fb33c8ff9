"""Cost of an event in the compiled engine as things grow.

A short run is taken off a long one, so that what is laid out before the first event does not count. An event is counted
by its row.
"""

from __future__ import annotations

import resource
import statistics
from dataclasses import dataclass

from bench.loop import loop_of, rows_of
from bench.pairing import take_turns
from bench.scales import SCALES

CASES = 100_000
SIZES = {
    "accounts": (1_000, 10_000, 100_000, 1_000_000),
    "people": (10, 100, 1_000, 10_000),
    "waiting": (100, 1_000, 10_000, 100_000),
    "years": (1, 3, 10),
}
FULL_SIZES = {**SIZES, "years": (1, 3, 10, 30)}


@dataclass(frozen=True)
class Scaling:
    """Nanoseconds a row by size.

    Attributes
    ----------
    of : str
        What grows.
    sizes : tuple of int
        How many of it.
    rows : tuple of int
        Rows by which the long run is longer, by size.
    ns : tuple of tuple of float
        User time a row, by size and round.
    begin_s : tuple of float
        Median user seconds of the short run, by size: mostly what comes before the first event.
    """

    of: str
    sizes: tuple[int, ...]
    rows: tuple[int, ...]
    ns: tuple[tuple[float, ...], ...]
    begin_s: tuple[float, ...]

    @property
    def medians(self) -> list[float]:
        """Nanoseconds a row by size."""
        return [statistics.median(found) for found in self.ns]

    @property
    def ratio(self) -> float:
        """How many times as much a row costs at the largest size as at the smallest; median of the rounds."""
        return statistics.median(self.ratios)

    @property
    def ratios(self) -> list[float]:
        """How many times as much a row costs at the largest size as at the smallest, by round."""
        return [last / first for first, last in zip(self.ns[0], self.ns[-1], strict=True)]


def user_s() -> float:
    """Give the processor time that this process has spent on its own code.

    A difference of two runs carries the noise of both. That of the wall clock is largest; next comes the time in
    which the system makes pages of memory, which for a million accounts varies by a second.
    """
    return resource.getrusage(resource.RUSAGE_SELF).ru_utime


def measure_scaling(of: str, sizes: tuple[int, ...], *, rounds: int, cases: int = CASES) -> Scaling:
    """Time all sizes of one thing in turns.

    Parameters
    ----------
    of : {"accounts", "people", "waiting", "years"}
        What grows.
    sizes : tuple of int
        How many of it.
    rounds : int
        Measured rounds.
    cases : int
        About how many cases a cost is the mean of.

    Returns
    -------
    Scaling
        Cost by size.
    """
    calls, rows = {}, []
    for size in sizes:
        short, long = SCALES[of](size, cases)
        rows.append(rows_of(long) - rows_of(short))
        calls |= {f"short {size}": loop_of(short), f"long {size}": loop_of(long)}
    taken = take_turns(calls, rounds=rounds, clock=user_s)
    cost = [
        tuple((b - a) / n * 1e9 for a, b in zip(taken[f"short {size}"], taken[f"long {size}"], strict=True))
        for size, n in zip(sizes, rows, strict=True)
    ]
    begin_s = tuple(statistics.median(taken[f"short {size}"]) for size in sizes)
    return Scaling(of, sizes, tuple(rows), tuple(cost), begin_s)
