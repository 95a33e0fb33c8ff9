"""Shapley shares of more levers than all subsets could be run of: from a sample of orders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sim.analysis.intervals import Interval, mean_interval, replication_values, student_quantile
from sim.draws import absorb_array, key_of, uniforms, word_of

Orders = NDArray[np.int64]
"""Shape (draws, orders to a draw, levers): the levers in the order in which they are pulled. Draws are independent."""

LEAST_DRAWS = 8
"""Fewer say too little of how orders differ: with four, bounds at 95 % held as few as 79 % of known shares."""


@dataclass(frozen=True)
class SampledShare:
    """What one lever contributes, as far as a sample of orders says.

    Attributes
    ----------
    share : Interval
        Mean contribution; the bounds allow for the orders that were not drawn and for replications. `n` counts
        replications.
    orders_error, replications_error : float
        Standard errors from the one and the other: which of them more runs should be spent on.
    least, most : float
        Of the mean contribution over the orders drawn; all orders may range further.
    """

    share: Interval
    orders_error: float
    replications_error: float
    least: float
    most: float


@dataclass(frozen=True)
class SampledShares:
    """How the whole falls to levers, as far as a sample of orders says.

    Attributes
    ----------
    levers : tuple of SampledShare
        By number.
    whole : Interval
        All levers less none; the shares sum to its mean in every sample.
    """

    levers: tuple[SampledShare, ...]
    whole: Interval


def antithetic_orders(levers: int, draws: int, seed: int) -> Orders:
    """Draw orders, each together with its reverse: a lever early in the one is late in the other.

    Parameters
    ----------
    levers, draws : int
        How many levers, at least 1, and how many pairs of orders, at least 1.
    seed : int
        Equal seeds draw alike; more draws leave the first ones as they are.

    Returns
    -------
    ndarray of int64, shape (draws, 2, levers)

    Raises
    ------
    ValueError
        If either number is below 1.

    References
    ----------
    Castro, J., Gomez, D. and Tejada, J., "Polynomial calculation of the Shapley value based on sampling", Computers &
    Operations Research 36(5), 2009, 1726-1730, doi:10.1016/j.cor.2008.04.004 (sampling orders).
    Mitchell, R., Cooper, J., Frank, E. and Holmes, G., "Sampling permutations for Shapley value estimation", Journal
    of Machine Learning Research 23(43), 2022, 1-46 (with their reverse).
    """
    if levers < 1 or draws < 1:
        raise ValueError(f"levers and draws must be at least 1, got {levers!r} and {draws!r}")
    keys = absorb_array(key_of(seed, 0, word_of("order")), np.arange(draws))
    orders = np.argsort(uniforms(absorb_array(keys[:, None], np.arange(levers))), axis=1, kind="stable")
    return np.stack((orders, orders[:, ::-1]), axis=1).astype(np.int64)


def subsets_before(orders: Orders) -> NDArray[np.int64]:
    """Give the levers pulled before each place of an order and after the last, bit by bit.

    Parameters
    ----------
    orders : ndarray of int, shape (..., levers)
        At most 62 levers.

    Returns
    -------
    ndarray of int64, shape (..., levers + 1)
        From 0 to all levers.
    """
    bits = np.left_shift(np.int64(1), np.asarray(orders, dtype=np.int64))
    return np.concatenate((np.zeros_like(bits[..., :1]), np.cumsum(bits, axis=-1)), axis=-1)


def subsets_needed(orders: Orders) -> list[int]:
    """Give the subsets that must be run for some orders, ascending, each once."""
    return [int(subset) for subset in np.unique(subsets_before(orders))]


def sampled_shares(orders: ArrayLike, values: Mapping[int, ArrayLike], confidence: float = 0.95) -> SampledShares:
    """Estimate Shapley shares from some orders.

    Draws and replications are crossed: every replication is run in every order. The variance of a share is that of
    the means of draws over their number, plus that of the means of replications over theirs, less what both count
    twice; degrees of freedom by Satterthwaite.

    Parameters
    ----------
    orders : array_like of int, shape (draws, orders to a draw, levers) or (draws, levers)
        Such as `antithetic_orders` gives. Draws must be independent and at random for the bounds to mean something.
    values : mapping of int to array_like, shape (replications,)
        By subset, see `subsets_needed`: the measure in the same replications. One with a nan in any of them is left
        out.
    confidence : float
        Of every interval, each for itself, in (0, 1).

    Returns
    -------
    SampledShares
        Bounds are nan with fewer than `LEAST_DRAWS` draws or two replications.

    Raises
    ------
    ValueError
        If an order does not hold every lever once, or a subset has no values.

    References
    ----------
    See `antithetic_orders`. Searle, S. R., Casella, G. and McCulloch, C. E., *Variance Components*, Wiley 1992,
    chapter 4 (two crossed random factors).
    """
    drawn = np.asarray(orders, dtype=np.int64)
    drawn = drawn[:, None, :] if drawn.ndim == 2 else drawn
    if drawn.ndim != 3 or not (np.sort(drawn, axis=-1) == np.arange(drawn.shape[-1])).all():
        raise ValueError(f"every order must hold each lever once, got orders of shape {drawn.shape}")
    needed = subsets_needed(drawn)
    missing = [subset for subset in needed if subset not in values]
    if missing:
        raise ValueError(
            f"values must hold every subset of the orders, {len(missing)} are missing, such as {missing[0]}"
        )
    table = np.array([replication_values(values[subset]) for subset in needed])
    table = table[:, ~np.isnan(table).any(axis=0)]
    before = np.searchsorted(needed, subsets_before(drawn))
    steps = table[before[..., 1:]] - table[before[..., :-1]]  # (draws, orders, places, replications)
    added = np.take_along_axis(steps, np.argsort(drawn, axis=-1)[..., None], axis=2)  # by lever, not by place
    levers = tuple(_sampled(added[:, :, i, :], confidence) for i in range(drawn.shape[-1]))
    return SampledShares(levers, mean_interval(table[-1] - table[0], confidence))


def _sampled(added: NDArray[np.float64], confidence: float) -> SampledShare:
    """Describe a lever by what it adds, shape (draws, orders, replications)."""
    nan = float("nan")
    cells = added.mean(axis=1)
    draws, n = cells.shape
    if not n or not draws:
        return SampledShare(Interval(nan, nan, nan, n), nan, nan, nan, nan)
    mean, by_draw, by_replication = float(cells.mean()), cells.mean(axis=1), cells.mean(axis=0)
    each = added.mean(axis=2)
    least, most = float(each.min()), float(each.max())
    if draws < LEAST_DRAWS or n < 2:
        return SampledShare(Interval(mean, nan, nan, n), nan, nan, least, most)
    rest = cells - by_draw[:, None] - by_replication + mean
    both = float((rest**2).sum()) / ((draws - 1) * (n - 1)) / (draws * n)
    of_draws, of_replications = float(by_draw.var(ddof=1)) / draws, float(by_replication.var(ddof=1)) / n
    # An estimate of a variance by a difference may fall short of either part, which cannot be.
    variance = max(of_draws + of_replications - both, of_draws, of_replications)
    half = 0.0
    if variance > 0.0:
        parts = np.array([of_draws, of_replications, both]) / variance
        freedom = 1.0 / float((parts**2 / [draws - 1, n - 1, (draws - 1) * (n - 1)]).sum())
        half = student_quantile(confidence, max(1, int(freedom))) * sqrt(variance)
    return SampledShare(Interval(mean, mean - half, mean + half, n), sqrt(of_draws), sqrt(of_replications), least, most)
