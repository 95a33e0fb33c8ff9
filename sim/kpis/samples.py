"""Numbers kept one by one, because a quantile needs all of them: 8 bytes each."""

from __future__ import annotations

from math import ceil, nan

import numpy as np

from sim.kpis.rows import Ints

_FIRST = 64


class Samples:
    """An array of int64 that grows by doubling."""

    def __init__(self) -> None:
        self._held = np.empty(_FIRST, dtype=np.int64)
        self._n = 0

    def __len__(self) -> int:
        """Give how many numbers are kept."""
        return self._n

    def extend(self, values: Ints) -> None:
        """Keep more numbers."""
        n = self._n + len(values)
        if n > len(self._held):
            grown = np.empty(max(n, 2 * len(self._held)), dtype=np.int64)
            grown[: self._n] = self._held[: self._n]
            self._held = grown
        self._held[self._n : n] = values
        self._n = n

    @property
    def values(self) -> Ints:
        """All numbers in the order they came, shape (n,)."""
        return self._held[: self._n]

    def quantile(self, p: float) -> float:
        """Give the `quantile` of all numbers."""
        return quantile(self.values, p)


class GroupedSamples:
    """Numbers of many groups, kept together and told apart at the end: still 8 bytes each.

    Parameters
    ----------
    groups : int
        How many.
    """

    def __init__(self, groups: int) -> None:
        self._groups = groups
        self._all = Samples()
        self._apart: list[Ints] = []

    def extend(self, group: Ints, values: Ints) -> None:
        """Keep more numbers, each of a group in [0, groups)."""
        self._all.extend(values * self._groups + group)
        self._apart = []

    def apart(self) -> list[Ints]:
        """Give the numbers of each group in the order they came."""
        if not self._apart and self._groups:
            values, group = np.divmod(self._all.values, self._groups)
            order = np.argsort(group.astype(np.min_scalar_type(self._groups)), kind="stable")
            ends = np.cumsum(np.bincount(group, minlength=self._groups))
            self._apart = np.split(values[order], ends[:-1])
        return self._apart


def quantile(values: Ints, p: float) -> float:
    """Give the smallest number not exceeded by at least the share `p` of all; nan if there are none."""
    n = len(values)
    if not n:
        return nan
    place = max(0, ceil(p * n - 1e-9) - 1)
    return float(np.partition(values, place)[place])
