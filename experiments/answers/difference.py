"""Two traces that ought to be the same: the first row that is not, and what can be told around it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from experiments.answers.surroundings import Surroundings
from sim.trace import Block, Trace, block_of

BEFORE, AFTER = 4, 3
"""Rows shown around the first that differs."""


@dataclass(frozen=True)
class Difference:
    """Where two traces part.

    Attributes
    ----------
    row : int
        Number of the first row that differs, from 0 on; all before it are the same.
    lines : list of str
        What to tell of it.
    """

    row: int
    lines: list[str]


def rows_of(trace: Trace) -> Block:
    """Give all kept rows as columns."""
    blocks = list(trace.blocks())
    return Block(*map(np.concatenate, zip(*blocks, strict=True))) if blocks else block_of([])


def first_difference(names: tuple[str, str], traces: tuple[Trace, Trace]) -> Difference | None:
    """Compare two traces of one plan to the last bit.

    Parameters
    ----------
    names : tuple of str
        What to call whoever wrote each.
    traces : tuple of Trace
        With their rows kept.

    Returns
    -------
    Difference or None
        None if they are the same.
    """
    one, other = rows_of(traces[0]), rows_of(traces[1])
    shared = min(len(one.time_ms), len(other.time_ms))
    unlike = np.zeros(shared, bool)
    for a, b in zip(one, other, strict=True):
        unlike |= _bits(a[:shared]) != _bits(b[:shared])
    row = int(np.argmax(unlike)) if unlike.any() else shared
    if row == len(one.time_ms) == len(other.time_ms):
        return None
    return Difference(row, _lines(names, traces, (one, other), row))


def _bits(column: NDArray[np.generic]) -> NDArray[np.generic]:
    """Give floats as whole numbers: -0.0 is not 0.0 here, and a value that is not defined is what it is."""
    return column.view(np.int64) if column.dtype == np.float64 else column


def _lines(names: tuple[str, str], traces: tuple[Trace, Trace], rows: tuple[Block, Block], row: int) -> list[str]:
    seen = [Surroundings(trace.plan, block, row) for trace, block in zip(traces, rows, strict=True)]
    lines = [f"the first {row:,} rows are the same, the next is not"]
    width = max(map(len, names))
    if all(row < len(block.time_ms) for block in rows):
        for column, a, b in zip(Block._fields, *seen[0].both(seen[1]), strict=True):
            if a != b:
                lines.append(f"  {column}: {names[0]} {a}, {names[1]} {b}")
    lines += [f"  {'':{width}}  {seen[0].worded(i)}" for i in range(max(0, row - BEFORE), row)]
    for name, one in zip(names, seen, strict=True):
        there = range(row, min(row + 1 + AFTER, len(one.rows.time_ms)))
        lines += [f"> {name:{width}}  {one.worded(i)}" for i in there] or [f"> {name:{width}}  no further row"]
    about = seen[0].concerned() | seen[1].concerned()
    lines += seen[0].so_far(about)
    queues = [one.queues(about) for one in seen]
    if queues[0] == queues[1]:
        return lines + queues[0]
    return [*lines, *(f"{line} ({name})" for name, found in zip(names, queues, strict=True) for line in found)]
