"""Campaigns, calls and word of mouth as tables."""

from __future__ import annotations

from sim import plan as p
from sim.planning.names import Names, ms


def outreach_of(n: Names, roles: list[p.PlanRole], steps: list[p.PlanStep]) -> p.PlanOutreach:
    """Give how the company makes itself heard; needs the roles and the steps."""
    market, org = n.s.market, n.s.org
    weekly_ms = [0.0] * len(n.activities)
    for role in roles:
        for work in role.background:
            heads = role.headcount * (1.0 - role.absence) if work.per_person else 1.0
            weekly_ms[steps[work.step].activity] += work.blocks * work.block_ms * heads
    campaigns = [
        p.PlanCampaign(
            name=name,
            activity=n.activities.index(c.work),
            share=c.share,
            proposition_ms=ms(c.hours_each) if c.makes == "propositions" else 0,
            planned_ms=weekly_ms[n.activities.index(c.work)],
        )
        for name, c in org.campaigns.items()
    ]
    made, told, name = market.propositions, market.referral, market.reputation
    propositions = p.PlanPropositions(made.lift.build(), made.half_life_weeks, made.reach) if made else None
    referral = None
    if told is not None:
        rates = n.by_segment(told.per_customer_per_year)
        referral = p.PlanReferral(rates, told.satisfaction_effect, ms(told.fresh_weeks * 168.0), told.reach)
    nurture = market.nurture if org.nurtures else None
    return p.PlanOutreach(
        campaigns=tuple(campaigns),
        calls=n.activities.index(org.calls.work) if org.calls else -1,
        touch_ms=ms(org.calls.touch_h) if org.calls else 1,
        success=market.touch.success if market.touch else 0.0,
        push=market.touch.push if market.touch else 0.0,
        propositions=propositions if any(c.proposition_ms for c in campaigns) else None,
        nurture_reach=nurture.reach if nurture else 0.0,
        nurture_half_life_weeks=nurture.half_life_weeks if nurture else 1.0,
        referral=referral if referral and any(referral.per_year) and referral.reach > 0.0 else None,
        reputation_conviction=name.conviction if name else 0.0,
        reputation_reach=name.reach if name else 0.0,
        reputation_half_life_weeks=name.half_life_weeks if name else 0.0,
    )
