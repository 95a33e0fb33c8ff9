"""optimize: what of a design may be changed, what for, and within which limits."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from experiments.specs.factor import Range, Seed
from sim.scenario.part import Number, Part

MOST_OBJECTIVES = 3
"""With more, nearly nothing that is tried is worse than something else in all of them."""


class Limit(Part):
    """What a measure may come to."""

    at_most: Number | None = None
    """Largest value allowed."""
    at_least: Number | None = None
    """Least value allowed."""

    @model_validator(mode="after")
    def _allows_something(self) -> Limit:
        if self.at_most is None and self.at_least is None:
            raise ValueError("says neither at_most nor at_least")
        if self.at_most is not None and self.at_least is not None and self.at_least > self.at_most:
            raise ValueError(f"allows nothing: at least {self.at_least:g} and at most {self.at_most:g}")
        return self

    def excess(self, value: float) -> float:
        """Give by how much a value is beyond the limit, as a share of the limit; 0 or less if it keeps it."""
        over = [] if self.at_most is None else [(value - self.at_most) / (abs(self.at_most) or 1.0)]
        under = [] if self.at_least is None else [(self.at_least - value) / (abs(self.at_least) or 1.0)]
        return max(over + under)


class Optimize(Part):
    """A search among designs."""

    vary: dict[str, Range] = Field(default_factory=dict)
    """Ranges by the path of a number of the design, as ``org.roles.salesperson.headcount``. Where a design does not
    have it, as the heads of a role that comes with a lever, it is left alone."""
    levers: list[str] = Field(default_factory=list)
    """Names of levers, each of which may be pulled or not; in the order in which they are pulled."""
    objectives: Annotated[dict[str, Literal["max", "min"]], Field(min_length=1, max_length=MOST_OBJECTIVES)] = Field(
        default_factory=lambda: {"money.contribution_less_opex_usd_per_year": "max", "satisfaction.index": "max"}
    )
    """Which measures are to be large or small; the most important first. One to three."""
    limits: dict[str, Limit] = Field(default_factory=dict)
    """What other measures, or these, may come to."""
    trials: Annotated[int, Field(ge=2, le=100_000)] = 200
    """Designs tried."""
    batch: Annotated[int, Field(ge=1, le=1_000)] = 20
    """Designs tried at a time, before what comes next is chosen. Part of the question: other batches search otherwise,
    other numbers of workers do not."""
    population: Annotated[int, Field(ge=2, le=1_000)] | None = None
    """Designs of a generation, where there are several objectives; by default as many as a batch, and no less than
    10."""
    seed: Seed = 1
    """Of the search; the luck of runs is that of the question."""
    final: Annotated[int, Field(ge=2, le=10_000)] = 20
    """Replications in which what was found, and the base, are estimated again, on another seed."""

    @field_validator("vary")
    @classmethod
    def _of_the_design(cls, vary: dict[str, Range]) -> dict[str, Range]:
        others = [path for path in vary if not path.startswith("org.")]
        if others:
            raise ValueError(f"only what a design decides is varied, paths that begin with org.; got {others[0]!r}")
        return vary

    @field_validator("levers")
    @classmethod
    def _each_once(cls, levers: list[str]) -> list[str]:
        twice = next((lever for lever in levers if levers.count(lever) > 1), None)
        if twice is not None:
            raise ValueError(f"each lever once; {twice!r} is there twice")
        return levers

    @model_validator(mode="after")
    def _varies_something(self) -> Optimize:
        if not self.vary and not self.levers:
            raise ValueError("varies nothing; give vary, levers or both")
        return self

    @property
    def kpis(self) -> list[str]:
        """All measures that are looked at, objectives first."""
        return list(dict.fromkeys([*self.objectives, *self.limits]))

    @property
    def generation(self) -> int:
        """Designs of a generation."""
        return max(10, self.batch) if self.population is None else self.population
