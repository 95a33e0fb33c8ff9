"""transition: what the way from one design to another costs, begun now, later, or never."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.part import Part

CASH = "money.contribution_less_realized_opex_usd_per_year"
A_YEAR = "_per_year"
Month = Annotated[float, Field(ge=0, le=600)]


class Transition(Part):
    """Two designs, when one follows the other, and what is added up meanwhile."""

    before: str = "traditional"
    """The design the company has."""
    after: str = "persuasion_only"
    """The design that follows."""
    starts: Annotated[list[Month], Field(min_length=1)] = [0, 12, 24]
    """Months after the decision in which the change is made, a way each; never is always among the ways."""
    since: Month = 6
    """Months before the decision from which on is looked at."""
    months: Annotated[float, Field(gt=0, le=600)] = 36
    """Months after the decision up to which is looked at."""
    every: Annotated[float, Field(gt=0, le=600)] = 3
    """Months from one look to the next; each look is a run up to there."""
    kpi: str = CASH
    """The measure that is added up: something a year."""

    @model_validator(mode="after")
    def _makes_sense(self) -> Transition:
        if self.before == self.after:
            raise ValueError(f"one design follows another; got {self.before!r} twice")
        if any(later <= sooner for sooner, later in pairwise(self.starts)):
            raise ValueError(f"starts ascend; got {self.starts}")
        if self.starts[-1] >= self.months:
            raise ValueError(f"starts lie within the months that are looked at; got {self.starts[-1]:g}")
        if not self.kpi.endswith(A_YEAR):
            raise ValueError(f"only what is so much a year can be added up, as ...{A_YEAR}; got {self.kpi!r}")
        return self

    @property
    def looks(self) -> list[float]:
        """Months after the decision at which is looked, ascending, the last always among them."""
        n = int((self.since + self.months) / self.every + 1e-9)
        found = [k * self.every - self.since for k in range(1, n + 1)]
        return found if found and abs(found[-1] - self.months) < 1e-9 else [*found, self.months]
