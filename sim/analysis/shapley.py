"""What each of several levers contributes to the whole, whatever the order in which they are pulled."""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, point_values

Subsets = NDArray[np.int64]
"""Sets of levers as whole numbers: bit i says that lever i is pulled."""


@dataclass(frozen=True)
class Share:
    """What one lever contributes.

    Attributes
    ----------
    share : Interval
        Mean contribution over all orders, with what replications leave open; paired.
    alone, last : float
        Mean contribution pulled first, on nothing, and last, on all the others.
    least, most : float
        Over all orders, of the mean contribution. Extremes of estimates: noise widens this range, and it has no
        confidence.
    least_after, most_after : int
        The levers pulled before it in an order where that comes about, bit by bit.
    """

    share: Interval
    alone: float
    last: float
    least: float
    most: float
    least_after: int
    most_after: int


@dataclass(frozen=True)
class Shares:
    """How the whole falls to levers.

    Attributes
    ----------
    levers : tuple of Share
        In the order of the bits.
    whole : Interval
        All levers less none. The shares sum to its mean.
    synergy : Interval
        The whole less the sum of what each lever brings alone: above zero where levers need one another.
    interactions : dict of (int, int) to Interval
        By pairs i < j, the Shapley interaction index: how much more one brings with the other than without, weighed
        over what else is pulled.
    remainder : float
        The whole less the sum of shares: rounding, or something is wrong.
    """

    levers: tuple[Share, ...]
    whole: Interval
    synergy: Interval
    interactions: dict[tuple[int, int], Interval]
    remainder: float


def shapley_shares(values: ArrayLike, confidence: float = 0.95) -> Shares:
    """Give the Shapley share of every lever from runs of all subsets.

    Parameters
    ----------
    values : array_like, shape (2^levers, replications)
        Row s is the measure with the levers of s pulled, see `Subsets`: row 0 has none, the last row all. Column r is
        the same replication in every row. Replications with a nan in any row are left out.
    confidence : float
        Of every interval, each for itself, in (0, 1).

    Returns
    -------
    Shares

    Raises
    ------
    ValueError
        If the number of rows is no power of two from 2 on, or `confidence` is not in (0, 1).

    References
    ----------
    Shapley, L. S., "A value for n-person games", in Kuhn, H. W. and Tucker, A. W. (eds.), *Contributions to the
    Theory of Games II*, Princeton University Press 1953, 307-317.
    Grabisch, M. and Roubens, M., "An axiomatic approach to the concept of interaction among players in cooperative
    games", International Journal of Game Theory 28, 1999, 547-565, doi:10.1007/s001820050125.
    """
    table = point_values(values)
    levers = len(table).bit_length() - 1
    if levers < 1 or len(table) != 1 << levers:
        raise ValueError(f"values must have one row for every subset of levers, 2, 4, 8, ..., got {len(table)}")
    table = table[:, ~np.isnan(table).any(axis=0)]
    whole = table[-1] - table[0]
    found, shares = [], []
    for i in range(levers):
        without = _without(levers, i)
        added = table[without | 1 << i] - table[without]
        shares.append(_weights(without, levers) @ added)
        found.append(_share(shares[-1], added, without, confidence))
    pairs = {}
    for i in range(levers):
        for j in range(i + 1, levers):
            without = _without(levers, i, j)
            both = table[without | 1 << i | 1 << j] + table[without]
            either = table[without | 1 << i] + table[without | 1 << j]
            pairs[i, j] = mean_interval(_weights(without, levers - 1) @ (both - either), confidence)
    alone = table[1 << np.arange(levers)] - table[0]
    remainder = float((whole - np.sum(shares, axis=0)).mean()) if len(whole) else float("nan")
    synergy = mean_interval(whole - alone.sum(axis=0), confidence)
    return Shares(tuple(found), mean_interval(whole, confidence), synergy, pairs, remainder)


def _without(levers: int, *pulled: int) -> Subsets:
    """Give all subsets that hold none of some levers, ascending."""
    subsets = np.arange(1 << levers, dtype=np.int64)
    return np.asarray(subsets[(subsets & sum(1 << i for i in pulled)) == 0])


def _weights(subsets: Subsets, levers: int) -> NDArray[np.float64]:
    """Give the share of orders of `levers` levers in which one comes right after a subset of the others."""
    by_size = np.array([factorial(s) * factorial(levers - s - 1) / factorial(levers) for s in range(levers)])
    return np.asarray(by_size[np.bitwise_count(subsets)])


def _share(share: NDArray[np.float64], added: NDArray[np.float64], without: Subsets, confidence: float) -> Share:
    """Describe a lever by what it adds to each subset without it, shape (subsets, replications)."""
    nan = float("nan")
    interval = mean_interval(share, confidence)
    if not added.shape[1]:
        return Share(interval, nan, nan, nan, nan, 0, 0)
    mean = added.mean(axis=1)
    low, high = int(np.argmin(mean)), int(np.argmax(mean))
    return Share(
        interval,
        alone=float(mean[0]),
        last=float(mean[-1]),
        least=float(mean[low]),
        most=float(mean[high]),
        least_after=int(without[low]),
        most_after=int(without[high]),
    )
