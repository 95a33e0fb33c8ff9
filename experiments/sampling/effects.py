"""Points from which the effects of many factors can be told apart: Morris' trajectories and Saltelli's blocks."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from experiments.extra import extra
from experiments.specs.sensitivity import Sensitivity


def problem_of(dimensions: int) -> dict[str, Any]:
    """Give factors as SALib takes them: numbered, each a position from 0 to 1."""
    return {
        "num_vars": dimensions,
        "names": [f"x{i}" for i in range(dimensions)],
        "bounds": [[0.0, 1.0]] * dimensions,
    }


def effect_points(asked: Sensitivity, dimensions: int) -> NDArray[np.float64]:
    """Give the points of a sensitivity analysis.

    Parameters
    ----------
    asked : Sensitivity
        Method, size and seed.
    dimensions : int
        Factors, at least 1.

    Returns
    -------
    ndarray of float64, shape (blocks * block, dimensions)
        Positions from 0 to 1; the points of a block, see `block`, stand together.

    References
    ----------
    Morris, M. D., "Factorial sampling plans for preliminary computational experiments", Technometrics 33(2), 1991,
    161-174, doi:10.1080/00401706.1991.10484804.
    Saltelli, A. and others, "Variance based sensitivity analysis of model output", Computer Physics Communications
    181(2), 2010, 259-270, doi:10.1016/j.cpc.2009.09.018.
    """
    problem = problem_of(dimensions)
    with extra("study"):
        if asked.method == "morris":
            from SALib.sample.morris import sample as trajectories

            found = trajectories(problem, asked.trajectories, num_levels=asked.levels, seed=asked.seed)
        else:
            from SALib.sample.sobol import sample as saltelli

            found = saltelli(problem, asked.n, calc_second_order=False, seed=asked.seed)
    # A sum of steps may miss an end by its last bit.
    return np.clip(np.asarray(found, dtype=np.float64), 0.0, 1.0)


def block(asked: Sensitivity, dimensions: int) -> int:
    """Give how many points belong together: a trajectory of Morris', a row of Saltelli's matrices with its mixtures."""
    return dimensions + (1 if asked.method == "morris" else 2)
