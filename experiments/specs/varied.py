"""What an exploration varies: numbers of a config within ranges, or the assumptions of the model."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from experiments.specs.factor import Ranges, Seed
from sim.scenario.part import Part


class Varied(Part):
    """Factors: `ranges`, or assumptions; all assumptions of the config if it says neither."""

    ranges: Ranges | None = None
    """Numbers by path, each with its range."""
    assumptions: Annotated[list[str], Field(min_length=1)] | None = None
    """Names of assumptions, see docs/assumptions.md; a star stands for any letters, as in ``market.churn.*``."""
    seed: Seed = 1
    """Of the points and of all resampling."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Varied:
        if self.ranges is not None and self.assumptions is not None:
            raise ValueError("varies ranges or assumptions, not both")
        return self
