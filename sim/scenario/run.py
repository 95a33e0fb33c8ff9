"""How long to look, and from when."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.law_spec import AnyLaw
from sim.scenario.market import Mark
from sim.scenario.part import Part


class Run(Part):
    """The horizon and the window of one replication."""

    weeks: Annotated[float, Field(gt=0, le=5_200)]
    """Length of the window in which things are measured."""
    warmup_weeks: Annotated[float, Field(ge=0, le=5_200)] = 0.0
    """Time before the window; simulated, not measured."""


class Source(Part):
    """A stream of throw-away accounts, as textbook queues have it."""

    journey: str
    interarrival_h: AnyLaw
    first_h: AnyLaw | None = None
    """Time of the first arrival; by default one interarrival time."""
    count: Annotated[int, Field(ge=1)] | None = None
    """Arrivals at most."""
    marks: dict[str, Mark] = {}
