"""What is true of all accounts, their needs, and how the company stands with them at t=0."""

from __future__ import annotations

from sim.compiled import memory as w
from sim.compiled.layout import Layout
from sim.demand import Intensity
from sim.draws import word_of
from sim.plan import PlanStream
from sim.reach import Reach
from sim.worktime import WEEK_MS


def market(layout: Layout) -> dict[int, float]:
    """Write down accounts and what is true of all of them; give words of the run."""
    plan = layout.plan
    for i, p in enumerate(plan.practices):
        eligible, at_start = layout.row(map(float, p.eligible)), layout.row(map(float, p.at_start))
        layout.put(layout.practices + i * w.PRACTICE_SIZE, (p.word, eligible, at_start, float(p.openness)))
    _outreach(layout)
    streams = [_stream(layout, s) for s in (*plan.streams, *([plan.needs] if plan.needs is not None else []))]
    milestones = [(e.by, e.yes_ms, e.no_ms, float(e.weight), e.business, e.neglect) for e in plan.milestones]
    traits = [
        (word_of(f"trait {name}"), layout.law(laws), float(offset))
        for name, laws, offset in zip(plan.traits, plan.trait_laws, plan.trait_offsets, strict=True)
    ]
    marks = [(m.register, m.word, layout.row(map(float, m.chance))) for m in plan.account_marks]
    channels = [(float(len(c)), *map(float, c), *(0.0,) * (3 - len(c))) for c in plan.channels]
    weeks = -(-plan.horizon_ms // WEEK_MS) + 1
    intensity = Intensity(plan, layout.market_key)
    hazards = plan.churn_per_year or any(s.pattern == "weekly_hazard" for s in plan.streams)
    grid = bool(hazards) or plan.outreach.referral is not None or plan.outreach.reputation
    neutral, half_life, bad_factor, liking = plan.satisfaction
    return {
        w.MILESTONES: layout.rows(milestones),
        w.TRAITS: layout.rows(traits),
        w.N_TRAITS: len(traits),
        w.ACCOUNT_MARKS: layout.rows(marks),
        w.N_ACCOUNT_MARKS: len(marks),
        w.PRACTICES: layout.practices,
        w.N_PRACTICES: len(plan.practices),
        w.STREAMS: layout.rows(streams),
        w.N_STREAMS: len(plan.streams),
        w.NEEDS: plan.needs is not None,
        w.SUMS: layout.row(intensity.sums(weeks)),
        w.N_SUMS: weeks + 1,
        w.PROFILE: layout.row(map(float, plan.week_profile)),
        w.N_PROFILE: len(plan.week_profile),
        w.CHANNELS: layout.rows(channels),
        w.NEUTRAL: float(neutral),
        w.HALF_LIFE_DAYS: float(half_life),
        w.BAD_FACTOR: float(bad_factor),
        w.LIKING: float(liking),
        w.NEGLECTED: plan.neglected,
        w.REST_MS: plan.rest_ms,
        w.CHURN: layout.floats(plan.churn_per_year),
        w.CHURN_EFFECT: float(plan.churn_effect),
        w.GRID_WEEK: 0 if grid else -1,
        w.GOODWILL: plan.goodwill,
        w.LIFT: plan.lift,
        w.REPUTATION: plan.reputation,
        w.OUTREACH: layout.outreach,
        w.OFFER: plan.offer,
        w.INCUMBENT: float(plan.incumbent[0]),
        w.INCUMBENT_EFFECT: float(plan.incumbent[1]),
    }


def _stream(layout: Layout, s: PlanStream) -> tuple[float, ...]:
    variants = [n for practice, journey in s.variants for n in (practice, layout.a_journey(journey))]
    return (
        s.word, layout.a_journey(s.journey), layout.row(map(float, s.rate_per_week)), s.pattern == "weekly_hazard",
        s.pattern == "regular", float(s.satisfaction_effect), float(s.first_year_share), layout.marks(s.marks),
        len(s.marks), s.practice, layout.row(variants), len(s.variants),
    )  # fmt: skip


def _outreach(layout: Layout) -> None:
    """Write down how the company stands with its market at t=0; what its design says comes with that."""
    plan = layout.plan
    reach, activities = Reach(plan), len(plan.activities)
    spends = plan.needs is not None or bool(plan.outreach.campaigns)
    response = layout.floats(plan.response)
    layout.put(
        layout.outreach,
        (
            float(reach.stock_usd), float(reach.share), float(reach.reference), 0.0, float(reach.needs_per_week),
            response, 0 if spends else -1, 0, 0, layout.room(activities, 1), layout.room(activities, 1), 0, 0.0, 0,
            layout.called, layout.n_called, 0, 0,
        ),
    )  # fmt: skip
