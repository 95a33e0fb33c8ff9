"""Probability laws by mean and spread as people know them, each a quantile function of one uniform.

`LAWS` has one constructor per name. A constructor checks its parameters and gives a `Law`; a spread of 0
gives the deterministic law, so that randomness can be turned off by a number. Any unit will do; a law speaks
the unit of its parameters, and `scaled` changes it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from sim.law import Law, scaled
from sim.law_parameters import above_0, finite, given_ones, one_of, ordered, within
from sim.portable import exp, log, log1p, normal_quantile
from sim.quantile_tables import beta_table, gamma_table
from sim.quantiles import Kind
from sim.weighted_laws import empirical, mixture

__all__ = [
    "LAWS",
    "Law",
    "deterministic",
    "empirical",
    "exponential",
    "gamma",
    "lognormal",
    "mixture",
    "pert",
    "scaled",
    "triangular",
    "uniform",
    "weibull",
]

Z_90 = normal_quantile(0.9)


def deterministic(value: float) -> Law:
    """Give the same value always.

    Parameters
    ----------
    value : float
        Any finite number.
    """
    return Law(Kind.DETERMINISTIC, (finite("value", value),), value, 0.0, f"deterministic({value:g})")


def uniform(low: float, high: float) -> Law:
    """Equally likely between two values.

    Parameters
    ----------
    low, high : float
        low <= high.
    """
    ordered(low=low, high=high)
    if low == high:
        return deterministic(low)
    width = high - low
    name = f"uniform(low={low:g}, high={high:g})"
    return Law(Kind.UNIFORM, (low, width), low + width / 2.0, width / math.sqrt(12.0), name)


def exponential(mean: float) -> Law:
    """Memoryless.

    Parameters
    ----------
    mean : float
        Above 0.
    """
    above_0("mean", mean)
    return Law(Kind.EXPONENTIAL, (mean,), mean, mean, f"exponential(mean={mean:g})")


def lognormal(
    mean: float | None = None, cv: float | None = None, median: float | None = None, p90: float | None = None
) -> Law:
    """Right-skewed, the logarithm normal; by (mean, cv), (median, cv) or (median, p90).

    Parameters
    ----------
    mean, median : float
        Above 0.
    cv : float
        Coefficient of variation, 0 to 100.
    p90 : float
        The value that one in ten exceeds; at least the median.
    """
    given = given_ones(mean=mean, cv=cv, median=median, p90=p90)
    one_of("lognormal", given, ("mean", "cv"), ("median", "cv"), ("median", "p90"))
    for parameter in given.keys() - {"cv"}:
        above_0(parameter, given[parameter])
    if "cv" in given:
        sigma = math.sqrt(log1p(within("cv", given["cv"], 0.0, 100.0) ** 2))
    else:
        ordered(median=given["median"], p90=given["p90"])
        sigma = log(given["p90"] / given["median"]) / Z_90
    growth = exp(0.5 * sigma * sigma)  # mean over median
    middle = given["median"] if "median" in given else given["mean"] / growth
    if sigma == 0.0:
        return deterministic(middle)
    expected = given.get("mean", middle * growth)
    sd = expected * math.sqrt(exp(sigma * sigma) - 1.0)
    return Law(Kind.LOGNORMAL, (middle, sigma), expected, sd, _name("lognormal", given))


def gamma(mean: float, cv: float) -> Law:
    """Sum of exponential stages where 1 / cv^2 is whole; tabled, see `sim.quantile_tables` for its accuracy.

    Parameters
    ----------
    mean : float
        Above 0.
    cv : float
        Coefficient of variation, 0 or 0.001 to 5.
    """
    above_0("mean", mean)
    if cv == 0.0:
        return deterministic(mean)
    shape = 1.0 / within("cv", cv, 0.001, 5.0) ** 2
    params = (0.0, mean / shape, *gamma_table(shape))
    return Law(Kind.TABLE, params, mean, mean * cv, f"gamma(mean={mean:g}, cv={cv:g})")


def weibull(
    mean: float | None = None, cv: float | None = None, scale: float | None = None, shape: float | None = None
) -> Law:
    """Hazard rising (shape above 1) or falling with age; by (mean, cv) or (scale, shape).

    Parameters
    ----------
    mean, scale : float
        Above 0.
    cv : float
        Coefficient of variation, 0 or 0.01 to 10.
    shape : float
        0.2 to 200.
    """
    given = given_ones(mean=mean, cv=cv, scale=scale, shape=shape)
    one_of("weibull", given, ("mean", "cv"), ("scale", "shape"))
    if "cv" in given:
        above_0("mean", given["mean"])
        if given["cv"] == 0.0:
            return deterministic(given["mean"])
        k = _weibull_shape(within("cv", given["cv"], 0.01, 10.0))
        expected = given["mean"]
        width = expected / math.gamma(1.0 + 1.0 / k)
    else:
        width = above_0("scale", given["scale"])
        k = within("shape", given["shape"], 0.2, 200.0)
        expected = width * math.gamma(1.0 + 1.0 / k)
    sd = expected * given.get("cv", _weibull_cv(k))
    return Law(Kind.WEIBULL, (width, 1.0 / k), expected, sd, _name("weibull", given))


def triangular(low: float, mode: float, high: float) -> Law:
    """Lowest, most likely and highest value, straight lines between.

    Parameters
    ----------
    low, mode, high : float
        low <= mode <= high.
    """
    ordered(low=low, mode=mode, high=high)
    if low == high:
        return deterministic(low)
    spread = low * low + mode * mode + high * high - low * mode - low * high - mode * high
    name = f"triangular(low={low:g}, mode={mode:g}, high={high:g})"
    return Law(Kind.TRIANGULAR, (low, mode, high), (low + mode + high) / 3.0, math.sqrt(spread / 18.0), name)


def pert(low: float, mode: float, high: float) -> Law:
    """Lowest, most likely and highest value with a smooth hump: a beta law of mean (low + 4 mode + high) / 6.

    Parameters
    ----------
    low, mode, high : float
        low <= mode <= high.

    References
    ----------
    D. G. Malcolm et al. (1959), Application of a technique for research and development program evaluation,
    Operations Research 7(5), 646-669.
    """
    ordered(low=low, mode=mode, high=high)
    if low == high:
        return deterministic(low)
    width = high - low
    mean = (low + 4.0 * mode + high) / 6.0
    params = (low, width, *beta_table(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width))
    sd = math.sqrt((mean - low) * (high - mean) / 7.0)
    return Law(Kind.TABLE, params, mean, sd, f"pert(low={low:g}, mode={mode:g}, high={high:g})")


def _weibull_cv(shape: float) -> float:
    ratio = math.lgamma(1.0 + 2.0 / shape) - 2.0 * math.lgamma(1.0 + 1.0 / shape)
    return math.sqrt(math.expm1(ratio))


def _weibull_shape(cv: float) -> float:
    """Invert `_weibull_cv`, which falls with the shape, by bisection on a logarithmic scale."""
    low, high = 0.1, 1000.0
    while True:
        middle = math.sqrt(low * high)
        if not low < middle < high:
            return middle
        if _weibull_cv(middle) > cv:
            low = middle
        else:
            high = middle


def _name(law: str, given: dict[str, float]) -> str:
    return f"{law}({', '.join(f'{key}={value:g}' for key, value in given.items())})"


LAWS: dict[str, Callable[..., Law]] = {
    law.__name__: law
    for law in (
        deterministic,
        uniform,
        exponential,
        lognormal,
        gamma,
        weibull,
        triangular,
        pert,
        empirical,
        mixture,
    )
}
"""Constructor by name."""
