"""Where cases come from: needs of accounts, and what they carry."""

from __future__ import annotations

from dataclasses import dataclass

from sim.law import Law


@dataclass(frozen=True, slots=True)
class PlanMark:
    """A property of a need: a register, and how it is drawn."""

    register: int
    word: int
    chance: tuple[float, ...]
    """By segment; empty if it is a number."""
    falls: float
    law: tuple[Law, ...]
    by: int
    """Register of the yes/no mark that picks law[0] or law[1] (then not by segment); -1 for none."""


@dataclass(frozen=True, slots=True)
class PlanStream:
    """A stream of root cases of accounts."""

    name: str
    word: int
    journey: int
    rate_per_week: tuple[float, ...]
    """By segment."""
    pattern: str
    satisfaction_effect: float
    first_year_share: float
    marks: tuple[PlanMark, ...]


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A stream of throw-away accounts."""

    name: str
    word: int
    journey: int
    interarrival: Law
    first: Law
    count: int
    marks: tuple[PlanMark, ...]
