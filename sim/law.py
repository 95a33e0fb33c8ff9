"""What a probability law is to whoever draws from it, and its change of unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from sim import quantiles
from sim.cdfs import cdf, survival
from sim.law_parameters import above_0
from sim.portable import exp, log, normal_quantile
from sim.quantiles import Kind


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


def scaled(law: Law, factor: float) -> Law:
    """Give the law of `factor` times a value, of the same kind: for a change of unit.

    Parameters
    ----------
    law : Law
        In the old unit.
    factor : float
        New units per old unit, above 0.
    """
    above_0("factor", factor)
    params = _scaled(law.kind, law.params, factor)
    return Law(law.kind, params, law.mean * factor, law.sd * factor, f"{factor:g} * {law.name}")


def _scaled(kind: int, p: tuple[float, ...], factor: float) -> tuple[float, ...]:
    """Only the numbers that carry the unit change."""
    if kind in (Kind.LOGNORMAL, Kind.WEIBULL):
        return (p[0] * factor, p[1])
    if kind == Kind.TABLE:
        return (p[0] * factor, p[1] * factor, *p[2:])
    if kind == Kind.EMPIRICAL:
        n = int(p[0])
        return (p[0], *(value * factor for value in p[1 : 1 + n]), *p[1 + n :])
    if kind == Kind.MIXTURE:
        head = 1 + 3 * int(p[0])
        starts = [int(place) for place in p[3:head:3]]
        numbers = list(p[:head])
        for part, start, end in zip(p[2:head:3], starts, [*starts[1:], len(p)], strict=True):
            numbers += _scaled(int(part), p[start:end], factor)
        return tuple(numbers)
    return tuple(number * factor for number in p)
