"""Probability laws by mean and spread as people know them, each a quantile function of one uniform.

`LAWS` has one constructor per name. A constructor checks its parameters and gives a `Law`; a spread of 0 gives the
deterministic law, so that randomness can be turned off by a number. Any unit will do; a law speaks the unit of its
parameters, and `scaled` changes it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from sim import quantiles
from sim.cdfs import cdf, survival
from sim.portable import exp, log, log1p, normal_quantile
from sim.quantile_tables import beta_table, gamma_table
from sim.quantiles import Kind

Z_90 = normal_quantile(0.9)


@dataclass(frozen=True)
class Law:
    """A probability law, ready to be drawn from.

    Parameters
    ----------
    kind : int
        One of `sim.quantiles.Kind`.
    params : tuple of float
        The law's numbers in that kind's layout; all a compiled engine needs.
    mean, sd : float
        Expected value and standard deviation, in the law's unit.
    name : str
        The law as it was asked for, for messages.

    Attributes
    ----------
    sampler : callable
        u -> value, the fastest way in Python; gives the bits of `sim.quantiles.quantile`.
    """

    kind: int
    params: tuple[float, ...] = field(repr=False)
    mean: float
    sd: float
    name: str = field(default="", compare=False)
    sampler: Callable[[float], float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the sampler."""
        object.__setattr__(self, "sampler", _sampler(self.kind, self.params))

    def __reduce__(self) -> tuple[type[Law], tuple[int, tuple[float, ...], float, float, str]]:
        """Pickle without the sampler, which is a closure."""
        return Law, (self.kind, self.params, self.mean, self.sd, self.name)

    def quantile(self, u: float) -> float:
        """Give the value at a uniform, 0 < u < 1; monotone in u, for a mixture within each component only."""
        return self.sampler(u)

    def cdf(self, x: float) -> float:
        """Give the probability of at most x."""
        return cdf(self.kind, self.params, 0, x)

    def survival(self, x: float) -> float:
        """Give the probability of more than x."""
        return survival(self.kind, self.params, 0, x)


def _sampler(kind: int, p: tuple[float, ...]) -> Callable[[float], float]:
    """Closure with the numbers of the commonest kinds at hand; the same operations in the same order."""
    if kind == Kind.DETERMINISTIC:
        value = p[0]
        return lambda u: value
    if kind == Kind.EXPONENTIAL:
        minus_mean = -p[0]
        return lambda u: minus_mean * log(1.0 - u)
    if kind == Kind.LOGNORMAL:
        median, sigma = p
        return lambda u: median * exp(sigma * normal_quantile(u))
    if kind == Kind.TABLE:
        return lambda u: quantiles.table(p, 0, u)
    return lambda u: quantiles.quantile(kind, p, 0, u)


def deterministic(value: float) -> Law:
    """Always the same value.

    Parameters
    ----------
    value : float
        Any finite number.
    """
    return Law(Kind.DETERMINISTIC, (_finite("value", value),), value, 0.0, f"deterministic({value:g})")


def uniform(low: float, high: float) -> Law:
    """Equally likely between two values.

    Parameters
    ----------
    low, high : float
        low <= high.
    """
    _ordered(low=low, high=high)
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
    _above_0("mean", mean)
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
    given = _given(mean=mean, cv=cv, median=median, p90=p90)
    pairs = _one_of("lognormal", given, {"mean", "cv"}, {"median", "cv"}, {"median", "p90"})
    for parameter in given.keys() - {"cv"}:
        _above_0(parameter, given[parameter])
    if "cv" in pairs:
        sigma = math.sqrt(log1p(_within("cv", given["cv"], 0.0, 100.0) ** 2))
    else:
        _ordered(median=given["median"], p90=given["p90"])
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
    _above_0("mean", mean)
    if cv == 0.0:
        return deterministic(mean)
    shape = 1.0 / _within("cv", cv, 0.001, 5.0) ** 2
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
    given = _given(mean=mean, cv=cv, scale=scale, shape=shape)
    _one_of("weibull", given, {"mean", "cv"}, {"scale", "shape"})
    if "cv" in given:
        _above_0("mean", given["mean"])
        if given["cv"] == 0.0:
            return deterministic(given["mean"])
        k = _weibull_shape(_within("cv", given["cv"], 0.01, 10.0))
        expected = given["mean"]
        width = expected / math.gamma(1.0 + 1.0 / k)
    else:
        width = _above_0("scale", given["scale"])
        k = _within("shape", given["shape"], 0.2, 200.0)
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
    _ordered(low=low, mode=mode, high=high)
    if low == high:
        return deterministic(low)
    spread = low * low + mode * mode + high * high - low * mode - low * high - mode * high
    name = f"triangular(low={low:g}, mode={mode:g}, high={high:g})"
    return Law(Kind.TRIANGULAR, (low, mode, high), (low + mode + high) / 3.0, math.sqrt(spread / 18.0), name)


def pert(low: float, mode: float, high: float) -> Law:
    """Lowest, most likely and highest value with a smooth hump: the beta law whose mean is (low + 4 mode + high) / 6.

    Parameters
    ----------
    low, mode, high : float
        low <= mode <= high.

    References
    ----------
    D. G. Malcolm et al. (1959), Application of a technique for research and development program evaluation,
    Operations Research 7(5), 646-669.
    """
    _ordered(low=low, mode=mode, high=high)
    if low == high:
        return deterministic(low)
    width = high - low
    mean = (low + 4.0 * mode + high) / 6.0
    params = (low, width, *beta_table(1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width))
    sd = math.sqrt((mean - low) * (high - mean) / 7.0)
    return Law(Kind.TABLE, params, mean, sd, f"pert(low={low:g}, mode={mode:g}, high={high:g})")


def empirical(values: Sequence[float], weights: Sequence[float] | None = None) -> Law:
    """Observed values, none between them: the step quantile.

    Parameters
    ----------
    values : sequence of float
        At least one, in any order.
    weights : sequence of float, optional
        As many, none negative, not all 0; equal by default.
    """
    if not len(values):
        raise ValueError("values must hold at least one number, got none")
    shares = [1.0] * len(values) if weights is None else [_within("weights", w, 0.0, math.inf) for w in weights]
    if len(shares) != len(values):
        raise ValueError(f"weights must be as many as values, got {len(shares)} for {len(values)}")
    total = math.fsum(shares)
    if not total > 0.0:
        raise ValueError(f"weights must not all be 0, got {shares}")
    pairs = sorted((_finite("values", float(v)), w / total) for v, w in zip(values, shares, strict=True) if w > 0.0)
    # Sums that begin anew for each entry are exact to the last bit or two, however many values there are.
    ends = [math.fsum(w for _, w in pairs[: i + 1]) for i in range(len(pairs) - 1)] if len(pairs) <= 64 else []
    if not ends:
        ends = _running([w for _, w in pairs])[:-1]
    mean = math.fsum(v * w for v, w in pairs)
    sd = math.sqrt(math.fsum(w * (v - mean) ** 2 for v, w in pairs))
    params = (float(len(pairs)), *(v for v, _ in pairs), *ends, 1.0)
    return Law(Kind.EMPIRICAL, params, mean, sd, f"empirical({len(values)} values)")


def mixture(components: Sequence[tuple[float, Law]]) -> Law:
    """One of several laws, chosen by the same uniform that is then stretched to draw from it.

    Parameters
    ----------
    components : sequence of (float, Law)
        Weight above 0, in any unit, and law. A mixture among them is resolved into its own components.
    """
    flat = [part for weight, law in components for part in _resolved(_above_0("weight", weight), law)]
    if not flat:
        raise ValueError("components must hold at least one law, got none")
    total = math.fsum(weight for weight, _ in flat)
    shares = [weight / total for weight, _ in flat]
    heads: list[float] = []
    numbers: list[float] = []
    for end, (_, law) in zip([*_running(shares)[:-1], 1.0], flat, strict=True):
        heads += [end, float(law.kind), float(1 + 3 * len(flat) + len(numbers))]
        numbers += law.params
    mean = math.fsum(share * law.mean for share, (_, law) in zip(shares, flat, strict=True))
    square = math.fsum(share * (law.sd**2 + (law.mean - mean) ** 2) for share, (_, law) in zip(shares, flat, strict=True))
    name = "mixture(" + ", ".join(f"{w:g}: {law.name}" for w, law in components) + ")"
    return Law(Kind.MIXTURE, (float(len(flat)), *heads, *numbers), mean, math.sqrt(square), name)


def scaled(law: Law, factor: float) -> Law:
    """Give the law of `factor` times a value, of the same kind: for a change of unit.

    Parameters
    ----------
    law : Law
        In the old unit.
    factor : float
        New units per old unit, above 0.
    """
    _above_0("factor", factor)
    params = _scaled(law.kind, law.params, factor)
    return Law(law.kind, params, law.mean * factor, law.sd * factor, f"{factor:g} * {law.name}")


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
