"""What one design of a run says and another does not: written out for the first, as changes for those after it."""

from __future__ import annotations

from itertools import pairwise

from sim.compiled import memory as w
from sim.compiled.layout import Layout
from sim.draws import absorb, word_of
from sim.plan import CHANNELS, Plan, PlanActivity, PlanRole, PlanTerms, changed_roles
from sim.worktime import WEEK_MS


def first_design(layout: Layout) -> dict[int, float]:
    """Write down the design that holds first; give words of the run."""
    found = _design(layout, layout.plan, 0, 0)
    for at, value in found.items():
        if at >= w.WORLD_SIZE:
            layout.set(at, value)
    return {at: value for at, value in found.items() if at < w.WORLD_SIZE}


def changes(layout: Layout) -> int:
    """Write down the designs that take over later; where the first of them begins."""
    phases = layout.plan.phases
    found: list[tuple[float, ...]] = []
    for number, ((_, before), (at, plan)) in enumerate(pairwise(phases), start=1):
        patch = _design(layout, plan, number, at)
        pairs = layout.row(n for word, value in patch.items() for n in (word, value))
        roles = layout.row(layout.a_desk(person.role) for person in plan.persons)
        concerned = changed_roles(before, plan)
        unsettled = layout.row(r in concerned for r in range(len(plan.roles)))
        found.append((at, pairs, len(patch), roles, unsettled))
    return layout.rows(found)


def _design(layout: Layout, plan: Plan, number: int, at_ms: int) -> dict[int, float]:
    """Append what a design has, and give, by word, what is to stand there while it holds."""
    activities = layout.room(len(plan.activities), w.ACTIVITY_SIZE)
    for i, a in enumerate(plan.activities):
        layout.put(activities + i * w.ACTIVITY_SIZE, _activity(layout, plan, i, a))
    background = _background(layout, plan, number, at_ms // WEEK_MS)
    found: dict[int, float] = {
        w.PHASE: number,
        w.ACTIVITIES: activities,
        w.COMPLIANCE: float(plan.compliance),
        w.FRICTION: plan.friction,
        w.RETURN_MS: plan.return_ms,
        w.SKILL_SIGMA: float(plan.skill_sigma),
        w.ACROSS: _terms(layout, plan.across_roles),
        w.WITHIN: _terms(layout, plan.within_role),
        w.BACKGROUND: layout.rows(background),
        w.N_BACKGROUND: len(background),
    }
    for i, role in enumerate(plan.roles):
        terms = _role(layout, role)
        found |= {layout.a_desk(i) + w.FIRST_TERM + n: term for n, term in enumerate(terms)}
    for i, practice in enumerate(plan.practices):
        found[layout.practices + i * w.PRACTICE_SIZE + w.G_OFFERED] = practice.offered
    return found | {layout.outreach + word: value for word, value in _outreach(layout, plan).items()}


def _activity(layout: Layout, plan: Plan, i: int, a: PlanActivity) -> tuple[float, ...]:
    most = max((len(roles) for roles in a.roles), default=0)
    roles = layout.row(layout.a_desk(role) for mine in a.roles for role in (*mine, *(-1,) * (most - len(mine))))
    lead_ins = [(layout.a_step(step), float(share), layout.row(who), len(who)) for step, share, who in a.lead_ins]
    has_room = any(s.room >= 0 and s.activity == i for s in plan.steps)
    compliance = layout.visits[absorb(w.COMPLIANCE_WORD, a.word)]
    return (
        i, a.word, layout.visits[a.word], layout.law(a.effort), layout.row(map(float, a.mean_ms)), a.customer_present,
        a.substantive, layout.a_rule(a.effect), a.priority, a.kind == "persuasion", word_of(f"skill {a.kind}"),
        a.due_ms, a.setup_ms, layout.groups.setdefault(a.setup_group, len(layout.groups)), roles, most,
        layout.floats(a.shares), float(a.briefing), a.same_person, layout.rows(lead_ins), len(lead_ins),
        float(a.patience_factor), has_room, a.milestone,
        layout.row(n for p, role in a.by_practice for n in (p, layout.a_desk(role))), len(a.by_practice),
        float(a.practiced), float(a.stage_probability), layout.row(a.slot_ms) if a.slot_ms else w.NOTHING, a.notice_ms,
        layout.a_step(a.booking), layout.a_desk(a.booked_by), compliance,
    )  # fmt: skip


def _role(layout: Layout, r: PlanRole) -> tuple[float, ...]:
    """Give the terms of a role, from `FIRST_TERM` on."""
    quota = r.quota
    return (
        r.machine, r.headcount, float(r.absence), r.dispatch, r.books, CHANNELS.index(r.channel),
        layout.row(map(float, r.speed)), layout.row(map(float, r.quality)), layout.row(map(float, r.paid_share)),
        layout.floats(r.commission), float(quota.usd) if quota else 0.0, quota.period_ms if quota else 0,
        layout.row(quota.counts) if quota else w.NOTHING, layout.floats(n for row in r.ways_ms for n in row),
        float(r.pay_usd), float(r.variable_usd), float(r.variable_share), layout.floats(r.cannot),
        layout.a_desk(r.fallback), float(r.outage_every_ms), float(r.outage_ms), float(r.quits_per_year),
        layout.row(layout.a_step(work.step) for work in r.background), len(r.background),
    )  # fmt: skip


def _terms(layout: Layout, terms: PlanTerms) -> int:
    return layout.row((terms.giver_ms, terms.taker_ms, float(terms.complete), float(terms.complete_technical)))


def _background(layout: Layout, plan: Plan, number: int, week: int) -> list[tuple[float, ...]]:
    """Give a record for each seat, or one for the role, of each kind of background work, in order of starting."""
    found: list[tuple[float, ...]] = []
    for r, role in enumerate(plan.roles):
        for work in role.background:
            mine = [i for i, person in enumerate(plan.persons) if person.role == r]
            for seat in (mine if work.per_person else [-1]) if work.blocks else []:
                key = absorb(layout.key if seat < 0 else layout.seat_key(seat), work.word)
                key = absorb(key, role.word) if seat < 0 else key
                place = (layout.a_desk(r), layout.a_step(work.step), work.blocks, work.block_ms, layout.a_seat(seat))
                found.append((*place, key, week, 0, number))
    return found


def _outreach(layout: Layout, plan: Plan) -> dict[int, float]:
    """Give what a design does to be heard."""
    o, refers, law = plan.outreach, plan.outreach.referral, plan.outreach.propositions
    campaigns = [(c.activity, float(c.share), c.proposition_ms, float(c.planned_ms)) for c in o.campaigns]
    money = (
        float(plan.marketing_usd_per_year), float(o.inquiry_share), float(o.free_share), layout.rows(campaigns),
        len(campaigns),
    )  # fmt: skip
    return {
        w.Y_REACH: float(o.reputation_reach),
        w.Y_CONVICTION: float(o.reputation_conviction),
        w.Y_HALF_LIFE: float(o.reputation_half_life_weeks),
        w.Y_NURTURE: float(o.nurture_reach),
        w.Y_NURTURE_HALF_LIFE: float(o.nurture_half_life_weeks),
        w.Y_REFERS: layout.floats(refers.per_year) if refers is not None else w.NOTHING,
        w.Y_REFER_EFFECT: float(refers.satisfaction_effect) if refers is not None else 0.0,
        w.Y_FRESH_MS: refers.fresh_ms if refers is not None else 0,
        w.Y_REFER_REACH: float(refers.reach) if refers is not None else 0.0,
        w.Y_LIFT: layout.law([law.lift]) if law is not None else w.NOTHING,
        w.Y_LIFT_HALF_LIFE: float(law.half_life_weeks) if law is not None else 1.0,
        w.Y_ANSWERS: float(law.reach) if law is not None else 0.0,
        w.Y_CALLS: o.calls,
        w.Y_TOUCH_MS: o.touch_ms,
        w.Y_SUCCESS: float(o.success),
        w.Y_PUSH: float(o.push),
        w.Y_MONEY: layout.row(money),
    }
