"""Who does the work, how, and in what order: the org design."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.appointment import Appointment
from sim.scenario.hours import Hours
from sim.scenario.outreach import Calls, Campaign
from sim.scenario.part import LARGEST, NonNegative, Or, Part, Positive, Share

MOST_HEADS = 100_000
"""In one role."""


class Background(Part):
    """Work no customer asked for, released in blocks spread over the week's open hours."""

    activity: str
    hours_per_week: NonNegative
    per: Literal["person", "role"] = "person"
    """person: hours of each one present. role: hours of the role together."""
    block_h: Positive = 1.0


class Quota(Part):
    """What each person of a role should book in a period; people respond to it by `people.timing`."""

    usd: Positive
    """Bookings credited to a person in one period."""
    weeks: Annotated[int, Field(ge=1, le=520)] = 13
    """Length of a period; the first begins at t=0."""
    counts: list[str] = []
    """Journeys whose bookings count; by default those that pay a commission."""


class Outages(Part):
    """When a machine does not work. Work in hand is finished; none is begun until the outage is over."""

    every_h: Annotated[float, Field(ge=1, le=LARGEST)]
    """Mean elapsed hours from the beginning of one outage to that of the next (exponential)."""
    length_h: Positive
    """Mean length (exponential)."""


class Role(Part):
    """A kind of job and its people (or machines)."""

    id: str | None = None
    """Stands for the role in the addresses of chance; by default its name. Renaming a role and keeping its
    id changes nothing."""
    pool: str | None = None
    """Where its people come from; by default its id. Roles of one pool number their people together, in
    listed order."""
    headcount: Annotated[int, Field(ge=0, le=MOST_HEADS)]
    hours: Hours = {"mon-fri": "9-17"}
    fixed: bool = False
    """Keeps its headcount where staffing is balanced."""
    closed_days: Annotated[list[Annotated[int, Field(ge=0, le=36_600)]], Field(max_length=3_660)] = []
    """Company holidays: days counted from t=0, a Monday, on which nobody of the role works."""
    machine: bool = False
    """Machines need no hand-off and no set-up, are never absent, and always open unless hours are given. Its heads
    are the pieces it works on at a time; its pay is the yearly cost of each of them, without overhead."""
    outages: Outages | None = None
    """machine: of all its heads together; without, it always works."""
    cannot: dict[str, Share] = {}
    """machine: by activity, the share of cases that it turns out not to be able to do, drawn per case."""
    fallback: str | None = None
    """machine: the role that such a case, for the rest of its way, goes to instead."""
    absence_days_per_year: Annotated[float, Field(ge=0, lt=260)] = 0.0
    """Days of 260 on which a person is away, drawn per person and day."""
    channel: Literal["person", "remote", "self"] = "remote"
    """How customers meet this role."""
    dispatch: Literal["first_come", "priority", "earliest_due", "persuasion_first", "best_paid_first"] = "first_come"
    """best_paid_first: by expected commission per hour; what pays none comes last."""
    speed: dict[str, Positive] = {}
    """By activity or kind: effort is divided by it. Equal (1) by default."""
    quality: dict[str, Positive] = {}
    """By activity or kind: quality of what is made, and how a talk convinces. Equal (1) by default."""
    pay_usd: NonNegative = 0.0
    variable_usd: NonNegative = 0.0
    """Variable pay at target."""
    paid_for: list[str] = []
    """Activities or kinds that variable pay rewards (see `people.incentive`)."""
    commission: dict[str, Share] = {}
    """By journey: share of what a case books, paid when it is booked to the account's owner where the role owns books,
    else to whoever of the role worked on the case last. Without, variable pay is paid at target."""
    quota: Quota | None = None
    """Bookings expected of each person by period."""
    travel_usd: NonNegative = 0.0
    """Travel cost per head and year."""
    quits_per_year: NonNegative = 0.0
    """Hazard of quitting of one person; takes effect as far as `people.turnover` says."""
    background: dict[str, Background] = {}

    @model_validator(mode="before")
    @classmethod
    def _machines_are_always_open(cls, data: Any) -> Any:
        open_always = isinstance(data, dict) and data.get("machine") is True and "hours" not in data
        return {**data, "hours": "always"} if open_always else data

    @model_validator(mode="after")
    def _what_only_machines_have(self) -> Role:
        for key in ("outages", "cannot", "fallback"):
            if getattr(self, key) and not self.machine:
                raise ValueError(f"{key} belongs to machines: say machine: true")
        if self.cannot and self.fallback is None:
            raise ValueError("cannot needs 'fallback': the role that does what the machine can not")
        return self


class Terms(Part):
    """What a change of hands costs."""

    giver_h: NonNegative = 0.0
    taker_h: NonNegative = 0.0
    complete: Share = 1.0
    """Probability that the kit handed over is complete."""
    complete_technical: Share | None = None
    """The same for needs marked technical; by default as `complete`."""


class Handoff(Part):
    """Change of hands between consecutive tasks of one case."""

    across_roles: Terms = Terms()
    within_role: Terms = Terms()
    return_h: NonNegative = 0.0
    """Hours of the giver to complete an incomplete kit."""


class LeadIn(Part):
    """Work the same person does right before an activity, such as travel."""

    do: str
    share: Share = 1.0
    roles: list[str] = []
    """Only these roles do it, as where some travel and others use the phone; all if empty."""


def _who(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


class Who(Part):
    """Which role does an activity."""

    role: str | None = None
    by_segment: dict[str, str] | None = None
    shares: dict[str, Share] | None = None
    """Roles and their shares, drawn once per case."""
    by_practice: dict[str, str] | None = None
    """Roles for accounts that follow a practice; only those that the design offers count, the first one first. The
    other keys say who does it for everybody else."""
    otherwise: Annotated[Who | None, BeforeValidator(_who), Or("string")] = None
    """by_practice: who does it for everybody else, written apart."""

    @property
    def usual(self) -> Who:
        """Who does it where no practice decides."""
        return self if self.otherwise is None else self.otherwise

    @model_validator(mode="after")
    def _one_form(self) -> Who:
        forms = [self.role, self.by_segment, self.shares, self.otherwise]
        if sum(f is not None for f in forms) != 1:
            raise ValueError("who is a role, by_segment, shares or (with by_practice) otherwise; exactly one of them")
        if self.otherwise is not None and (self.by_practice is None or self.otherwise.usual is not self.otherwise):
            raise ValueError("otherwise goes with by_practice; it is a role, by_segment or shares")
        if self.shares is not None and abs(sum(self.shares.values()) - 1) > 1e-9:
            raise ValueError(f"shares must sum to 1; they sum to {sum(self.shares.values()):g}")
        return self


def _switched_on(value: Any) -> Any:
    """Give the names that a mapping of switches has on; anything else is left to be judged."""
    if isinstance(value, dict) and all(isinstance(on, bool) for on in value.values()):
        return [name for name, on in value.items() if on]
    return value


class Post(Part):
    """A fixed post that is paid for but not simulated."""

    headcount: Annotated[int, Field(ge=0, le=MOST_HEADS)]
    pay_usd: NonNegative


class Org(Part):
    """One org design."""

    name: Annotated[str, Field(min_length=1)] = "design"
    staffing: Literal["given", "balanced"] = "given"
    """balanced: heads by offered work, as far as the budget goes; what is left goes into marketing. Every role with
    work must be given at least one head all the same."""
    budget_usd_per_year: NonNegative | None = None
    """What the design may cost in all, for balanced staffing."""
    roles: dict[str, Role] = Field(min_length=1)
    who: dict[str, Annotated[Who, BeforeValidator(_who), Or("string")]] = {}
    offers: list[str] = []
    """Practices of market.practices that the company offers; others have no effect, whoever would follow them."""
    books: Annotated[list[str], BeforeValidator(_switched_on), Or("object")] = []
    """Roles whose people own accounts: their tasks go to the owner, not to a shared queue. As a mapping from role to
    true or false, a variant changes one role's and leaves the others'."""
    same_person: list[str] = []
    """Activities done by whoever did the case's task before, if that person is of the right role."""
    before: dict[str, dict[str, LeadIn]] = {}
    """By activity: what the same person does right before."""
    appointments: dict[str, Appointment] = {}
    """Activities done by appointment, in the first free slot; other work is started before a slot only if its mean
    effort fits."""
    compliance: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Probability that a person who is there keeps to an appointment; whoever does not lets the slot pass, and the
    customer comes for nothing. Machines always do (assumption where below 1, .7 to 1)."""
    setup_h: dict[str, NonNegative] = {}
    """By kind of the new task: hours to change over to it from another kind."""
    alike: dict[str, list[str]] = {}
    """Kinds of work between which a change needs no set-up, by a name for them."""
    handoff: Handoff = Handoff()
    skill_sigma: Annotated[float, Field(ge=0, le=3)] = 0.0
    """Standard deviation of log skill between people, per kind of activity."""
    marketing_usd_per_year: NonNegative = 0.0
    campaigns: dict[str, Campaign] = {}
    """Work that the marketing money waits for; without any, it is spent whatever people do."""
    calls: Calls | None = None
    """Cold prospecting; without, hours of calling have no effect."""
    nurtures: bool = False
    """Whether automation keeps in touch with accounts that the company has met; it takes no hours."""
    machines_usd_per_year: NonNegative = 0.0
    overhead: Annotated[float, Field(ge=1, le=100)] = 1.0
    """Employer cost per unit of pay."""
    posts: dict[str, Post] = {}
    planned_wait_h: dict[str, NonNegative] = {}
    """For the load check only: customer-clock hours until an activity with patience starts."""
