"""Durations counted on a fixed fine grid, so that those of many replications can be put together."""

from __future__ import annotations

import numpy as np

from sim.kpis.rows import Floats, Ints
from sim.worktime import HOUR_MS

CELLS_PER_DECADE = 200
"""Cells are 1.2 % wide."""
DECADES = 8
LEAST_MS = HOUR_MS // 1000
"""Where the grid begins: 3.6 s. What is shorter is counted as 0; the grid ends at 100,000 h, eleven years."""
CELLS = CELLS_PER_DECADE * DECADES + 2
FATES = ("reached", "missed", "open")
"""What is known at the end of a duration, by the kinds of `sim.kpis.lead_time`."""

_EDGES_MS = LEAST_MS * 10.0 ** (np.arange(CELLS_PER_DECADE * DECADES + 1) / CELLS_PER_DECADE)


def sketch_of(duration_ms: Ints, kind: Ints) -> Ints:
    """Count durations by kind and cell.

    Parameters
    ----------
    duration_ms : ndarray of int64, shape (n,)
        Not negative.
    kind : ndarray of int64, shape (n,)
        Index into `FATES`.

    Returns
    -------
    ndarray of int64, shape (3, CELLS)
    """
    return sketch_of_cells(cells_of(duration_ms), kind)


def cells_of(duration_ms: Ints) -> Ints:
    """Give the cell of each duration."""
    return np.searchsorted(_EDGES_MS, duration_ms, side="right")


def sketch_of_cells(cell: Ints, kind: Ints) -> Ints:
    """Count durations whose cells are known, as `sketch_of` does."""
    return np.bincount(kind * CELLS + cell, minlength=3 * CELLS).reshape(3, CELLS).astype(np.int64)


def cell_hours() -> Floats:
    """Give the duration that stands for each cell, shape (CELLS,): 0, then geometric means, then the end."""
    middle = np.sqrt(_EDGES_MS[:-1] * _EDGES_MS[1:])
    return np.concatenate(([0.0], middle, [_EDGES_MS[-1]])) / HOUR_MS


def counted(sketch: Ints) -> list[tuple[str, float, int]]:
    """Give (fate, hours, count) for every cell of a sketch that holds anything."""
    kinds, cells = np.nonzero(sketch)
    fates = [FATES[k] for k in kinds.tolist()]
    return list(zip(fates, _HOURS[cells].tolist(), sketch[kinds, cells].tolist(), strict=True))


_HOURS = cell_hours()
