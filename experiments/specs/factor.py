"""A number of a config that an experiment varies."""

from __future__ import annotations

from math import exp, log
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.part import Number, Part

DIGITS = 6
"""Significant digits of the values tried, so that what is told of a point is what was run."""


class Factor(Part):
    """A range of a number; in a config also ``[low, high]``."""

    low: Number
    """Least value."""
    high: Number
    """Largest value."""
    scale: Literal["linear", "log"] = "linear"
    """Whether equal steps are equal differences or equal ratios."""
    integer: bool = False
    """Whether only whole numbers are tried."""

    @model_validator(mode="after")
    def _is_a_range(self) -> Factor:
        if self.low >= self.high:
            raise ValueError(f"low must be less than high; got {self.low:g} and {self.high:g}")
        if self.scale == "log" and self.low <= 0.0:
            raise ValueError(f"a log scale begins above 0; got {self.low:g}")
        if self.integer and (self.low != round(self.low) or self.high != round(self.high)):
            raise ValueError(f"whole numbers lie between whole numbers; got {self.low:g} and {self.high:g}")
        return self

    def value(self, position: float) -> float | int:
        """Give the value at a position between 0, the least, and 1, the largest.

        For whole numbers each has the same share of the positions.
        """
        if self.integer:
            low, high = int(self.low), int(self.high)
            return min(high, low + int(position * (high - low + 1)))
        if self.scale == "log":
            found = exp(log(self.low) + position * (log(self.high) - log(self.low)))
        else:
            found = self.low + position * (self.high - self.low)
        return min(self.high, max(self.low, float(f"{found:.{DIGITS}g}")))

    def position(self, value: float) -> float:
        """Give where a value lies: 0 for the least, 1 for the largest."""
        if self.scale == "log":
            return (log(value) - log(self.low)) / (log(self.high) - log(self.low))
        return (value - self.low) / (self.high - self.low)


def _of_two(value: Any) -> Any:
    return {"low": value[0], "high": value[1]} if isinstance(value, list) and len(value) == 2 else value


Range = Annotated[Factor, BeforeValidator(_of_two)]
"""A factor, also written as ``[low, high]``."""

Ranges = Annotated[dict[str, Range], Field(min_length=1)]
"""Factors by the path of their number, as ``market.needs.rate``."""
Seed = Annotated[int, Field(ge=0, lt=2**31)]
"""Of what is chosen at random beside the simulation."""
Kpis = Annotated[list[str], Field(min_length=1)]
"""Names of measures, see docs/kpis.md; the most important first."""
