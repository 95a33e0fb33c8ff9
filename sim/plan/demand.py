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
class PlanAccountMark:
    """A yes/no property of accounts that all their needs carry: a register, and its chance by segment."""

    name: str
    register: int
    word: int
    chance: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PlanPractice:
    """What accounts may adopt; `offered` is the design's, all else the market's. Shares are by segment."""

    name: str
    word: int
    eligible: tuple[float, ...]
    at_start: tuple[float, ...]
    """Of the eligible customers of t=0."""
    openness: float
    offered: bool


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
    practice: int = -1
    """The practice that its needs may end with adopting."""
    variants: tuple[tuple[int, int], ...] = ()
    """(practice, journey): the journey of accounts that follow the practice; the first that holds."""


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
