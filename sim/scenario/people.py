"""What people are like, whatever the org design: practice, knowing a customer, juggling, coming and going."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.part import NonNegative, Part, Positive, Share


class Practice(Part):
    """Repetition makes faster; what is not repeated is forgotten."""

    exponent: Annotated[float, Field(ge=0, le=1)] = 0.0
    """Effort falls with remembered repetitions to minus this power; 0 turns practice off."""
    half_life_weeks: Positive = 26.0
    """Time in which half of the repetitions are forgotten."""


class Familiarity(Part):
    """A person who knows an account works faster and better for it."""

    effort: Share = 0.0
    """Share of effort saved by who knows an account fully."""
    defects: Share = 0.0
    """Share of defects that who knows an account fully does not make."""
    persuasion: NonNegative = 0.0
    """Share by which skill at persuading grows with an account known fully."""
    half_tie: Positive = 5.0
    """Remembered contacts after which half of what there is to know is known."""
    half_life_weeks: Positive = 52.0
    """Time in which half of a tie is lost."""


class Juggling(Part):
    """Several cases open at a time slow a person down."""

    per_case: NonNegative = 0.0
    """Share of effort that each further open case adds; 0 turns juggling off."""
    cap: Annotated[float, Field(ge=1, le=100)] = 1.5
    """Effort is multiplied by no more than this."""


class Incentive(Part):
    """Variable pay raises effort on what it pays for (`org.roles.ROLE.paid_for`)."""

    effort: Annotated[float, Field(ge=0, le=2)] = 0.0
    """Intensity on paid work is 1 + this x the variable share of pay; 0 turns it off."""
    risk_premium: Share = 0.0
    """Certain pay that people want on top for pay that is not certain, as a share of variable pay at target."""
    sorting: Annotated[float, Field(ge=0, le=2)] = 0.0
    """Log skill of those hired is above that of others by this x the variable share of pay; 0 turns it off."""
    sorted_at_start: bool = False
    """Whether those there at t=0 were hired so as well."""
    leaving: Annotated[float, Field(ge=0, le=10)] = 0.0
    """The hazard of quitting is multiplied by exp(-this x (pay of the last quarter / pay at target - 1))."""


class Timing(Part):
    """Who has a quota (`org.roles.ROLE.quota`) moves deals across the end of its period."""

    near_weeks: NonNegative = 0.0
    """How long before the end of a period it matters; 0 turns it off."""
    reach: Share = 0.3
    """Share of the quota that may be missing for it to be in reach: then deals are pulled in, otherwise pushed out."""
    hurried: Share = 0.5
    """Share of the customer's own time that is left when a deal is pulled in."""
    concession: Share = 0.07
    """Share of a deal's value given away to pull it in."""


class Turnover(Part):
    """People quit, by the hazard of their role (`org.roles.ROLE.quits_per_year`)."""

    rate: NonNegative = 0.0
    """Multiplies the hazard of every role; 0: nobody quits."""
    overload: NonNegative = 0.0
    """Hazard x exp(this x (share of rostered hours worked in the last quarter - reference))."""
    reference_load: Share = 0.85
    """Load at which the hazard of a role holds."""
    change: Annotated[float, Field(ge=1, le=1_000)] = 1.0
    """Hazard is multiplied by this after a change of the design, for everybody whose role or colleagues it changed."""
    change_weeks: NonNegative = 26.0
    """How long a change is felt."""
    half_life_weeks: Positive = 13.0
    """Memory of the load."""


class Hiring(Part):
    """A vacant post is filled after a while; a newcomer costs money, a colleague's time, and is slow at first."""

    vacancy_weeks: Annotated[int, Field(ge=0, le=520)] = 0
    """From leaving to the first day of whoever comes next."""
    pay_share: NonNegative = 0.0
    """Cost of filling a post, as a share of yearly pay at target."""
    trainer_h_per_week: NonNegative = 0.0
    """Hours a week that a colleague of the same role spends on a newcomer."""
    trainer_weeks: Annotated[int, Field(ge=0, le=520)] = 0
    """For how long."""
    ramp_median_weeks: NonNegative = 0.0
    """Median time until a newcomer works like the others; 0: at once."""
    ramp_sigma: NonNegative = 0.0
    """Standard deviation of its logarithm between people."""
    ramp_start: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Output of a newcomer on the first day, where the others' is 1; it rises evenly."""


class Ties(Part):
    """Accounts are tied to people and to the firm; who leaves may take accounts along."""

    follow: Share = 0.0
    """Probability that an account tied to nobody and nothing else leaves with the person it is tied to."""
    owner_at_start: NonNegative = 0.0
    """Remembered contacts of a customer with its owner at t=0."""
    firm_at_start: NonNegative = 0.0
    """Remembered good touches of a customer with the firm at t=0."""


class People(Part):
    """How people respond to what a design has them do; everything is off unless said."""

    practice: Practice = Practice()
    familiarity: Familiarity = Familiarity()
    juggling: Juggling = Juggling()
    incentive: Incentive = Incentive()
    turnover: Turnover = Turnover()
    hiring: Hiring = Hiring()
    ties: Ties = Ties()
    timing: Timing = Timing()
