"""frontier: where, over two numbers, a design is worth more than another, and what limits it there."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.part import Number, Part

MOST_VALUES = 100
"""Of an axis: a map of more cells cannot be read."""

Axis = Annotated[
    dict[str, Annotated[list[Number], Field(min_length=1, max_length=MOST_VALUES)]], Field(min_length=1, max_length=1)
]
"""One path, as ``market.needs.rate``, and its values from the least on."""


class Frontier(Part):
    """Two numbers, two designs and a measure."""

    x: Axis
    """What is varied across. Paths under ``org.`` hold for `design` only, all others for both designs."""
    y: Axis
    """What is varied upwards; likewise."""
    design: str = "persuasion_only"
    """The design in question."""
    against: str = "traditional_tuned"
    """The design it is held against; nothing under ``org.`` is changed in it."""
    kpi: str = "money.contribution_less_opex_usd_per_year"
    """The measure of which the difference is mapped: `design` less `against`."""
    constraint: bool = False
    """Whether to add, in every cell, one person to each role of `design` in turn, and to map what that brings."""

    @model_validator(mode="after")
    def _two_axes(self) -> Frontier:
        for name, axis in (("x", self.x), ("y", self.y)):
            for path, values in axis.items():
                if path == "org" or not path.partition(".")[2]:
                    raise ValueError(f"{name} varies a number, as market.needs.rate; got {path!r}")
                if any(later <= earlier for earlier, later in pairwise(values)):
                    raise ValueError(f"values of {name} ascend; got {values}")
        if {*self.x} & {*self.y}:
            raise ValueError(f"x and y vary different numbers; got {next(iter(self.x))!r} twice")
        if self.design == self.against:
            raise ValueError(f"two designs are compared; got {self.design!r} twice")
        return self
