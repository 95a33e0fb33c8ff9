"""Which of several points are worse than another one in everything that is wanted."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def non_dominated(values: ArrayLike) -> NDArray[np.bool_]:
    """Say of every point whether no other is at least as good in all objectives and better in one.

    Parameters
    ----------
    values : array_like, shape (points, objectives)
        Larger is better; turn the sign of what is to be small.

    Returns
    -------
    ndarray of bool, shape (points,)
        Equal points do not dominate each other. A point that is not defined (nan) in some objective dominates none and
        is not counted as non-dominated.

    Raises
    ------
    ValueError
        If `values` is not two-dimensional.

    References
    ----------
    Deb, K., *Multi-Objective Optimization Using Evolutionary Algorithms*, Wiley 2001, section 2.4.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise ValueError(f"values must have shape (points, objectives), got shape {table.shape}")
    found: NDArray[np.bool_] = np.logical_not(np.isnan(table).any(axis=1))
    for i in np.flatnonzero(found):
        found[i] = not ((table >= table[i]).all(axis=1) & (table > table[i]).any(axis=1)).any()
    return found
