"""The quantile functions themselves: one scalar function per kind of law, over numbers in a row.

A law is a kind and a row of numbers. Each function reads its numbers from `p` beginning at `at`, so `p` may
be the tuple of one law or one long array that holds all laws of a plan. Everything is comparisons, + - * /
and `sim.portable`; a compiled engine that translates these functions draws the same bits.

The uniform `u` must lie strictly between 0 and 1. Layout of the numbers, by kind:

=============  ============================================================================================
DETERMINISTIC  value
UNIFORM        low, width
EXPONENTIAL    mean
LOGNORMAL      median, sigma
WEIBULL        scale, 1 / shape
TRIANGULAR     low, mode, high
TABLE          location, scale, exponent, tail of the low side, tail of the high side, whether the high tail
               is a power, then 4 coefficients for each of the 4,096 cells (see `sim.quantile_tables`)
EMPIRICAL      n, n values in ascending order, n cumulative probabilities
MIXTURE        n, then for each component: upper end of its share of (0, 1), kind, place of its numbers
               counted from the beginning of the mixture's; then the components' numbers
=============  ============================================================================================
"""

from collections.abc import Sequence
from enum import IntEnum
from math import frexp, sqrt

from sim.portable import exp, log, normal_quantile, power

OCTAVES = 32  # halvings of the distance to 0 or 1 that a table covers
CELLS_PER_OCTAVE = 64
CELLS_PER_SIDE = OCTAVES * CELLS_PER_OCTAVE
TABLE_HEAD = 6
LAST_TABLED = 2.0 ** -(OCTAVES + 1)  # nearer than this to 0 or 1 the tail formulas take over
LEAST = 2.0**-53
GREATEST = 1.0 - 2.0**-53


class Kind(IntEnum):
    """Which function a row of numbers belongs to."""

    DETERMINISTIC = 0
    UNIFORM = 1
    EXPONENTIAL = 2
    LOGNORMAL = 3
    WEIBULL = 4
    TRIANGULAR = 5
    TABLE = 6
    EMPIRICAL = 7
    MIXTURE = 8


# Plain integers, because a compiled engine knows them as constants.
DETERMINISTIC, UNIFORM, EXPONENTIAL, LOGNORMAL, WEIBULL, TRIANGULAR, TABLE, EMPIRICAL, MIXTURE = map(int, Kind)


def deterministic(p: Sequence[float], at: int, u: float) -> float:
    """Give the one value there is."""
    return p[at]


def uniform(p: Sequence[float], at: int, u: float) -> float:
    """Low + width u."""
    return p[at] + p[at + 1] * u


def exponential(p: Sequence[float], at: int, u: float) -> float:
    """-mean log(1 - u); 1 - u is exact for addressed uniforms."""
    return -p[at] * log(1.0 - u)


def lognormal(p: Sequence[float], at: int, u: float) -> float:
    """Median exp(sigma z), z the normal quantile of u."""
    return p[at] * exp(p[at + 1] * normal_quantile(u))


def weibull(p: Sequence[float], at: int, u: float) -> float:
    """Scale (-log(1 - u))^(1 / shape)."""
    return p[at] * power(-log(1.0 - u), p[at + 1])


def triangular(p: Sequence[float], at: int, u: float) -> float:
    """Low or high end plus or minus the root of the area beyond; needs low < high."""
    low, mode, high = p[at], p[at + 1], p[at + 2]
    if u * (high - low) < mode - low:
        return low + sqrt(u * (high - low) * (mode - low))
    return high - sqrt((1.0 - u) * (high - low) * (high - mode))


def table(p: Sequence[float], at: int, u: float) -> float:
    """Cubic in the cell of u; cells halve in width with each halving of the distance to 0 or 1.

    Beyond the last cell the low side goes on as a power of u, and the high side as a power of 1 - u (laws
    with an upper end) or linear in its logarithm.
    """
    upper = u >= 0.5
    v = 1.0 - u if upper else u
    if v == 0.5:
        v = 0.4999999999999999  # a cell is open at its upper end
    if v >= LAST_TABLED:
        m, e = frexp(v)
        place = (m - 0.5) * (2.0 * CELLS_PER_OCTAVE)
        cell = int(place)
        t = place - cell
        c = at + TABLE_HEAD + 4 * ((-1 - e) * CELLS_PER_OCTAVE + cell + (CELLS_PER_SIDE if upper else 0))
        x = p[c] + t * (p[c + 1] + t * (p[c + 2] + t * p[c + 3]))
        return p[at] + p[at + 1] * (x if p[at + 2] == 1.0 else power(x, p[at + 2]))
    ratio = v / LAST_TABLED
    last = at + TABLE_HEAD + 4 * (OCTAVES - 1) * CELLS_PER_OCTAVE + (4 * CELLS_PER_SIDE if upper else 0)
    x = p[last] if upper else p[last] * power(ratio, p[at + 3])
    if p[at + 2] != 1.0:
        x = power(x, p[at + 2])
    if upper:
        x = 1.0 - (1.0 - x) * power(ratio, p[at + 4]) if p[at + 5] > 0.0 else x - p[at + 4] * log(ratio)
    return p[at] + p[at + 1] * x


def empirical(p: Sequence[float], at: int, u: float) -> float:
    """Give the smallest value whose cumulative probability is at least u."""
    n = int(p[at])
    low, high = 0, n - 1
    while low < high:
        middle = (low + high) // 2
        if p[at + 1 + n + middle] < u:
            low = middle + 1
        else:
            high = middle
    return p[at + 1 + low]


def pure(kind: int, p: Sequence[float], at: int, u: float) -> float:
    """Quantile of any law that is not a mixture, the commonest first."""
    if kind == LOGNORMAL:
        return lognormal(p, at, u)
    if kind == EXPONENTIAL:
        return exponential(p, at, u)
    if kind == TABLE:
        return table(p, at, u)
    if kind == DETERMINISTIC:
        return deterministic(p, at, u)
    if kind == UNIFORM:
        return uniform(p, at, u)
    if kind == WEIBULL:
        return weibull(p, at, u)
    if kind == TRIANGULAR:
        return triangular(p, at, u)
    return empirical(p, at, u)


def mixture(p: Sequence[float], at: int, u: float) -> float:
    """Choose the component by u; u's place within that component's share is the component's own uniform."""
    last = at + 3 * int(p[at]) - 2
    entry = at + 1
    below = 0.0
    while entry < last and u >= p[entry]:
        below = p[entry]
        entry += 3
    v = (u - below) / (p[entry] - below)
    if v < LEAST:
        v = LEAST
    elif v > GREATEST:
        v = GREATEST
    return pure(int(p[entry + 1]), p, at + int(p[entry + 2]), v)


def quantile(kind: int, p: Sequence[float], at: int, u: float) -> float:
    """Value of a law at a uniform.

    Parameters
    ----------
    kind : int
        One of `Kind`.
    p : sequence of float
        Where the law's numbers are.
    at : int
        Place of the first of them.
    u : float
        Strictly between 0 and 1.

    Returns
    -------
    float
        In the unit of the law's parameters. For a mixture, monotone in `u` within each component only.
    """
    return mixture(p, at, u) if kind == MIXTURE else pure(kind, p, at, u)
