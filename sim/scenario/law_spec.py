"""Probability laws as a user writes them: one key, the law's name, and its parameters as people know them."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, model_validator

from sim import laws
from sim.scenario.part import EVERY, NonNegative, Number, Or, Part, Positive

LONGEST = 5e11
"""No law may reach beyond: in hours of work it still is a time that the clock can tell."""


class Exponential(Part):
    """Memoryless durations."""

    mean: Positive


class Lognormal(Part):
    """Right-skewed durations and sizes, by (mean, cv), (median, cv) or (median, p90)."""

    mean: Positive | None = None
    median: Positive | None = None
    cv: NonNegative | None = None
    p90: Positive | None = None


class Gamma(Part):
    """By mean and coefficient of variation."""

    mean: Positive
    cv: Positive


class Weibull(Part):
    """By (mean, cv) or (scale, shape)."""

    mean: Positive | None = None
    cv: Positive | None = None
    scale: Positive | None = None
    shape: Positive | None = None


class ThreePoints(Part):
    """Lowest, most likely and highest value."""

    low: Number
    mode: Number
    high: Number


class Uniform(Part):
    """Equally likely between two values."""

    low: Number
    high: Number


class Empirical(Part):
    """Observed values, each as likely as its weight."""

    values: list[Number] = Field(min_length=1)
    weights: list[NonNegative] | None = None


class Component(Part):
    """One law of a mixture and its weight."""

    weight: Positive
    law: LawSpec


class LawSpec(Part):
    """Exactly one law. A bare number stands for ``deterministic``."""

    exponential: Exponential | None = None
    lognormal: Lognormal | None = None
    gamma: Gamma | None = None
    weibull: Weibull | None = None
    triangular: ThreePoints | None = None
    pert: ThreePoints | None = None
    uniform: Uniform | None = None
    deterministic: Number | None = None
    empirical: Empirical | None = None
    mixture: list[Component] | None = Field(default=None, min_length=1)

    @model_validator(mode="after")
    def _one_law_that_exists(self) -> LawSpec:
        named = self.named()
        if len(named) != 1:
            raise ValueError(
                f"exactly one law is needed, of: {', '.join(type(self).model_fields)}; got {named or 'none'}"
            )
        law = self.build()
        if law.quantile(1e-9) < 0:
            raise ValueError(f"a {named[0]} law with negative values cannot be a duration or an amount; got {law.name}")
        longest = law.quantile(1.0 - 2.0**-53)
        if longest > LONGEST:
            raise ValueError(f"reaches values that are too large, {longest:.3g} and more; at most {LONGEST:g}")
        return self

    def named(self) -> list[str]:
        """Give the names of the laws that are set."""
        return [name for name in type(self).model_fields if getattr(self, name) is not None]

    def build(self) -> laws.Law:
        """Give the law itself.

        Raises
        ------
        ValueError
            If the parameters do not describe one; names parameter, rule and value.
        """
        name = self.named()[0]
        if self.deterministic is not None:
            return laws.LAWS["deterministic"](self.deterministic)
        if self.mixture is not None:
            return laws.LAWS["mixture"]([(c.weight, c.law.build()) for c in self.mixture])
        given = getattr(self, name).model_dump(exclude_none=True)
        return laws.LAWS[name](**given)


def _law(value: Any) -> Any:
    plain = isinstance(value, int | float) and not isinstance(value, bool)
    return {"deterministic": float(value)} if plain else value


def _law_by_segment(value: Any) -> Any:
    if isinstance(value, dict) and not set(value) & set(LawSpec.model_fields):
        return value
    return {EVERY: value}


AnyLaw = Annotated[LawSpec, BeforeValidator(_law), Or("number")]
"""A law, or a number for a fixed value."""

LawBySegment = Annotated[dict[str, AnyLaw], BeforeValidator(_law_by_segment), Or("number")]
"""One law for all segments, or one per segment (`every` for the rest)."""

Component.model_rebuild()
