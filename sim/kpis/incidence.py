"""The share that has come to an end of some kind by some time, while others are still under way."""

from __future__ import annotations

from collections.abc import Sequence
from math import nan

import numpy as np

from sim.kpis.rows import Floats, Ints

REACHED, MISSED, OPEN = range(3)
"""What is known of a milestone at the end of a duration."""


def incidences(duration: Ints, end: Ints, ends: int) -> tuple[Ints, Floats, float]:
    """Estimate the cumulative incidences of ends that exclude one another.

    Parameters
    ----------
    duration : ndarray of int64, shape (n,)
        Time from the epoch to whatever is known of the case.
    end : ndarray of int64, shape (n,)
        Which end it came to then, in [0, ends); `ends` if it is still under way.
    ends : int
        How many there are.

    Returns
    -------
    times : ndarray of int64, shape (m,)
        Distinct durations, sorted.
    shares : ndarray of float64, shape (ends, m)
        Share that came to each end by then.
    followed : float
        The longest time for which anything is known; infinite if nobody is under way at the end of it.

    Notes
    -----
    Aalen and Johansen 1978, Scandinavian Journal of Statistics 5, 141-150.
    """
    n, width = len(duration), ends + 1
    if not n:
        return duration, np.empty((ends, 0)), nan
    duration, end = np.divmod(np.sort(duration * width + end), width)
    first = np.concatenate(([True], duration[1:] != duration[:-1]))
    times, place = duration[first], np.cumsum(first) - 1
    m = len(times)
    by_end = np.bincount(end * m + place, minlength=width * m).reshape(width, m)
    at_risk = n - np.concatenate(([0], np.cumsum(by_end.sum(axis=0))[:-1]))
    stay = np.cumprod(1.0 - by_end[:ends].sum(axis=0) / at_risk)
    shares = np.cumsum(np.concatenate(([1.0], stay[:-1])) * by_end[:ends] / at_risk, axis=1)
    return times, shares, float(times[-1]) if by_end[ends, -1] else np.inf


def incidence(duration: Ints, kind: Ints) -> tuple[Ints, Floats, float]:
    """Estimate the cumulative incidence of reaching a milestone, with ending without it as competing risk.

    Parameters
    ----------
    duration : ndarray of int64, shape (n,)
        Time from the epoch to whatever is known of the case.
    kind : ndarray of int64, shape (n,)
        `REACHED`, `MISSED` or `OPEN` at that time.

    Returns
    -------
    times : ndarray of int64, shape (m,)
        Distinct durations, sorted.
    share : ndarray of float64, shape (m,)
        Share that reached it by then.
    followed : float
        As `incidences` gives it.
    """
    times, shares, followed = incidences(duration, kind, OPEN)
    return times, shares[REACHED], followed


def first_time(times: Ints, share: Floats, p: float) -> float:
    """Give the first time at which the share is at least `p`; nan if it never is."""
    # The last bits of a product of many factors must not decide whether one half is reached.
    place = int(np.searchsorted(share, p - 1e-12))
    return float(times[place]) if place < len(times) else nan


def share_at(times: Ints, share: Floats, followed: float, at: Sequence[float]) -> list[float]:
    """Give the share at some times; nan where nobody was followed that long."""
    if not len(times):
        return [nan] * len(at)
    places = np.searchsorted(times, at, side="right") - 1
    values = np.where(places >= 0, np.minimum(share[places], 1.0), 0.0).tolist()
    return [v if t <= followed else nan for v, t in zip(values, at, strict=True)]
