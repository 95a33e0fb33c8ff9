"""Who the customers are and what they need; nothing here depends on how the company is organized."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from sim.scenario.hours import Hours
from sim.scenario.law_spec import AnyLaw, LawBySegment
from sim.scenario.outreach import Nurture, Propositions, Referral, Reputation, Touch
from sim.scenario.part import EVERY, BySegment, Effect, NonNegative, Number, Part, Positive, Share, SharesBySegment
from sim.scenario.rivalry import Rivalry

MOST_ACCOUNTS = 10_000_000
"""In one segment."""


class Segment(Part):
    """A kind of account."""

    customers: Annotated[int, Field(ge=0, le=MOST_ACCOUNTS)] = 0
    """Accounts that are customers at t=0."""
    prospects: Annotated[int, Field(ge=0, le=MOST_ACCOUNTS)] = 0
    """Accounts that are not."""


class Mark(Part):
    """A property of a need, drawn once from its own address: a yes/no with a chance, or a number with a law."""

    chance: SharesBySegment | None = None
    """Probability of yes."""
    falls_with_contact: Annotated[float, Field(ge=0, le=0.9)] = 0.0
    """Elasticity e of the average chance along the share of needs reached: bought inquiries are worse. The
    need reached at share c has chance (1 - e) x chance x (c / reference)^-e, so that the average over all reached is
    chance x (p / reference)^-e."""
    law: LawBySegment | None = None
    """Law of the number."""
    by: str | None = None
    """A yes/no mark that decides between `yes` and `no`."""
    yes: AnyLaw | None = None
    no: AnyLaw | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Mark:
        forms = [self.chance is not None, self.law is not None, self.by is not None]
        if sum(forms) != 1:
            raise ValueError("a mark has exactly one of chance, law, by (with yes and no)")
        if (self.by is None) != (self.yes is None) or (self.by is None) != (self.no is None):
            raise ValueError("by, yes and no go together")
        return self


class Recorded(Part):
    """Need epochs read from a file: the j-th row belongs to a fixed account, whatever the design."""

    path: str
    """The file; only its name stays in a scenario."""
    time: str
    """The column with dates or timestamps."""
    sha256: str | None = None
    """Hash of the file's bytes; filled in when the file is read."""
    rows: int | None = None
    """Rows read; filled in when the file is read."""
    start_date: str | None = None
    """Monday of the week of the first row, t=0; filled in when the file is read."""
    epochs_ms: list[int] | None = None
    """Milliseconds since t=0 in file order; -1 where only the day is known carries in `days`."""
    days_only: bool = False
    """Whether the file gave days; then each row is spread over its day by the hour-of-week profile."""


class Response(Part):
    """Inquiries a week bought by marketing money: ADBUDG with carry-over (Little 1970, doi 10.1287/mnsc.16.8.B466)."""

    base_per_week: NonNegative
    max_per_week: Positive
    half_effect_usd: Positive
    """Spend a year at which half the range is reached."""
    shape: Positive
    carry_over_half_life_weeks: NonNegative
    reference_per_week: Positive
    """Inquiries a week at which `falls_with_contact` marks have their stated chance."""


class Needs(Part):
    """The needs of prospects, which the company may or may not hear of."""

    journey: str
    per_account_per_year: BySegment
    rate: NonNegative = 1.0
    """Multiplies the rate of all segments."""
    response: Response
    marks: dict[str, Mark] = {}
    recorded: Recorded | None = None
    """Replaces the drawn epochs."""


class Stream(Part):
    """A recurring need of customers."""

    journey: str
    per_account_per_year: BySegment
    pattern: Literal["random", "regular", "weekly_hazard"] = "random"
    """random: Poisson along the profile. regular: evenly spaced. weekly_hazard: drawn once a week, moved by
    satisfaction."""
    satisfaction_effect: Effect = 0.0
    """weekly_hazard: rate x exp(effect x (S - neutral))."""
    first_year_share: Share = 1.0
    """Share of a new customer's needs that reach us in the first 52 weeks."""
    marks: dict[str, Mark] = {}
    practice: str | None = None
    """Name of a practice that this need may end with adopting: it arises only in accounts that are eligible and do
    not follow it yet, one at a time, and only while the design offers it."""
    by_practice: dict[str, str] = {}
    """Another journey for accounts that follow a practice which the design offers; the first that holds counts."""


class CustomerPractice(Part):
    """A way of doing business that customers may adopt: a portal, bins that reorder by themselves, a contract."""

    eligible: SharesBySegment = {EVERY: 1.0}
    """Share of accounts for which it is possible at all, drawn per account."""
    customers_at_start: SharesBySegment = {EVERY: 0.0}
    """Of the eligible customers of t=0, the share that follows it then, if the design offers it then."""
    openness: Effect = 0.0
    """Added to the goodwill of needs that end with adopting it, in log-odds: how much easier, or harder, people are
    persuaded of it than of an order."""


class Churn(Part):
    """Weekly hazard of leaving."""

    per_account_per_year: BySegment
    satisfaction_effect: Effect = 0.0
    """Rate x exp(effect x (S - neutral)); negative: satisfied customers stay."""


class Profile(Part):
    """When needs arise."""

    weekdays: list[NonNegative] = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    """Weights Monday to Sunday."""
    hours: Hours = "always"
    """Hours of the day, flat inside; on days not named, the whole day."""
    season: list[Positive] = [1.0]
    """Weights of equal parts of a 52-week year."""
    weekly_cv2: Annotated[float, Field(ge=0, le=25)] = 0.0
    """Squared coefficient of variation of a market-wide weekly gamma factor."""

    @model_validator(mode="after")
    def _a_week(self) -> Profile:
        if len(self.weekdays) != 7 or sum(self.weekdays) <= 0:
            raise ValueError(f"weekdays needs seven weights with a positive sum; got {self.weekdays}")
        if 0.0 < self.weekly_cv2 < 1e-6:
            raise ValueError(f"weekly_cv2 is 0 or at least 1e-6; got {self.weekly_cv2:g}")
        return self


ExpectedHours = Annotated[float, Field(ge=0, le=1e11)]
"""In business hours, too, it still is a time that the clock can tell."""


class Expectation(Part):
    """How long a customer thinks a milestone should take, from the case's epoch."""

    hours: ExpectedHours | None = None
    by: str | None = None
    """A yes/no mark that decides between `yes_h` and `no_h`."""
    yes_h: ExpectedHours | None = None
    no_h: ExpectedHours | None = None
    clock: Literal["elapsed", "business"] = "elapsed"
    """Elapsed time, or the business hours of customers."""
    weight: NonNegative = 0.1
    """Importance of the touchpoint (assumption, 0.02 to 0.3)."""
    neglect: bool = False
    """Whether it counts as neglected when the time is up without it: it scores 0 then, once, and nothing when it comes
    after all."""

    @model_validator(mode="after")
    def _one_form(self) -> Expectation:
        if (self.hours is None) == (self.by is None):
            raise ValueError("an expectation has exactly one of hours, by (with yes_h and no_h)")
        if (self.by is None) != (self.yes_h is None) or (self.by is None) != (self.no_h is None):
            raise ValueError("by, yes_h and no_h go together")
        return self


class Market(Part):
    """Accounts, their needs and their patience."""

    name: str = "market"
    start_date: str = "2024-01-01"
    """A Monday; a label only."""
    segments: dict[str, Segment] = {}
    customer_hours: Hours = "always"
    """Business hours of customers, in which patience runs."""
    traits: dict[str, LawBySegment] = {}
    """Numbers drawn once per account, e.g. openness."""
    offsets: dict[str, Number] = {}
    """Added to a trait (laws are not negative)."""
    account_marks: dict[str, SharesBySegment] = {}
    """Yes/no properties drawn once per account, by their chance: all its needs carry them as marks."""
    channels: dict[str, dict[str, Share]] = {}
    """By segment: share of accounts that prefer person, remote, self."""
    profile: Profile = Profile()
    needs: Needs | None = None
    touch: Touch | None = None
    """What comes of cold calls."""
    propositions: Propositions | None = None
    """What propositions of marketing's are worth."""
    nurture: Nurture | None = None
    """What nurturing accounts does."""
    referral: Referral | None = None
    """Customers who tell others; without, nobody does."""
    reputation: Reputation | None = None
    """What a good name moves; without, nothing."""
    rivalry: Rivalry = Rivalry()
    """What counts where a scenario names rivals; without effect elsewhere."""
    recurring: dict[str, Stream] = {}
    practices: dict[str, CustomerPractice] = {}
    """What customers may adopt; it has an effect only where the design offers it (`org.offers`)."""
    churn: Churn | None = None
    laws: dict[str, LawBySegment] = {}
    """Named laws in hours: patience, windows, waits."""
    expectations: dict[str, Expectation] = {}
    rest_weeks: NonNegative = 0.0
    """How long an account is not available after an end that says it rests."""
    rules: dict[str, dict[str, Number]] = {}
    """Parameters of rules, by rule."""
    contribution_margin: Share = 1.0
