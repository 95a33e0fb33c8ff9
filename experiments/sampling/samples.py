"""Points spread over the unit cube: Latin hypercubes and Sobol points."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def latin_hypercube(n: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Spread points so that each of n equal slices of every dimension holds one.

    Parameters
    ----------
    n, dimensions : int
        How many points, of how many numbers.
    seed : int
        Of the sample; the same seed gives the same points.

    Returns
    -------
    ndarray of float64, shape (n, dimensions)
        In [0, 1).

    References
    ----------
    McKay, M. D., Beckman, R. J. and Conover, W. J., Technometrics 21(2), 1979, 239-245, doi:10.2307/1268522.
    """
    from scipy.stats import qmc

    return np.asarray(qmc.LatinHypercube(dimensions, rng=np.random.default_rng(seed)).random(n))


def sobol(n: int, dimensions: int, seed: int) -> NDArray[np.float64]:
    """Give scrambled Sobol points, which fill the cube more evenly than chance does.

    Parameters
    ----------
    n : int
        A power of two.
    dimensions, seed : int
        As for `latin_hypercube`.

    Returns
    -------
    ndarray of float64, shape (n, dimensions)
        In [0, 1).

    Raises
    ------
    ValueError
        If n is no power of two: only then are they balanced.

    References
    ----------
    Owen, A. B., "Scrambling Sobol' and Niederreiter-Xing points", Journal of Complexity 14(4), 1998, 466-489,
    doi:10.1006/jcom.1998.0487.
    """
    from scipy.stats import qmc

    if n & (n - 1) or n < 1:
        raise ValueError(f"the number of Sobol points must be a power of two, got {n}")
    return np.asarray(qmc.Sobol(dimensions, rng=np.random.default_rng(seed)).random_base2(n.bit_length() - 1))
