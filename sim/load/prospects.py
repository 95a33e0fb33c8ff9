"""What comes to the company of the needs of prospects: inquiries, referrals, needs found by cold calls.

Money is thought to be spent in full, the company's name to be neutral, and neither propositions nor nurturing to do
anything; referrals are those of the customers of t=0 at neutral satisfaction; cold calls touch all prospects alike.
"""

from __future__ import annotations

from math import exp

from sim.load.load import Load
from sim.load.needs import Needs
from sim.plan import COLD, REFERRAL, Plan, PlanStream
from sim.reach import Reach
from sim.worktime import HOUR_MS, WEEK_MS, WEEKS_PER_YEAR


def add_prospects(plan: Plan, stream: PlanStream, needs: Needs, reach: Reach, load: Load) -> None:
    """Add what comes of the needs of prospects, by origin; inquiries first, from which the share won is learned."""
    arising = [_arising(plan, stream, segment) for segment in range(len(plan.prospects))]
    for segment, per_year in enumerate(arising):
        load.needs["needs"] += per_year
        reached = per_year * reach.share
        one = Load()
        away_ms = needs.walk(stream, segment, 1.0, one)
        met = reached * _available(plan, segment, reached, away_ms)
        load.needs["not available"] += reached - met
        load.needs["inquiries"] += met
        load.add(one, met)
    inquiries, won = load.needs["inquiries"], _won(plan, stream, load)
    for segment, per_year in enumerate(arising):
        referred = per_year * (1.0 - reach.share) * _referred_share(plan)
        cold = _found_by_calls(plan, stream, segment, reach, load)
        for origin, met, name in ((REFERRAL, referred, "referred"), (COLD, cold, "found by calls")):
            if met > 0.0:
                load.needs[name] += met
                needs.walk(stream, segment, met, load, origin)
    if plan.outreach.referral is not None and inquiries > 0.0:
        load.referred_customers = _referrals_of_one(plan, stream, reach) * won / inquiries


def _arising(plan: Plan, stream: PlanStream, segment: int) -> float:
    """Give the needs a year of those in a segment who are not its customers at t=0, heard of or not."""
    if plan.recorded_ms is not None:
        return plan.recorded_per_week * WEEKS_PER_YEAR * plan.prospects[segment] / max(1, sum(plan.prospects))
    return plan.open_at_start[segment] * stream.rate_per_week[segment] * WEEKS_PER_YEAR


def _available(plan: Plan, segment: int, reached: float, away_ms: float) -> float:
    """Give the share of time that a prospect is open to the company, in the long run.

    Between being reached, open prospects wait 1 / rate on average; then they are taken up for the customer's own
    time of a case, and for the rest after it (renewal-reward; Ross 2019, Introduction to Probability Models, 12th
    ed., sec. 7.4).
    """
    return 1.0 / (1.0 + reached / max(1, plan.open_at_start[segment]) / WEEKS_PER_YEAR * away_ms / WEEK_MS)


def _won(plan: Plan, stream: PlanStream, load: Load) -> float:
    """Give the new customers a year of the cases walked so far."""
    journey = plan.journeys[stream.journey].name
    ends = [s.name for s in plan.steps if s.journey == stream.journey and s.customer]
    return sum(load.ends[journey, end] for end in ends)


def _referred_share(plan: Plan) -> float:
    """Give the chance that a need which money does not bring is that of a prospect who was referred, and comes."""
    referral = plan.outreach.referral
    if referral is None:
        return 0.0
    a_year = sum(n * rate for n, rate in zip(plan.customers_at_start, referral.per_year, strict=True))
    fresh = a_year / WEEKS_PER_YEAR * referral.fresh_ms / WEEK_MS / max(1, sum(plan.prospects))
    return referral.reach * (1.0 - exp(-fresh))


def _referrals_of_one(plan: Plan, stream: PlanStream, reach: Reach) -> float:
    """Give the needs that the referrals of one customer bring, the mean over customers, before it leaves."""
    referral = plan.outreach.referral
    assert referral is not None
    run_years = plan.horizon_ms / WEEK_MS / WEEKS_PER_YEAR
    leaving = plan.churn_per_year or (0.0,) * len(plan.customers)
    years = [min(1.0 / h, run_years) if h > 0.0 else run_years for h in leaving]
    referrals = sum(n * r * y for n, r, y in zip(plan.customers_at_start, referral.per_year, years, strict=True))
    each = referrals / max(1, sum(plan.customers_at_start))
    needs_a_week = sum(n * r for n, r in zip(plan.prospects, stream.rate_per_week, strict=True))
    one = needs_a_week / max(1, sum(plan.prospects)) * referral.fresh_ms / WEEK_MS
    return each * one * (1.0 - reach.share) * referral.reach


def _found_by_calls(plan: Plan, stream: PlanStream, segment: int, reach: Reach, load: Load) -> float:
    """Give the opportunities a year that cold calls find: an open need is one not heard of and not yet over."""
    outreach = plan.outreach
    if outreach.calls < 0:
        return 0.0
    hours = sum(h for (_, a), h in load.work_h.items() if a == plan.activities[outreach.calls].name)
    touches = hours * HOUR_MS / outreach.touch_ms * plan.prospects[segment] / max(1, sum(plan.prospects))
    window, waiting = plan.journeys[stream.journey].window, 1.0
    if window >= 0:
        weeks = plan.named_laws[window][segment].mean / WEEK_MS
        waiting = 1.0 - exp(-stream.rate_per_week[segment] * (1.0 - reach.share) * weeks)
    return touches * (waiting * outreach.success + (1.0 - waiting) * outreach.push)
