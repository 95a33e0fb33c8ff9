"""The whole of what an engine reads."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, repeat

from sim.law import Law
from sim.plan.activities import PlanActivity
from sim.plan.demand import PlanAccountMark, PlanPractice, PlanSource, PlanStream
from sim.plan.journeys import PlanExpectation, PlanJourney, PlanStep
from sim.plan.outreach import PlanOutreach
from sim.plan.people import PlanPeople, PlanPerson, PlanRole, PlanTerms
from sim.plan.rules import PlanRule
from sim.worktime import Calendar


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
    compliance: float
    """Probability that a person who is there keeps to an appointment."""
    give_step: int
    complete_step: int
    train_step: int
    technical: int
    """Register of the mark `technical`, -1 if there is none."""
    luck: int
    """Register of the need's luck, -1 if no rule reads it."""
    value: int
    """Register of the case's value in USD, -1 if no need carries one."""
    lift: int
    """Register of what a proposition adds to a talk, -1 if no rule reads it."""
    reputation: int
    """Register of what the company's name was worth when the case began, -1 if no rule reads it."""
    skill_sigma: float
    people: PlanPeople
    outreach: PlanOutreach
    account_marks: tuple[PlanAccountMark, ...]
    practices: tuple[PlanPractice, ...]
    goodwill: int
    """Register of the need's goodwill, -1 if no rule reads it."""
    neglected: int
    """Trait that is 1 while an account is neglected, else 0; -1 if no rule reads it."""
    start_ms: int = 0
    """When this design takes over."""
    earlier: tuple[tuple[int, Plan], ...] = ()
    """Designs that hold before this one, from when on; with the same indices."""
    later: tuple[tuple[int, Plan], ...] = ()
    """Designs that hold after this one."""
    rivals: int = 0
    """Number of other companies in the market."""
    start_share: float = 1.0
    """Share of the customers of t=0 that are this company's."""
    offer: int = -1
    """Milestone that puts an offer into the account's hands; -1 for none."""
    incumbent: tuple[float, float] = (0.0, 0.0)
    """What keeps a customer with its supplier, in log-odds: always, and times satisfaction over neutral."""

    @property
    def phases(self) -> tuple[tuple[int, Plan], ...]:
        """All designs of the run in their order, each with the instant from which it holds."""
        return (*self.earlier, (self.start_ms, self), *self.later)

    @property
    def friction(self) -> bool:
        """Whether any change of hands or of kind of work costs anything."""
        terms = (self.across_roles, self.within_role)
        handoff = any(t.giver_ms or t.taker_ms or min(t.complete, t.complete_technical) < 1.0 for t in terms)
        return handoff or any(a.setup_ms for a in self.activities)

    @property
    def customers_at_start(self) -> tuple[float, ...]:
        """Customers of t=0 that are this company's, by segment: expected, where others have some of them."""
        return tuple(c * self.start_share for c in self.customers)

    @property
    def open_at_start(self) -> tuple[float, ...]:
        """Accounts that are not this company's customers at t=0, by segment: expected, where others have some."""
        return tuple(p + c * (1.0 - self.start_share) for c, p in zip(self.customers, self.prospects, strict=True))

    @property
    def account_segment(self) -> tuple[int, ...]:
        """Segment of each account, in account order: by segment, customers first."""
        sizes = (c + p for c, p in zip(self.customers, self.prospects, strict=True))
        return tuple(chain.from_iterable(repeat(s, size) for s, size in enumerate(sizes)))
