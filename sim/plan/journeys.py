"""Journeys, their steps, and the milestones on the way."""

from __future__ import annotations

from dataclasses import dataclass

from sim.law import Law

DO, WAIT, CHOOSE, START, END = range(5)
"""The five verbs."""


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a journey; targets are indices into `Plan.steps`, -1 where a field does not apply."""

    index: int
    journey: int
    name: str
    word: int
    verb: int
    activity: int = -1
    next: int = -1
    left: int = -1
    full: int = -1
    patience: int = -1
    room: int = -1
    wait: tuple[Law, ...] = ()
    movable: bool = False
    """Whether who sells can move the end of this wait."""
    rule: int = -1
    mark: int = -1
    chances: tuple[float, ...] = ()
    targets: tuple[int, ...] = ()
    child: int = -1
    child_wait: bool = False
    customer: bool = False
    rests: bool = False
    books: bool = False
    bills: bool = False
    asks: int = -1
    """Milestone whose clock starts here."""
    judges: int = -1
    """Milestone of which this choice says whether its result was right."""
    right: int = -1
    """The branch that says it was, as an index into `targets`."""
    practice: int = -1
    """The practice of the account that this choice asks about."""
    adopts: int = -1
    drops: int = -1


@dataclass(frozen=True, slots=True)
class PlanJourney:
    """A journey: its first step, its window, and what its cases carry."""

    name: str
    word: int
    first: int
    void: int
    """Step that ends a case whose account left."""
    window: int
    """Index into `Plan.named_laws`; -1 for none."""
    window_to: int
    survives_churn: bool
    milestones: tuple[tuple[int, int], ...]
    """(milestone, a step that carries it) in the order of the steps; several steps may carry one milestone."""
    asked: frozenset[int]
    """Milestones whose clock starts at a step; the others' starts with the case."""
    entries: tuple[tuple[int, int], ...] = ()
    """By origin: (step at which its cases begin, bits of the milestones that cannot be reached from there)."""
    lapsing: tuple[tuple[int, int], ...] = ()
    """Of `milestones`, each with its first step, those that are neglected when their time is up."""
    rival_to: int = -1
    """Where a case ends whose need another company has won; -1 where there are no others."""


@dataclass(frozen=True, slots=True)
class PlanExpectation:
    """What the customer expects of a milestone, in ms by the yes/no mark in register `by` (-1: the first holds)."""

    name: str
    by: int
    yes_ms: int
    no_ms: int
    weight: float
    business: bool = False
    """Whether the expectation runs in the business hours of customers."""
    neglect: bool = False
    """Whether it scores 0, once, when the time is up without it."""
