"""Numbers kept one by one, because a quantile needs all of them: 8 bytes each."""

from __future__ import annotations

from math import nan

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
        """Give the smallest number not exceeded by at least the share `p` of all; nan if there are none."""
        if not self._n:
            return nan
        place = max(0, int(np.ceil(p * self._n - 1e-9)) - 1)
        return float(np.partition(self.values, place)[place])
