"""select: which measure decides between candidates, by which procedure, and what may be spent on that."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.part import Number, Part

CONTRIBUTION = "money.contribution_less_opex_usd_per_year"
"""What decides unless something else is named."""


class Select(Part):
    """Candidates are the designs, or the points of `sweep` where that is given."""

    kpi: str = CONTRIBUTION
    """Name of the measure."""
    larger: bool | None = None
    """Whether larger is better; by default what is said of headline measures, and larger for all others."""
    procedure: Literal["kn", "ocba"] = "kn"
    """kn: as many replications as it takes to be sure; ocba: a budget, spent where it tells most."""
    delta: Annotated[Number, Field(gt=0)] | None = None
    """The least difference that matters, in the measure's unit; kn must be told."""
    delta_because: Annotated[str, Field(min_length=1)] = "assumption"
    """Why no less."""
    alpha: Annotated[Number, Field(gt=0, lt=0.5)] = 0.05
    """Chance of a wrong selection that is accepted (convention)."""
    first: Annotated[int, Field(ge=2)] = 10
    """Replications that every candidate has (Kim and Nelson 2001 advise 10 or more)."""
    budget: Annotated[int, Field(ge=4)] = 400
    """Replications of all candidates together at which it ends in any case (assumption, 100 to 10,000)."""
    batch: Annotated[int, Field(ge=1)] | Literal["auto"] = "auto"
    """Replications of all candidates together before looking again; by default a twentieth of the budget."""

    @model_validator(mode="after")
    def _kn_has_delta(self) -> Select:
        if self.procedure == "kn" and self.delta is None:
            raise ValueError(
                f"kn needs delta, the least difference in {self.kpi} that matters, in its unit, as in "
                "select.delta=50000"
            )
        return self
