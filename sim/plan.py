"""A scenario as integer-indexed tables: what an engine reads in place of names, and nothing it must not know.

Every name is resolved here; every address word of chance is hashed here; hours are milliseconds from here on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.laws import Law
from sim.worktime import Calendar

DO, WAIT, CHOOSE, START, END = range(5)
"""The five verbs."""

CASE, ACCOUNT, PERSON, PARAM = range(4)
"""Where a rule reads a number: the case's registers, the account's traits, the person, the rule's
parameters."""

SKILL, QUALITY = range(2)
"""What a rule may read of a person."""

FIRST_COME, PRIORITY, EARLIEST_DUE, PERSUASION_FIRST = range(4)
"""Dispatch rules."""


@dataclass(frozen=True, slots=True)
class PlanRule:
    """A rule bound to registers: ``reads`` are (space, index); ``writes`` are case registers."""

    name: str
    word: int
    function: Callable[..., tuple[float, ...]]
    reads: tuple[tuple[int, int], ...]
    params: tuple[float, ...]
    draws: bool
    writes: tuple[int, ...]
    branches: int


@dataclass(frozen=True, slots=True)
class PlanActivity:
    """An activity and who does it, by segment."""

    name: str
    kind: str
    word: int
    effort: tuple[Law, ...]
    """ms, by segment."""
    mean_ms: tuple[float, ...]
    customer_present: bool
    substantive: bool
    milestone: int
    effect: int
    priority: int
    due_ms: int
    planned_wait_ms: int
    """For the load check: how long a customer with patience is thought to wait here."""
    setup_ms: int
    setup_group: str
    """Changing to another group costs `setup_ms`."""
    roles: tuple[tuple[int, ...], ...]
    """By segment, the roles that may do it; empty if nobody."""
    shares: tuple[float, ...]
    """Cumulative shares when a draw decides between the roles; empty otherwise."""
    tells: bool
    """Whether finishing it has an effect, a milestone, or stops patience."""
    briefing: float
    """Share of a full hand-off that taking over this work needs."""
    same_person: bool
    """Whether it goes to whoever did the case's task before, if of the right role."""
    lead_ins: tuple[tuple[int, float], ...]
    """(step of the lead-in work, share) done by the same person right before."""


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
class PlanExpectation:
    """What the customer expects of a milestone, in ms by the yes/no mark in register `by` (-1: the first holds)."""

    name: str
    by: int
    yes_ms: int
    no_ms: int
    weight: float
    business: bool = False
    """Whether the expectation runs in the business hours of customers."""


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
    background: tuple[PlanBackground, ...]
    pay_usd: float
    variable_usd: float
    travel_usd: float
    overhead: float


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """A person's name, role and address."""

    name: str
    role: int
    word: int
    number: int


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """Hours and completeness of a change of hands."""

    giver_ms: int
    taker_ms: int
    complete: float
    complete_technical: float


@dataclass(frozen=True)
class Plan:
    """All an engine reads. Built by `sim.planning.plan_of`."""

    design: str
    horizon_ms: int
    window_ms: tuple[int, int]
    segments: tuple[str, ...]
    customers: tuple[int, ...]
    prospects: tuple[int, ...]
    traits: tuple[str, ...]
    trait_laws: tuple[tuple[Law, ...], ...]
    """By trait, by segment."""
    trait_offsets: tuple[float, ...]
    channels: tuple[tuple[float, ...], ...]
    """By segment, cumulative shares of person, remote, self; empty if nobody minds."""
    customer_hours: Calendar
    week_profile: tuple[float, ...]
    """Cumulative share of a week's needs at the end of each of its 168 hours."""
    season: tuple[float, ...]
    weekly_cv2: float
    registers: tuple[str, ...]
    steps: tuple[PlanStep, ...]
    journeys: tuple[PlanJourney, ...]
    activities: tuple[PlanActivity, ...]
    roles: tuple[PlanRole, ...]
    persons: tuple[PlanPerson, ...]
    rules: tuple[PlanRule, ...]
    named_laws: tuple[tuple[Law, ...], ...]
    """By name, by segment; ms."""
    law_words: tuple[int, ...]
    milestones: tuple[PlanExpectation, ...]
    needs: PlanStream | None
    needs_multiplier: float
    """`market.needs.rate`: moves how many needs there are, not which share of them is reached."""
    recorded_ms: tuple[int, ...] | None
    recorded_by_day: bool
    recorded_per_week: float
    response: tuple[float, ...]
    """base, max, half effect, shape, half-life in weeks, reference a week; empty without marketing."""
    marketing_usd_per_year: float
    machines_usd_per_year: float
    fixed_usd_per_year: float
    streams: tuple[PlanStream, ...]
    sources: tuple[PlanSource, ...]
    churn_per_year: tuple[float, ...]
    churn_effect: float
    satisfaction: tuple[float, float, float, float]
    """neutral, half-life in days, bad factor, liking of a channel."""
    rest_ms: int
    contribution_margin: float
    across_roles: PlanTerms
    within_role: PlanTerms
    return_ms: int
    give_step: int
    complete_step: int
    technical: int
    """Register of the mark `technical`, -1 if there is none."""
    luck: int
    """Register of the need's luck, -1 if no rule reads it."""
    value: int
    """Register of the case's value in USD, -1 if no need carries one."""
    skill_sigma: float

    @property
    def friction(self) -> bool:
        """Whether any change of hands or of kind of work costs anything."""
        terms = (self.across_roles, self.within_role)
        handoff = any(t.giver_ms or t.taker_ms or min(t.complete, t.complete_technical) < 1.0 for t in terms)
        return handoff or any(a.setup_ms for a in self.activities)

    @property
    def account_segment(self) -> tuple[int, ...]:
        """Segment of each account, in account order: by segment, customers first."""
        return tuple(
            s for s, (c, p) in enumerate(zip(self.customers, self.prospects, strict=True)) for _ in range(c + p)
        )
