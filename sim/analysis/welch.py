"""A series smoothed so that the eye sees where its start stops to matter."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.mser import series_of


def moving_average(values: ArrayLike, window: int) -> NDArray[np.float64]:
    """Give Welch's moving average over replications.

    Parameters
    ----------
    values : array_like, shape (replications, times) or (times,)
        Observations in order of time. Replications are averaged first; Welch advises five or more.
    window : int
        How many observations on either side go into an average, at most a quarter of the series. Near the start only
        as many as there are before.

    Returns
    -------
    ndarray of float64, shape (times - window,)
        Averages at times 0, 1, ...; nan where an observation in reach is defined in no replication.

    Raises
    ------
    ValueError
        If `values` has more than two dimensions, or the window is below 0 or above a quarter of the series.

    References
    ----------
    Welch, P. D., "The statistical analysis of simulation results", in Lavenberg, S. S. (ed.), *The Computer
    Performance Modeling Handbook*, Academic Press 1983, 268-328.
    Law, A. M., *Simulation Modeling and Analysis*, 5th ed., McGraw-Hill 2015, section 9.5.1.
    """
    series = series_of(values)
    if not 0 <= window <= len(series) // 4:
        raise ValueError(f"window must lie between 0 and a quarter of {len(series)} observations, got {window!r}")
    reach = np.minimum(np.arange(len(series) - window), window)
    return np.array([series[at - r : at + r + 1].mean() for at, r in enumerate(reach)])
