"""The distribution functions that belong to `sim.quantiles`, over the same rows of numbers.

They serve planning (what share of customers will have left after a wait), not drawing.
"""

from collections.abc import Sequence

from sim.portable import exp, expm1, log, normal_cdf, power
from sim.quantiles import GREATEST, LEAST, Kind, quantile


def cdf(kind: int, p: Sequence[float], at: int, x: float) -> float:
    """Probability that a law gives at most x.

    Parameters
    ----------
    kind : int
        One of `Kind`.
    p : sequence of float
        Where the law's numbers are.
    at : int
        Place of the first of them.
    x : float
        In the unit of the law's parameters.

    Returns
    -------
    float
        Between 0 and 1. Error below 1e-14; 1e-7 for tabled laws, whose quantile is inverted by bisection.
    """
    if kind == Kind.MIXTURE:
        total = below = 0.0
        for entry in range(at + 1, at + 1 + 3 * int(p[at]), 3):
            total += (p[entry] - below) * cdf(int(p[entry + 1]), p, at + int(p[entry + 2]), x)
            below = p[entry]
        return min(total, 1.0)
    if kind == Kind.EMPIRICAL:
        n = int(p[at])
        return max((p[at + 1 + n + i] for i in range(n) if p[at + 1 + i] <= x), default=0.0)
    if kind == Kind.TABLE:
        return _by_bisection(kind, p, at, x)
    if kind == Kind.DETERMINISTIC:
        return 1.0 if x >= p[at] else 0.0
    if kind == Kind.UNIFORM:
        return min(max((x - p[at]) / p[at + 1], 0.0), 1.0)
    if kind == Kind.TRIANGULAR:
        return _triangular(p[at], p[at + 1], p[at + 2], x)
    if x <= 0.0:
        return 0.0
    if kind == Kind.EXPONENTIAL:
        return -expm1(-x / p[at])
    if kind == Kind.LOGNORMAL:
        return normal_cdf(log(x / p[at]) / p[at + 1])
    return -expm1(-power(x / p[at], 1.0 / p[at + 1]))


def survival(kind: int, p: Sequence[float], at: int, x: float) -> float:
    """Probability that a law gives more than x; for the exponential and Weibull laws exact far out as well.

    Parameters
    ----------
    kind, p, at, x
        As for `cdf`.

    Returns
    -------
    float
        Between 0 and 1.
    """
    if kind == Kind.EXPONENTIAL:
        return exp(-x / p[at]) if x > 0.0 else 1.0
    if kind == Kind.WEIBULL:
        return exp(-power(x / p[at], 1.0 / p[at + 1])) if x > 0.0 else 1.0
    if kind == Kind.LOGNORMAL:
        return normal_cdf(-log(x / p[at]) / p[at + 1]) if x > 0.0 else 1.0
    return 1.0 - cdf(kind, p, at, x)


def _triangular(low: float, mode: float, high: float, x: float) -> float:
    if x <= low:
        return 0.0
    if x >= high:
        return 1.0
    if x < mode:
        return (x - low) * (x - low) / ((high - low) * (mode - low))
    return 1.0 - (high - x) * (high - x) / ((high - low) * (high - mode))


def _by_bisection(kind: int, p: Sequence[float], at: int, x: float) -> float:
    low, high = LEAST, GREATEST
    if x < quantile(kind, p, at, low):
        return 0.0
    if x >= quantile(kind, p, at, high):
        return 1.0
    # As many halvings as a double has bits, and some, for roots close to 0.
    for _ in range(80):
        middle = 0.5 * (low + high)
        if quantile(kind, p, at, middle) <= x:
            low = middle
        else:
            high = middle
    return low
