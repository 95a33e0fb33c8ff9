"""How a company makes itself heard: what a design has people do for it, and what the market makes of that."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sim.scenario.law_spec import AnyLaw
from sim.scenario.part import LARGEST, BySegment, Effect, NonNegative, Part, Positive, Share

# -- the design's side


class Campaign(Part):
    """Marketing money that is spent as far as the hours are worked that spending it takes."""

    work: str
    """The background activity (of people or of machines) that is this campaign."""
    share: Share = 1.0
    """Share of `org.marketing_usd_per_year`; what no campaign takes is spent without work."""
    makes: Literal["inquiries", "propositions"] = "inquiries"
    """What the hours and the money bring: more inquiries (`market.needs.response`), or propositions that salespeople
    talk with (`market.propositions`)."""
    hours_each: Annotated[float, Field(ge=0.1, le=LARGEST)] = 40.0
    """Hours of a proposition (assumption, 10 to 200)."""


class Calls(Part):
    """Cold prospecting: background work that touches one account after another."""

    work: str
    """The background activity that is calling."""
    touch_h: Annotated[float, Field(ge=0.001, le=LARGEST)] = 0.2
    """Hours of one touch (assumption, .1 to .5)."""


# -- the market's side


class Propositions(Part):
    """What a proposition of marketing's is worth."""

    lift: AnyLaw
    """Law of its quality: the share by which a talk with it is more appealing, drawn by proposition."""
    half_life_weeks: Positive = 26.0
    """Time in which half of that is worn out (assumption, 13 to 52)."""
    reach: Share = 0.0
    """Chance that a need not heard of otherwise answers a proposition that is new; it wears out alike."""


class Nurture(Part):
    """What it does that an account which met the company is not forgotten (`org.nurtures`)."""

    reach: Share
    """Chance that the next need comes to the company, which would not have otherwise, right after the meeting."""
    half_life_weeks: Positive = 52.0
    """Time since the last meeting in which half of that is lost."""


class Touch(Part):
    """What comes of a cold touch."""

    success: Share
    """Chance that an account whose need is open agrees to talk."""
    push: Share = 0.0
    """Chance that one without any does."""


class Referral(Part):
    """Customers who tell others, on the weekly grid."""

    per_customer_per_year: BySegment
    """Referrals of a customer of neutral satisfaction."""
    satisfaction_effect: Effect = 0.0
    """Rate x exp(effect x (S - neutral))."""
    fresh_weeks: Positive = 26.0
    """How long the prospect remembers."""
    reach: Share = 0.5
    """Chance that a need of such a prospect comes to the company, which would not have otherwise."""


class Reputation(Part):
    """Smoothed mean satisfaction of all customers over neutral, and what it moves."""

    conviction: NonNegative = 0.0
    """Log-odds of being convinced by unit of reputation; 0 is off."""
    reach: NonNegative = 0.0
    """Hazard of being heard of x exp(this x reputation); 0 is off."""
    half_life_weeks: NonNegative = 13.0
    """Of the weekly smoothing."""
