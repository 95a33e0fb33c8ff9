"""sweep: which points of a space are run."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field, field_validator, model_validator

from experiments.specs.factor import Kpis, Ranges, Seed
from sim.scenario.part import Part

LARGEST = 1_000_000
"""Points of a sweep."""

HEADLINES = [
    "throughput.new_customers_per_week",
    "money.contribution_less_opex_usd_per_year",
    "flow.opportunity.answer.median_h",
    "satisfaction.index",
]
"""What a sweep tells unless it is told otherwise."""

Levels = Annotated[dict[str, Annotated[list[Any], Field(min_length=1)]], Field(min_length=1)]
"""Choices or values to be tried, by path."""

Settings = Annotated[list[dict[str, Any]], Field(min_length=1)]
"""Points, each as choices and values by path."""


class Sampled(Part):
    """Points spread over ranges."""

    n: Annotated[int, Field(ge=1, le=LARGEST)]
    """How many; for Sobol points a power of two."""
    ranges: Ranges
    """What is varied."""
    seed: Seed = 1
    """Of the sample."""


class Fractional(Part):
    """A fraction of all combinations of two levels."""

    levels: Annotated[dict[str, Annotated[list[Any], Field(min_length=2, max_length=2)]], Field(min_length=2)]
    """Two choices or values of each factor."""
    resolution: Annotated[int, Field(ge=3, le=5)] = 4
    """3: main effects, mixed with interactions of two; 4: not mixed with those; 5: these not with one another."""
    generators: dict[str, list[str]] = Field(default_factory=dict)
    """Or the factors whose product gives the level of another, as ``{d: [a, b, c]}``; the rest are crossed."""


class Sweep(Part):
    """Points; those of several kinds are crossed with one another, in the order in which they stand here."""

    grid: Levels | None = None
    """All combinations."""
    zip: Levels | None = None
    """The first of each list together, then the second, ...; all lists are equally long."""
    list: Settings | None = None
    """Points one by one."""
    lhs: Sampled | None = None
    """A Latin hypercube."""
    sobol: Sampled | None = None
    """Sobol points, scrambled."""
    factorial: Levels | None = None
    """All combinations of the levels of each factor, with main effects and interactions told."""
    fractional: Fractional | None = None
    """A part of all combinations of two levels."""
    kpis: Kpis = Field(default_factory=lambda: [*HEADLINES])
    """What is told of each point; all measures are kept in the store."""

    @model_validator(mode="after")
    def _says_something(self) -> Sweep:
        if not self.kinds():
            raise ValueError(f"says no points; give one of {', '.join(KINDS)}")
        paths = [path for kind in self.kinds() for path in self.paths(kind)]
        twice = next((p for p in paths if paths.count(p) > 1), None)
        if twice is not None:
            raise ValueError(f"{twice} is varied twice")
        return self

    @field_validator("zip")
    @classmethod
    def _equally_long(cls, levels: Levels | None) -> Levels | None:
        lengths = {path: len(values) for path, values in (levels or {}).items()}
        if len(set(lengths.values())) > 1:
            raise ValueError(f"all lists are equally long; got {lengths}")
        return levels

    def kinds(self) -> list[str]:
        """Give the kinds of points that are asked for."""
        return [kind for kind in KINDS if getattr(self, kind) is not None]

    def paths(self, kind: str) -> list[str]:
        """Give what a kind of points varies."""
        found = getattr(self, kind)
        if kind == "list":
            return list(dict.fromkeys(path for point in found for path in point))
        return [*(found.ranges if kind in ("lhs", "sobol") else found.levels if kind == "fractional" else found)]


KINDS = ("grid", "zip", "list", "factorial", "fractional", "lhs", "sobol")
