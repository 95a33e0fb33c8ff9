"""Picking rows out of a block and adding them up without rounding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.trace import Block, Event

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_LOW_BITS = 26


def of(block: Block, *events: Event) -> Block:
    """Give the rows of some events, in row order.

    Parameters
    ----------
    block : Block
        Rows.
    *events : Event
        At least one.

    Returns
    -------
    Block
        A copy of the rows that match.
    """
    mask = block.event == events[0]
    for event in events[1:]:
        mask |= block.event == event
    return take(block, np.flatnonzero(mask))


def take(block: Block, index: NDArray[Any]) -> Block:
    """Give the rows at some places, or where a mask is true."""
    return Block(*(column[index] for column in block))


def joined(first: Block, second: Block) -> Block:
    """Put the rows of two blocks into one."""
    a: tuple[NDArray[Any], ...] = first
    b: tuple[NDArray[Any], ...] = second
    return Block(*(np.concatenate(pair) for pair in zip(a, b, strict=True)))


def sums(group: NDArray[Any], values: Ints, size: int) -> Ints:
    """Add integers by group, exactly.

    `numpy.bincount` adds in floating point, which is exact below 2^53 only; so the high and the low bits are
    added apart.

    Parameters
    ----------
    group : ndarray of int, shape (n,)
        Groups in [0, size).
    values : ndarray of int64, shape (n,)
        At most 2^20 of them.
    size : int
        Number of groups.

    Returns
    -------
    ndarray of int64, shape (size,)
    """
    high = np.bincount(group, weights=values >> _LOW_BITS, minlength=size)
    low = np.bincount(group, weights=values & ((1 << _LOW_BITS) - 1), minlength=size)
    return (high.astype(np.int64) << _LOW_BITS) + low.astype(np.int64)


def counts(group: NDArray[Any], size: int) -> Ints:
    """Count rows by group, as int64 of shape (size,)."""
    return np.bincount(group, minlength=size).astype(np.int64)


def overlap(since: Ints, time: Ints, lo: int, hi: int) -> Ints:
    """Give the ms of each [since, time) that lie in [lo, hi)."""
    inside: Ints = np.maximum(np.minimum(time, hi) - np.maximum(since, lo), 0)
    return inside


def lookup(values: Sequence[int]) -> NDArray[np.int64]:
    """Make a table to index by a column in which -1 means none: the last entry is -1."""
    return np.array([*values, -1], dtype=np.int64)
