"""verdict: at how many points of the assumptions a claim is held against what runs say."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from experiments.specs.factor import Seed
from sim.scenario.part import Part


class Ensemble(Part):
    """Points spread over the ranges of all assumptions at once."""

    points: Annotated[int, Field(ge=2)] = 64
    """A power of two; fewer than 64 are a trial run."""
    replications: Annotated[int, Field(ge=1)] = 4
    """At each point: assumptions decide more than luck does (assumption, 2 to 8)."""
    at_base: Annotated[int, Field(ge=2)] = 8
    """Replications where all assumptions have their defaults (assumption, 4 to 40)."""
    seed: Seed = 1
    """Of the points."""

    @field_validator("points")
    @classmethod
    def _power_of_two(cls, points: int) -> int:
        if points & (points - 1):
            raise ValueError(f"must be a power of two, as Sobol points are balanced only then; got {points}")
        return points
