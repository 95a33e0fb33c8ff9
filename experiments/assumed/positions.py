"""Where the points of an ensemble lie: every assumption at some position between lowest and highest, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

_BLOCK = 16
"""Factors of one Sobol sequence. In a single one of 160 factors, 64 points leave some 340 pairs of them correlated by
more than .5, up to .99, so that no driver could be told from its shadow; in blocks of 16 no more pairs than of
independent columns, which is none or two."""


def sobol_positions(n: int, factors: int, seed: int) -> np.ndarray:
    """Give the points of scrambled Sobol sequences, one for each block of factors, each in an order of its own.

    Every factor has exactly one point in each n-th of its range, and the factors of a block fill their space evenly.
    The same seed gives the same points.

    Parameters
    ----------
    n : int
        Points: a power of two.
    factors : int
        Dimensions, at least 1.
    seed : int
        Of scrambling and order, at least 0.

    Returns
    -------
    ndarray, shape (n, factors)
        Positions in [0, 1), as `experiments.assumed.assumptions.applied` takes them.

    Raises
    ------
    ValueError
        If n is no power of two, or there is no factor.

    References
    ----------
    Sobol 1967, doi 10.1016/0041-5553(67)90144-9; blocks in random order: Latin supercubes, Owen 1998,
    doi 10.1145/272991.273010.
    """
    import numpy as np
    from scipy.stats import qmc

    if n < 1 or n & (n - 1):
        raise ValueError(f"n must be a power of two; got {n}")
    if factors < 1:
        raise ValueError(f"factors must be at least 1; got {factors}")
    chance = np.random.default_rng(seed)
    points = np.empty((n, factors))
    for first in range(0, factors, _BLOCK):
        block = points[:, first : first + _BLOCK]
        sequence = qmc.Sobol(block.shape[1], scramble=True, seed=chance)
        block[:] = sequence.random_base2(n.bit_length() - 1)[chance.permutation(n)]
    return points
