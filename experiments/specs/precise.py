"""precise: how narrow the intervals of some measures must be, and how many replications may be spent on that."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sim.analysis.replications import LEAST, LOOK_AHEAD
from sim.scenario.part import Number, Part

Above0 = Annotated[Number, Field(gt=0)]


class Width(Part):
    """How narrow an interval must be; in a config also a number, which is a share of the mean."""

    relative: Above0 | None = None
    """Half-width as a share of the mean: 0.05 is plus or minus 5 %; of a difference, as a share of the first design's
    mean."""
    half_width: Above0 | None = None
    """Half-width in the measure's own unit."""

    @model_validator(mode="after")
    def _one_of_two(self) -> Width:
        if (self.relative is None) == (self.half_width is None):
            raise ValueError("give either relative, a share of the mean, or half_width, in the measure's unit")
        return self


def _of_number(value: Any) -> Any:
    return {"relative": value} if isinstance(value, int | float) and not isinstance(value, bool) else value


Widths = Annotated[dict[str, Annotated[Width, BeforeValidator(_of_number)]], Field(min_length=1)]
"""By name of the measure."""


class Precise(Part):
    """Replications until all intervals are narrow enough."""

    kpis: Widths = Field(
        default_factory=lambda: {
            "throughput.new_customers_per_week": Width(relative=0.05),
            "money.contribution_less_opex_usd_per_year": Width(relative=0.05),
        }
    )
    """Which measures, and how narrow: 5 % of the mean unless told otherwise (assumption, 1 to 20 %)."""
    differences: bool = False
    """Whether the paired differences of all designs to the first are to be narrow, and not each design's own means."""
    most: Annotated[int, Field(ge=LEAST + LOOK_AHEAD)] = 200
    """Replications at which it ends in any case (assumption, 50 to 1,000)."""
    first: Annotated[int, Field(ge=2)] = 5
    """Replications to begin with (assumption, 3 to 10)."""
    batch: Annotated[int, Field(ge=1)] | Literal["auto"] = "auto"
    """Replications added at a time; by default half of what seems to be missing."""

    @model_validator(mode="after")
    def _begins_below_the_end(self) -> Precise:
        if self.first > self.most:
            raise ValueError(f"first must not be above most; got {self.first} and {self.most}")
        return self
