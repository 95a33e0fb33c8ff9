"""Activities, roles and people as tables."""

from __future__ import annotations

import math

from sim import plan as p
from sim.draws import word_of
from sim.laws import LAWS
from sim.planning.names import HAND_WORK, Names, cumulative, ms
from sim.scenario.hours import calendar_of
from sim.scenario.journey import Activity
from sim.scenario.org import LeadIn, Role, Terms
from sim.scenario.people import People
from sim.worktime import HOUR_MS

DISPATCH = {
    "first_come": p.FIRST_COME,
    "priority": p.PRIORITY,
    "earliest_due": p.EARLIEST_DUE,
    "persuasion_first": p.PERSUASION_FIRST,
}


def activities_of(n: Names) -> tuple[p.PlanActivity, ...]:
    """Give the activities, those that hand-offs make last; needs the steps."""
    described = [_activity(n, name, activity) for name, activity in n.s.activity.items()]
    return (*described, *(_hand_work(n, name) for name in HAND_WORK))


def _activity(n: Names, name: str, a: Activity) -> p.PlanActivity:
    given = n.s.org.who.get(name)
    who = given.usual if given is not None else None
    roles: tuple[tuple[int, ...], ...] = ((),) * len(n.segments)
    shares: tuple[float, ...] = ()
    if who is not None and who.role is not None:
        roles = ((n.roles.index(who.role),),) * len(n.segments)
    elif who is not None and who.by_segment is not None:
        roles = tuple((n.roles.index(r),) for r in n.by_segment(who.by_segment))
    elif who is not None and who.shares is not None:
        roles = (tuple(n.roles.index(r) for r in who.shares),) * len(n.segments)
        shares = cumulative(tuple(who.shares.values()))
    by_practice = tuple(
        (n.practices.index(practice), n.roles.index(role))
        for practice, role in ((given.by_practice if given is not None else None) or {}).items()
        if practice in n.s.org.offers
    )
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
        tells=bool(a.effect or a.milestone or a.substantive),
        briefing=a.briefing,
        same_person=name in n.s.org.same_person,
        lead_ins=tuple((n.background_steps[lead.do], lead.share, _travelers(n, lead)) for lead in lead_ins),
        practiced=-1.0 if a.practiced is None else a.practiced,
        slot_ms=ms(booked.slot_h) if booked else 0,
        notice_ms=ms(booked.notice_h) if booked else 0,
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


def _hand_work(n: Names, name: str) -> p.PlanActivity:
    hours = n.s.org.handoff.return_h if name == "complete_kit" else 0.0
    law = (LAWS["deterministic"](float(ms(hours))),) * len(n.segments)
    nobody = ((),) * len(n.segments)
    return p.PlanActivity(
        name=name,
        kind="handoff",
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
        setup_group=_group(n, "handoff"),
        roles=nobody,
        shares=(),
        tells=False,
        briefing=1.0,
        same_person=False,
        lead_ins=(),
    )


def people_of(n: Names) -> tuple[list[p.PlanRole], list[p.PlanPerson]]:
    """Give roles and people; people of one pool are numbered together."""
    roles: list[p.PlanRole] = []
    persons: list[p.PlanPerson] = []
    taken: dict[str, int] = {}
    for name, role in n.s.org.roles.items():
        pool = role.pool or role.id or name
        roles.append(
            p.PlanRole(
                name=name,
                word=word_of(f"role {role.id or name}"),
                calendar=calendar_of(role.hours, role.closed_days),
                machine=role.machine,
                headcount=role.headcount,
                first_person=len(persons),
                absence=0.0 if role.machine else role.absence_days_per_year / 260.0,
                channel=role.channel,
                dispatch=DISPATCH[role.dispatch],
                books=name in n.s.org.books,
                speed=_by_activity(n, role.speed),
                quality=_by_activity(n, role.quality),
                paid_share=_by_activity(n, _paid(role), otherwise=0.0),
                background=tuple(
                    p.PlanBackground(
                        step=n.background_steps[b.activity],
                        word=word_of(f"background {job}"),
                        per_person=b.per == "person",
                        blocks=max(1, math.ceil(b.hours_per_week / b.block_h - 1e-9)) if b.hours_per_week else 0,
                        block_ms=ms(b.hours_per_week / max(1, math.ceil(b.hours_per_week / b.block_h - 1e-9))),
                    )
                    for job, b in role.background.items()
                ),
                pay_usd=role.pay_usd,
                variable_usd=role.variable_usd,
                travel_usd=role.travel_usd,
                overhead=1.0 if role.machine else n.s.org.overhead,
                outage_every_ms=role.outages.every_h * HOUR_MS if role.outages else 0.0,
                outage_ms=role.outages.length_h * HOUR_MS if role.outages else 0.0,
                cannot=_by_activity(n, role.cannot, otherwise=0.0) if role.cannot else (),
                fallback=n.roles.index(role.fallback) if role.fallback else -1,
            )
        )
        for k in range(role.headcount):
            number = taken.get(pool, 0)
            taken[pool] = number + 1
            persons.append(p.PlanPerson(f"{name}/{k + 1}", len(roles) - 1, word_of(f"pool {pool}"), number))
    return roles, persons


def _by_activity(n: Names, given: dict[str, float], otherwise: float = 1.0) -> tuple[float, ...]:
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
    )
