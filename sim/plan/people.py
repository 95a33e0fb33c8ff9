"""Roles, their people, their own work, and what it costs to change hands."""

from __future__ import annotations

from dataclasses import dataclass

from sim.worktime import Calendar

FIRST_COME, PRIORITY, EARLIEST_DUE, PERSUASION_FIRST, BEST_PAID_FIRST = range(5)
"""Dispatch rules."""

CHANNELS = ("person", "remote", "self")
"""Ways in which a role meets customers, and customers may prefer."""


@dataclass(frozen=True, slots=True)
class PlanBackground:
    """Work nobody asked for: blocks of `block_ms`, `blocks` a week per person or for the role."""

    step: int
    word: int
    per_person: bool
    blocks: int
    block_ms: int


@dataclass(frozen=True, slots=True)
class PlanQuota:
    """Bookings of some journeys expected of each person in each period from t=0."""

    usd: float
    period_ms: int
    counts: tuple[bool, ...]
    """By journey."""


@dataclass(frozen=True, slots=True)
class PlanRole:
    """A role, its hours, its terms."""

    name: str
    word: int
    calendar: Calendar
    machine: bool
    headcount: int
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
    commission: tuple[float, ...]
    """By journey: share of what is booked; empty if the role earns none."""
    quota: PlanQuota | None
    ways_ms: tuple[tuple[float, ...], ...]
    """By step, then 2 x segment + (1 if the need is technical): mean effort in this role's hands on the shortest way
    to a booking, -1 if none leads there; empty unless tasks are sorted by it."""
    background: tuple[PlanBackground, ...]
    pay_usd: float
    variable_usd: float
    premium_usd: float
    """Certain pay for the risk of variable pay."""
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
    quits_per_year: float = 0.0

    @property
    def variable_share(self) -> float:
        """Variable share of pay at target."""
        pay = self.pay_usd + self.variable_usd
        return self.variable_usd / pay if pay > 0.0 else 0.0


@dataclass(frozen=True, slots=True)
class PlanPerson:
    """A seat: the name of whoever sits there, its role (-1: not there in this design), and its address."""

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
    sorting: float
    sorted_at_start: bool
    leaving: float
    """How much quitting hangs on pay."""
    near_ms: int
    """How long before the end of a quota's period it matters; 0 if it does not."""
    reach: float
    hurried: float
    concession: float
    quit_rate: float = 0.0
    quit_overload: float = 0.0
    quit_reference_load: float = 0.85
    quit_change: float = 1.0
    quit_change_weeks: float = 0.0
    load_half_life_weeks: float = 13.0
    vacancy_weeks: int = 0
    hiring_pay_share: float = 0.0
    trainer_ms_per_week: int = 0
    trainer_weeks: int = 0
    ramp_median_weeks: float = 0.0
    ramp_sigma: float = 0.0
    ramp_start: float = 1.0
    follow: float = 0.0
    owner_tie_at_start: float = 0.0
    firm_tie_at_start: float = 0.0

    @property
    def respond(self) -> bool:
        """Whether what people did before matters to how they work."""
        return bool(
            self.follow
            or (self.ramp_median_weeks and self.ramp_start < 1.0)
            or self.practice_exponent
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
