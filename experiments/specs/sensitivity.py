"""sensitivity: which of many numbers an outcome hangs on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from experiments.specs.factor import Kpis
from experiments.specs.sweep import LARGEST
from experiments.specs.varied import Varied


class Sensitivity(Varied):
    """Points, and what becomes of them."""

    method: Literal["morris", "sobol"] = "morris"
    """morris: which factors matter at all, with few points; sobol: how much of the variance each brings, with many."""
    trajectories: Annotated[int, Field(ge=2, le=LARGEST)] = 10
    """morris: each is one point more than there are factors. 10 to 50: Campolongo and others 2007."""
    levels: Annotated[int, Field(ge=4, le=100, multiple_of=2)] = 4
    """morris: places of a factor that come up, evenly from low to high."""
    n: Annotated[int, Field(ge=4, le=LARGEST)] = 256
    """sobol: a power of two; times two more than there are factors, as many points."""
    kpis: Kpis = Field(default_factory=lambda: ["money.contribution_less_opex_usd_per_year"])
    """Outcomes; the indices of each are told."""
    difference: list[str] | bool | None = None
    """[A, B] if the outcome is design B less A at each point; true: those of `designs`; else it is of one design."""
    resamples: Annotated[int, Field(ge=100, le=100_000)] = 1000
    """Behind the intervals of the indices."""
    tornado: Annotated[int, Field(ge=0, le=100)] = 15
    """difference: so many of the strongest factors are also set to either end, one at a time; 0: none."""

    @field_validator("n")
    @classmethod
    def _power_of_two(cls, n: int) -> int:
        if n & (n - 1):
            raise ValueError(f"must be a power of two; got {n}")
        return n

    @model_validator(mode="after")
    def _two_designs(self) -> Sensitivity:
        if isinstance(self.difference, list) and len(set(self.difference)) != 2:
            raise ValueError(f"difference names two designs, or is true for those of designs; got {self.difference}")
        if len(set(self.kpis)) < len(self.kpis):
            raise ValueError(f"each of kpis once; got {self.kpis}")
        return self
