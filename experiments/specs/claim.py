"""What a claim says, as data: one contrast of measures, the least that matters, and where it should hold and fail."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.part import Number, Part


class ClaimTerm(Part):
    """One measure of one arm in the contrast."""

    arm: str
    """Name of an arm."""
    measure: str | None = None
    """By default the claim's."""
    times: Number
    """Weight in the sum, not 0."""

    @model_validator(mode="after")
    def _counts(self) -> ClaimTerm:
        if self.times == 0.0:
            raise ValueError(f"times 0 leaves the arm {self.arm!r} out of the contrast")
        return self


class ClaimScenario(Part):
    """Circumstances under which a verdict is expected."""

    because: str
    """What is different, and why that should decide."""
    overrides: list[str] = Field(default_factory=list)
    """As on the command line; they go into every arm."""


class Claim(Part):
    """A claim that a run can refute."""

    says: str
    """In one sentence."""
    measure: str
    """The primary measure: a name of docs/kpis.md."""
    arms: Annotated[dict[str, list[str]], Field(min_length=1)]
    """What is compared: overrides, by name."""
    contrast: Annotated[list[ClaimTerm], Field(min_length=1)]
    """A weighted sum of measures of arms; large where the claim is right."""
    minimum: Number
    """The least contrast that matters, in the measure's unit; declared before anything is run."""
    minimum_because: str
    """Why no less."""
    scenarios: Annotated[dict[Literal["holds", "fails"], ClaimScenario], Field(min_length=1)]
    """Where the claim should hold, and where it should fail; one is missing if no sensible one was found."""

    @model_validator(mode="after")
    def _arms_exist(self) -> Claim:
        unknown = sorted({term.arm for term in self.contrast} - self.arms.keys())
        if unknown:
            raise ValueError(f"contrast names the arm {unknown[0]!r}; there are {', '.join(self.arms)}")
        unused = [arm for arm in self.arms if arm not in {term.arm for term in self.contrast}]
        if unused:
            raise ValueError(f"the arm {unused[0]!r} is run and not in the contrast")
        return self

    def measures(self) -> list[str]:
        """Give the names of all measures in the contrast."""
        return list(dict.fromkeys(self.measure_of(term) for term in self.contrast))

    def measure_of(self, term: ClaimTerm) -> str:
        """Give the measure that a term of the contrast weighs."""
        return term.measure or self.measure
