"""discover: where a design fails."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from experiments.specs.sweep import LARGEST
from experiments.specs.varied import Varied
from sim.scenario.part import Number, Part, Share

LEAST_POINTS = 20
"""Of fewer points no box can be peeled a twentieth at a time."""


class Fails(Part):
    """When a point counts as a failure: a measure, or a difference of two designs in it, beyond a bound."""

    kpi: str | None = None
    """A measure of the design in question."""
    difference: str | None = None
    """Or a measure of which the difference between `design` and `than` counts."""
    design: str | None = None
    """By default the one in question; with a difference it is named."""
    than: str | None = None
    """The design that `design` is held against."""
    below: Number | None = None
    """It fails where the outcome is less than this."""
    above: Number | None = None
    """Or where it is more than this."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Fails:
        if (self.kpi is None) == (self.difference is None):
            raise ValueError("fails names one measure: as kpi, or as difference")
        if (self.below is None) == (self.above is None):
            raise ValueError("fails has one bound: below or above")
        if self.difference is not None and (self.than is None or self.design is None or self.than == self.design):
            raise ValueError("a difference is between two designs: design, and than")
        if self.difference is None and self.than is not None:
            raise ValueError("than goes with difference")
        return self

    @property
    def measure(self) -> str:
        """Name of the measure."""
        return self.kpi or self.difference or ""

    @property
    def bound(self) -> float:
        """What the outcome is held against."""
        bound = self.above if self.below is None else self.below
        assert bound is not None
        return bound

    def words(self) -> str:
        """Say when it fails."""
        side = f"{'above' if self.below is None else 'below'} {self.bound:,.6g}"
        about = self.kpi or f"{self.difference} of {self.design} less {self.than}"
        return f"{about} is {side}"


class Discover(Varied):
    """Points, when one is a failure, and what a box must be like to be told."""

    fails: Fails
    """What is looked for."""
    n: Annotated[int, Field(ge=LEAST_POINTS, le=LARGEST)] = 256
    """Points in which boxes are looked for."""
    sample: Literal["lhs", "sobol"] = "lhs"
    """A Latin hypercube, or Sobol points, of which there are a power of two."""
    fresh: Annotated[int, Field(ge=0, le=LARGEST)] | None = None
    """Other points, on which boxes are checked; by default half as many. 0: no check, and the answer says so."""
    threshold: Annotated[Share, Field(gt=0)] = 0.8
    """Density: the share of failures in a box that is told. .75 and more: Bryant and Lempert 2010."""
    least_coverage: Share = 0.1
    """A box that holds a smaller share of all failures is not told."""
    most_boxes: Annotated[int, Field(ge=1, le=10)] = 3
    """How many are looked for."""
    least_mass: Annotated[Share, Field(gt=0, lt=0.5)] = 0.05
    """Share of all points that a box keeps at least."""
    most_p: Share = 0.05
    """A factor whose restriction has a larger quasi-p-value is given back, as long as the density allows."""
    resamples: Annotated[int, Field(ge=0, le=1000)] = 10
    """Halves of the points in which boxes are looked for anew, to see which factors come up again."""

    @field_validator("fresh")
    @classmethod
    def _some_or_none(cls, fresh: int | None) -> int | None:
        if fresh is not None and 0 < fresh < LEAST_POINTS:
            raise ValueError(f"at least {LEAST_POINTS} fresh points, or 0 for none; got {fresh}")
        return fresh

    @model_validator(mode="after")
    def _power_of_two(self) -> Discover:
        wrong = [n for n in (self.n, self.n_fresh) if n & (n - 1)]
        if self.sample == "sobol" and wrong:
            raise ValueError(f"n and fresh are powers of two for Sobol points; got {wrong[0]}")
        return self

    @property
    def n_fresh(self) -> int:
        """How many points boxes are checked on."""
        return max(LEAST_POINTS, self.n // 2) if self.fresh is None else self.fresh
