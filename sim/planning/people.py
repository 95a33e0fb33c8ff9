"""Activities, roles and people as tables."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sim import plan as p
from sim.draws import word_of
from sim.laws import LAWS
from sim.planning.appointments import slots_of
from sim.planning.names import HAND_WORK, TRAINING, Names, ms
from sim.planning.pay import commission_of, quota_of
from sim.planning.who import by_practice_of, who_does
from sim.scenario.appointment import SELF
from sim.scenario.hours import calendar_of
from sim.scenario.journey import Activity
from sim.scenario.org import Background, LeadIn, Org, Role, Terms
from sim.scenario.people import People
from sim.worktime import HOUR_MS, WEEK_MS

DISPATCH = {
    "first_come": p.FIRST_COME,
    "priority": p.PRIORITY,
    "earliest_due": p.EARLIEST_DUE,
    "persuasion_first": p.PERSUASION_FIRST,
    "best_paid_first": p.BEST_PAID_FIRST,
}


def activities_of(n: Names) -> tuple[p.PlanActivity, ...]:
    """Give the activities, those that hand-offs make last; needs the steps."""
    described = [_activity(n, name, activity) for name, activity in n.s.activity.items()]
    return (
        *described,
        *(_made_work(n, name, "handoff") for name in HAND_WORK),
        _made_work(n, TRAINING, "administration"),
    )


def _activity(n: Names, name: str, a: Activity) -> p.PlanActivity:
    roles, shares = who_does(n, name)
    by_practice = by_practice_of(n, name)
    effort = n.laws_ms(a.effort_h)
    lead_ins = n.s.org.before.get(name, {}).values()
    booked = n.s.org.appointments.get(name)
    return p.PlanActivity(
        name=name,
        kind=a.kind,
        word=word_of(f"effort {name}"),
        effort=effort,
        mean_ms=tuple(law.mean for law in effort),
        customer_present=a.customer_present,
        substantive=a.substantive,
        milestone=n.milestones.index(a.milestone) if a.milestone else -1,
        effect=n.rule_index[a.effect] if a.effect else -1,
        priority=a.priority,
        due_ms=-1 if a.due_h is None else ms(a.due_h),
        planned_wait_ms=ms(n.s.org.planned_wait_h.get(name, 0.0)),
        setup_ms=ms(n.s.org.setup_h.get(a.kind, 0.0)),
        setup_group=_group(n, a.kind),
        roles=roles,
        shares=shares,
        tells=bool(a.effect or a.milestone or a.substantive or a.patience_factor != 1.0),
        briefing=a.briefing,
        same_person=name in n.s.org.same_person,
        lead_ins=tuple((n.background_steps[lead.do], lead.share, _travelers(n, lead)) for lead in lead_ins),
        stage_probability=a.stage_probability,
        practiced=-1.0 if a.practiced is None else a.practiced,
        slot_ms=slots_of(n, name, booked, effort) if booked else (),
        notice_ms=ms(booked.notice_h) if booked else 0,
        booking=n.background_steps[booked.booking] if booked and booked.booked_by is not None else -1,
        booked_by=n.roles.index(booked.booked_by) if booked and booked.booked_by not in (None, SELF) else -1,
        patience_factor=a.patience_factor,
        by_practice=by_practice,
        doers=_doers(n, {r for row in roles for r in row} | {r for _, r in by_practice}),
    )


def _travelers(n: Names, lead_in: LeadIn) -> tuple[int, ...]:
    return tuple(n.roles.index(name) for name in lead_in.roles or n.roles)


def _doers(n: Names, named: set[int]) -> tuple[int, ...]:
    """Give the roles named, and those that do what a machine among them can not."""
    instead = {n.s.org.roles[n.roles[r]].fallback for r in named}
    return tuple(sorted(named | {n.roles.index(name) for name in instead if name is not None}))


def _group(n: Names, kind: str) -> str:
    return next((name for name, kinds in n.s.org.alike.items() if kind in kinds), kind)


def _made_work(n: Names, name: str, kind: str) -> p.PlanActivity:
    """Give work that the engine makes itself: of hand-offs, and of training."""
    hours = n.s.org.handoff.return_h if name == "complete_kit" else 0.0
    law = (LAWS["deterministic"](float(ms(hours))),) * len(n.segments)
    nobody = ((),) * len(n.segments)
    return p.PlanActivity(
        name=name,
        kind=kind,
        word=word_of(name),
        effort=law,
        mean_ms=tuple(each.mean for each in law),
        customer_present=False,
        substantive=False,
        milestone=-1,
        effect=-1,
        priority=0,
        due_ms=-1,
        planned_wait_ms=0,
        setup_ms=0,
        setup_group=_group(n, kind),
        roles=nobody,
        shares=(),
        tells=False,
        briefing=1.0,
        same_person=False,
        lead_ins=(),
    )


def people_of(n: Names) -> tuple[list[p.PlanRole], list[p.PlanPerson]]:
    """Give roles and seats; the seats of one pool are numbered together."""
    roles = [_role(n, name) for name in n.roles]
    mine = {seat: name for seat, name in _seats(n.s.org)}
    names: dict[tuple[str, int], str] = {}
    for org in n.orgs:
        taken: dict[str, int] = {}
        for seat, name in _seats(org):
            taken[name] = taken.get(name, 0) + 1
            names.setdefault(seat, f"{name}/{taken[name]}")
    persons = [
        p.PlanPerson(name, n.roles.index(mine[seat]) if seat in mine else -1, word_of(f"pool {seat[0]}"), seat[1])
        for seat, name in names.items()
    ]
    return roles, persons


def _seats(org: Org) -> Iterator[tuple[tuple[str, int], str]]:
    """Yield ((pool, number), role) of each post of a design."""
    taken: dict[str, int] = {}
    for name, role in org.roles.items():
        pool = role.pool or role.id or name
        for _ in range(role.headcount):
            yield (pool, taken.get(pool, 0)), name
            taken[pool] = taken.get(pool, 0) + 1


def _role(n: Names, name: str) -> p.PlanRole:
    """Give a role; one that only other designs of the run have is without posts and without work."""
    role, org = n.s.org.roles.get(name), n.s.org
    if role is None:
        role = next(org.roles[name] for org in n.orgs if name in org.roles)
        role = role.model_copy(update={"headcount": 0, "background": {}})
    return p.PlanRole(
        name=name,
        word=word_of(f"role {role.id or name}"),
        calendar=calendar_of(role.hours, role.closed_days),
        machine=role.machine,
        headcount=role.headcount,
        absence=0.0 if role.machine else role.absence_days_per_year / 260.0,
        channel=role.channel,
        dispatch=DISPATCH[role.dispatch],
        books=name in org.books,
        speed=_by_activity(n, role.speed),
        quality=_by_activity(n, role.quality),
        paid_share=_by_activity(n, _paid(role), otherwise=0.0),
        commission=commission_of(n, role),
        quota=quota_of(n, role),
        ways_ms=(),
        background=tuple(_background(n, job, b) for job, b in role.background.items()),
        pay_usd=role.pay_usd,
        variable_usd=role.variable_usd,
        premium_usd=role.variable_usd * n.s.people.incentive.risk_premium,
        travel_usd=role.travel_usd,
        overhead=1.0 if role.machine else org.overhead,
        outage_every_ms=role.outages.every_h * HOUR_MS if role.outages else 0.0,
        outage_ms=role.outages.length_h * HOUR_MS if role.outages else 0.0,
        cannot=_by_activity(n, role.cannot, otherwise=0.0) if role.cannot else (),
        fallback=n.roles.index(role.fallback) if role.fallback else -1,
        quits_per_year=0.0 if role.machine else role.quits_per_year,
    )


def _background(n: Names, job: str, b: Background) -> p.PlanBackground:
    blocks = max(1, math.ceil(b.hours_per_week / b.block_h - 1e-9))
    return p.PlanBackground(
        step=n.background_steps[b.activity],
        word=word_of(f"background {job}"),
        per_person=b.per == "person",
        blocks=blocks if b.hours_per_week else 0,
        block_ms=ms(b.hours_per_week / blocks),
    )


def _by_activity(n: Names, given: dict[str, float], otherwise: float = 1.0) -> tuple[float, ...]:
    if not given:
        return (otherwise,) * len(n.activities)
    kinds = {name: activity.kind for name, activity in n.s.activity.items()}
    return tuple(given.get(name, given.get(kinds.get(name, "handoff"), otherwise)) for name in n.activities)


def _paid(role: Role) -> dict[str, float]:
    """Give the variable share of pay for each activity or kind that it rewards."""
    pay = role.pay_usd + role.variable_usd
    return dict.fromkeys(role.paid_for, role.variable_usd / pay if pay > 0.0 else 0.0)


def terms_of(t: Terms) -> p.PlanTerms:
    """Give what a change of hands costs."""
    technical = t.complete if t.complete_technical is None else t.complete_technical
    return p.PlanTerms(ms(t.giver_h), ms(t.taker_h), t.complete, technical)


def responses_of(people: People) -> p.PlanPeople:
    """Give what people are like."""
    return p.PlanPeople(
        practice_exponent=people.practice.exponent,
        practice_half_life_weeks=people.practice.half_life_weeks,
        familiar_effort=people.familiarity.effort,
        familiar_defects=people.familiarity.defects,
        familiar_persuasion=people.familiarity.persuasion,
        half_tie=people.familiarity.half_tie,
        tie_half_life_weeks=people.familiarity.half_life_weeks,
        juggling_per_case=people.juggling.per_case,
        juggling_cap=people.juggling.cap,
        incentive_effort=people.incentive.effort,
        quit_rate=people.turnover.rate,
        quit_overload=people.turnover.overload,
        quit_reference_load=people.turnover.reference_load,
        quit_change=people.turnover.change,
        quit_change_weeks=people.turnover.change_weeks,
        load_half_life_weeks=people.turnover.half_life_weeks,
        vacancy_weeks=people.hiring.vacancy_weeks,
        hiring_pay_share=people.hiring.pay_share,
        trainer_ms_per_week=ms(people.hiring.trainer_h_per_week),
        trainer_weeks=people.hiring.trainer_weeks,
        ramp_median_weeks=people.hiring.ramp_median_weeks,
        ramp_sigma=people.hiring.ramp_sigma,
        ramp_start=people.hiring.ramp_start,
        follow=people.ties.follow,
        owner_tie_at_start=people.ties.owner_at_start,
        firm_tie_at_start=people.ties.firm_at_start,
        sorting=people.incentive.sorting,
        sorted_at_start=people.incentive.sorted_at_start,
        leaving=people.incentive.leaving,
        near_ms=math.floor(people.timing.near_weeks * WEEK_MS + 0.5),
        reach=people.timing.reach,
        hurried=people.timing.hurried,
        concession=people.timing.concession,
    )
