"""Small numbers for the cases inside, so that what is remembered of cases is arrays."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.kpis.rows import Flags, Ints, Rows

T = TypeVar("T", bound=np.generic)
Numbers = NDArray[np.int32]

NEVER_MS = np.iinfo(np.int64).max
_ROOM = 8
"""Places of the table per case: few cases then share one."""


class Cases:
    """Numbers cases from 0, and forgets those that ended.

    A case's number is good for one batch. What is remembered of cases from batch to batch is an array by number, which
    `carried` puts into the order of the numbers of the present batch.

    Attributes
    ----------
    keys : ndarray of int64
        The case of each number.
    ended : ndarray of bool
        By number, whether it has ended and will have no number in the next batch.
    """

    def __init__(self) -> None:
        self.keys: Ints = np.empty(0, dtype=np.int64)
        self._kept: Ints = np.empty(0, dtype=np.int64)
        self._renumbered: Numbers = np.empty(0, dtype=np.int32)
        self._end_ms: Ints = np.empty(0, dtype=np.int64)
        self.ended: Flags = np.empty(0, dtype=np.bool_)
        self._index()

    def __len__(self) -> int:
        """Give how many cases have a number."""
        return len(self.keys)

    def read(self, case: Ints, begun: Ints) -> Numbers:
        """Give the numbers of the cases of a batch.

        Parameters
        ----------
        case : ndarray of int64, shape (n,)
            Cases of its rows; -1 for none.
        begun : ndarray of int64
            Those of them that begin: nearly all that are new.

        Returns
        -------
        ndarray of int32, shape (n,)
            -1 for none.
        """
        self._kept = np.flatnonzero(~self.ended)
        self._renumbered = np.cumsum(~self.ended, dtype=np.int32) - 1
        self.keys = self.keys[self._kept]
        self._index()
        self._learn(begun[self._find(begun) < 0])
        found = self._find(case)
        strange = case[(found < 0) & (case >= 0)]
        if len(strange):
            self._learn(strange)
            found = self._find(case)
        self._end_ms = self.carried(self._end_ms, NEVER_MS)
        return found

    def numbers(self, case: Ints) -> Numbers:
        """Give the numbers of cases that have one; -1 for none."""
        return self._find(case)

    def end(self, rows: Rows, last_ms: int) -> None:
        """Learn which cases ended, in a batch whose last row is at `last_ms`.

        Rows of what follows from an end come at its instant, so those that ended at the last one are kept.
        """
        self._end_ms[rows.number] = rows.time_ms
        self.ended = self._end_ms < last_ms

    def carried(self, values: NDArray[T], fill: object) -> NDArray[T]:
        """Give what was remembered by the numbers of the batch before, by those of this one.

        Parameters
        ----------
        values : ndarray, shape (cases before, ...)
            Empty before the first batch.
        fill : object
            Of cases that are new.
        """
        found = np.full((len(self.keys), *values.shape[1:]), fill, dtype=values.dtype)
        found[: len(self._kept)] = values[self._kept]
        return found

    def renumbered(self, number: Numbers) -> Numbers:
        """Give the numbers in this batch of cases by their numbers in the batch before, if they are still inside."""
        return self._renumbered[number]

    def order(self, number: Ints | Numbers) -> NDArray[np.intp]:
        """Give the order that puts the rows of a case together and leaves them in their order."""
        # Two bytes are sorted ten times as fast as more.
        return np.argsort(number.astype(np.uint16) if len(self.keys) <= 1 << 16 else number, kind="stable")

    def _learn(self, cases: Ints) -> None:
        if len(cases):
            cases = np.sort(cases)
            self.keys = np.concatenate((self.keys, cases[:1], cases[1:][cases[1:] != cases[:-1]]))
            self._index()

    def _index(self) -> None:
        """Put every case into a table by its last bits; the few that find their place taken stand in a sorted list."""
        n = len(self.keys)
        self._mask = (1 << (_ROOM * n).bit_length()) - 1
        place, number = self.keys & self._mask, np.arange(n, dtype=np.int32)
        self._table = np.full(self._mask + 1, -1, dtype=np.int32)
        self._table[place] = number
        # No case is where those that are none are looked up.
        self._table[-1] = -1
        crowded = number[self._table[place] != number]
        self._crowded = crowded[np.argsort(self.keys[crowded])]
        self._known: Ints = np.append(self.keys, -1)

    def _find(self, case: Ints) -> Numbers:
        found: Numbers = self._table[case & self._mask]
        lost = np.flatnonzero(self._known[found] != case)
        found[lost] = -1
        if len(lost) and len(self._crowded):
            asked, keys = case[lost], self.keys[self._crowded]
            at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
            found[lost] = np.where(keys[at] == asked, self._crowded[at], -1)
        return found
