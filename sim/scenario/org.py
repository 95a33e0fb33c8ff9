"""Who does the work, how, and in what order: the org design."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.hours import Hours
from sim.scenario.part import NonNegative, Or, Part, Positive, Share


class Background(Part):
    """Work no customer asked for, released in blocks spread over the week's open hours."""

    activity: str
    hours_per_week: NonNegative
    per: Literal["person", "role"] = "person"
    """person: hours of each one present. role: hours of the role together."""
    block_h: Positive = 1.0


class Role(Part):
    """A kind of job and its people (or machines)."""

    id: str | None = None
    """Stands for the role in the addresses of chance; by default its name. Renaming a role and keeping its
    id changes nothing."""
    pool: str | None = None
    """Where its people come from; by default its id. Roles of one pool number their people together, in
    listed order."""
    headcount: Annotated[int, Field(ge=0)]
    hours: Hours = {"mon-fri": "9-17"}
    fixed: bool = False
    """Keeps its headcount where staffing is balanced."""
    closed_days: Annotated[list[Annotated[int, Field(ge=0, le=36_600)]], Field(max_length=3_660)] = []
    """Company holidays: days counted from t=0, a Monday, on which nobody of the role works."""
    machine: bool = False
    """Machines need no hand-off and no set-up, and are never absent."""
    absence_days_per_year: Annotated[float, Field(ge=0, lt=260)] = 0.0
    """Days of 260 on which a person is away, drawn per person and day."""
    channel: Literal["person", "remote", "self"] = "remote"
    """How customers meet this role."""
    dispatch: Literal["first_come", "priority", "earliest_due", "persuasion_first"] = "first_come"
    speed: dict[str, Positive] = {}
    """By activity or kind: effort is divided by it. Equal (1) by default."""
    quality: dict[str, Positive] = {}
    """By activity or kind: quality of what is made. Equal (1) by default."""
    pay_usd: NonNegative = 0.0
    variable_usd: NonNegative = 0.0
    """Variable pay at target."""
    paid_for: list[str] = []
    """Activities or kinds that variable pay rewards (see `people.incentive`)."""
    travel_usd: NonNegative = 0.0
    """Travel cost per head and year."""
    quits_per_year: NonNegative = 0.0
    """Hazard of quitting of one person; takes effect as far as `people.turnover` says."""
    background: dict[str, Background] = {}


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


class Appointment(Part):
    """A standard slot on the calendar of whoever does an activity."""

    slot_h: Annotated[float, Field(ge=0.05)]
    """Length of the slot, which holds what is done right before as well; slots begin at whole numbers of it after
    opening, and end before closing."""
    notice_h: Annotated[float, Field(ge=0, le=8_736)] = 0.0
    """Elapsed hours between making the appointment and the earliest slot."""


class Who(Part):
    """Which role does an activity."""

    role: str | None = None
    by_segment: dict[str, str] | None = None
    shares: dict[str, Share] | None = None
    """Roles and their shares, drawn once per case."""

    @model_validator(mode="after")
    def _one_form(self) -> Who:
        forms = [self.role, self.by_segment, self.shares]
        if sum(f is not None for f in forms) != 1:
            raise ValueError("who is a role, by_segment or shares; exactly one of them")
        if self.shares is not None and abs(sum(self.shares.values()) - 1) > 1e-9:
            raise ValueError(f"shares must sum to 1; they sum to {sum(self.shares.values()):g}")
        return self


def _who(value: Any) -> Any:
    return {"role": value} if isinstance(value, str) else value


def _switched_on(value: Any) -> Any:
    """Give the names that a mapping of switches has on; anything else is left to be judged."""
    if isinstance(value, dict) and all(isinstance(on, bool) for on in value.values()):
        return [name for name, on in value.items() if on]
    return value


class Post(Part):
    """A fixed post that is paid for but not simulated."""

    headcount: Annotated[int, Field(ge=0)]
    pay_usd: NonNegative


class Org(Part):
    """One org design."""

    name: str = "design"
    staffing: Literal["given", "balanced"] = "given"
    """balanced: heads by offered work, as far as the budget goes; what is left goes into marketing. Every role with
    work must be given at least one head all the same."""
    budget_usd_per_year: NonNegative | None = None
    """What the design may cost in all, for balanced staffing."""
    roles: dict[str, Role] = Field(min_length=1)
    who: dict[str, Annotated[Who, BeforeValidator(_who), Or("string")]] = {}
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
    setup_h: dict[str, NonNegative] = {}
    """By kind of the new task: hours to change over to it from another kind."""
    alike: dict[str, list[str]] = {}
    """Kinds of work between which a change needs no set-up, by a name for them."""
    handoff: Handoff = Handoff()
    skill_sigma: NonNegative = 0.0
    """Standard deviation of log skill between people, per kind of activity."""
    marketing_usd_per_year: NonNegative = 0.0
    machines_usd_per_year: NonNegative = 0.0
    overhead: Annotated[float, Field(ge=1)] = 1.0
    """Employer cost per unit of pay."""
    posts: dict[str, Post] = {}
    planned_wait_h: dict[str, NonNegative] = {}
    """For the load check only: customer-clock hours until an activity with patience starts."""
