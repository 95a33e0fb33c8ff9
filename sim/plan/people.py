"""Roles, their people, their own work, and what it costs to change hands."""

from __future__ import annotations

from dataclasses import dataclass

from sim.worktime import Calendar

FIRST_COME, PRIORITY, EARLIEST_DUE, PERSUASION_FIRST = range(4)
"""Dispatch rules."""


@dataclass(frozen=True, slots=True)
class PlanBackground:
    """Work nobody asked for: blocks of `block_ms`, `blocks` a week per person or for the role."""

    step: int
    word: int
    per_person: bool
    blocks: int
    block_ms: int


@dataclass(frozen=True, slots=True)
class PlanRole:
    """A role, its hours, its terms."""

    name: str
    word: int
    calendar: Calendar
    machine: bool
    headcount: int
    first_person: int
    absence: float
    """Probability that a person is away on a day with hours."""
    channel: str
    dispatch: int
    books: bool
    speed: tuple[float, ...]
    """By activity."""
    quality: tuple[float, ...]
    """By activity."""
    paid_share: tuple[float, ...]
    """By activity: variable share of pay if it rewards this activity, else 0."""
    background: tuple[PlanBackground, ...]
    pay_usd: float
    variable_usd: float
    travel_usd: float
    overhead: float
    """1 for machines."""
    outage_every_ms: float = 0.0
    """Mean time between the beginnings of outages; 0 if there are none."""
    outage_ms: float = 0.0
    """Mean length."""
    cannot: tuple[float, ...] = ()
    """By activity, share of cases that the machine turns out not to be able to do; empty if it can do all."""
    fallback: int = -1
    """The role that does those instead."""


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """A person's name, role and address."""

    name: str
    role: int
    word: int
    number: int


@dataclass(frozen=True, slots=True)
class PlanPeople:
    """What people are like, whatever the design; a mechanism of strength 0 is off."""

    practice_exponent: float
    practice_half_life_weeks: float
    familiar_effort: float
    familiar_defects: float
    familiar_persuasion: float
    half_tie: float
    tie_half_life_weeks: float
    juggling_per_case: float
    juggling_cap: float
    incentive_effort: float

    @property
    def respond(self) -> bool:
        """Whether what people did before matters to how they work."""
        return bool(
            self.practice_exponent
            or self.familiar_effort
            or self.familiar_defects
            or self.familiar_persuasion
            or self.juggling_per_case
            or self.incentive_effort
        )


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Hours and completeness of a change of hands."""

    giver_ms: int
    taker_ms: int
    complete: float
    complete_technical: float
