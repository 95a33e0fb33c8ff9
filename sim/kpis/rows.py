"""Picking rows out of many and adding them up without rounding."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Rows:
    """Some rows of a batch, in the order of time unless said otherwise.

    A column is picked when it is first asked for, so that whoever reads two columns does not pay for eleven.

    Parameters
    ----------
    source : Batch or Rows
        Of which these are some.
    at : ndarray of int, or slice
        Their places in it.

    Attributes
    ----------
    time_ms, event, case, account, step, role, person, since_ms, value : ndarray
        As in `sim.trace.Block`.
    block, place, index : ndarray of int64
        Which block of the batch a row came in, its place in the order of time, and in the batch.
    number : ndarray of int32
        That of the row's case, see `sim.kpis.cases`; -1 for none.
    """

    time_ms: Ints
    event: NDArray[np.int16]
    case: Ints
    account: NDArray[np.int32]
    step: NDArray[np.int32]
    role: NDArray[np.int16]
    person: NDArray[np.int32]
    since_ms: Ints
    value: Floats
    block: Ints
    place: Ints
    index: Ints
    number: NDArray[np.int32]

    def __init__(self, source: Any, at: NDArray[Any] | slice) -> None:
        self._source = source
        self._at = at
        self._n: int = at.stop - at.start if isinstance(at, slice) else len(at)

    def __getattr__(self, name: str) -> Any:
        """Pick a column."""
        column = getattr(self._source, name)[self._at]
        self.__dict__[name] = column
        return column

    def __len__(self) -> int:
        """Give how many they are."""
        return self._n

    def take(self, index: NDArray[Any]) -> Rows:
        """Give the rows at some places."""
        return Rows(self, index)

    def where(self, mask: Flags) -> Rows:
        """Give the rows for which a mask is true."""
        index = mask.nonzero()[0]
        return self if len(index) == self._n else Rows(self, index)

    def between(self, lo: int, hi: int) -> Rows:
        """Give the rows with lo <= time < hi, of rows in the order of time."""
        if not self._n:
            return self
        a, b = np.searchsorted(self.time_ms, (lo, hi)).tolist()
        return self if b - a == self._n else Rows(self, slice(a, b))


def sums(group: NDArray[Any], values: Ints, size: int) -> Ints:
    """Add integers by group, exactly.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
        Groups in [0, size).
    values : ndarray of int64, shape (n,)
        What is added.
    size : int
        Number of groups.

    Returns
    -------
    ndarray of int64, shape (size,)
    """
    found = np.zeros(size, dtype=np.int64)
    if _is_one(group):
        found[group[0]] = values.sum()
    else:
        # Unlike `numpy.bincount`, which adds in floating point.
        np.add.at(found, group.astype(np.intp, copy=False), values)
    return found


def counts(group: NDArray[Any], size: int) -> Ints:
    """Count rows by group, as int64 of shape (size,)."""
    if _is_one(group):
        found = np.zeros(size, dtype=np.int64)
        found[group[0]] = len(group)
        return found
    return np.bincount(group, minlength=size).astype(np.int64, copy=False)


def _is_one(group: NDArray[Any]) -> bool:
    """Whether all are of one group: adding to one place again and again takes several times as long as to many."""
    return len(group) > 0 and bool(group[0] == group[-1]) and bool((group == group[0]).all())


def by_block(rows: Rows, group: NDArray[Any], values: Floats, shape: tuple[int, int]) -> Floats:
    """Add floats by block and group, shape (blocks, size); rows in any order."""
    blocks, size = shape
    cell = rows.block * size + group if blocks > 1 else group
    return np.asarray(np.bincount(cell, weights=values, minlength=blocks * size).reshape(shape), dtype=np.float64)


def add_floats(total: Floats, rows: Rows, group: NDArray[Any], values: Floats) -> None:
    """Add to totals by group: each block for itself, then block after block, however many blocks a batch has.

    Floating point remembers in which order it added.

    Parameters
    ----------
    total : ndarray of float64, shape (size,)
        Added to in place.
    rows : Rows
        In the order of time.
    group : ndarray of int, shape (n,)
        Groups in [0, size), by row.
    values : ndarray of float64, shape (n,)
        By row.
    """
    if len(rows):
        for part in by_block(rows, group, values, (int(rows.block[-1]) + 1, len(total))):
            total += part


def float_sum(total: float, rows: Rows, values: Floats) -> float:
    """Give a total with the values of rows added to it, in the same order as `add_floats`."""
    if not len(rows):
        return total
    blocks = rows.block
    edges = np.searchsorted(blocks, np.arange(blocks[0], blocks[-1] + 2)).tolist()
    for a, b in pairwise(edges):
        total += float(values[a:b].sum())
    return total


def first_of_each(group: NDArray[Any], size: int) -> Ints:
    """Give the place of the first row of each group that has any, in ascending order; groups in [0, size)."""
    first = np.full(size, -1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    return np.sort(first[first >= 0])


def overlap(since: Ints, time: Ints, lo: int, hi: int) -> Ints:
    """Give the ms of each [since, time) that lie in [lo, hi)."""
    if len(since) and (since.min() < lo or time.max() > hi):
        since, time = np.maximum(since, lo), np.minimum(time, hi)
    inside: Ints = np.maximum(time - since, 0)
    return inside


def lookup(values: Sequence[int]) -> NDArray[np.int64]:
    """Make a table to index by a column in which -1 means none: the last entry is -1."""
    return np.array([*values, -1], dtype=np.int64)
