"""What work takes and who does it: activities, roles, queues."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.report.document import Table
from experiments.report.sheets.amounts import by_segment, hours, law_by_segment, listed, number
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.scenario.org import Org, Role, Who


def activities(s: Subject) -> list[Table]:
    """Give what activities take, and who does them under each design."""
    rows = []
    for name, a in s.scenario.activity.items():
        marks = [
            *(["customer present"] if a.customer_present else []),
            *(["ends patience"] if a.substantive else []),
            *([f"milestone {a.milestone}"] if a.milestone else []),
            *([f"rule {a.effect}"] if a.effect else []),
            *([f"briefing {a.briefing:g}"] if a.briefing != 1.0 else []),
            *([f"practiced {a.practiced:g}"] if a.practiced is not None else []),
        ]
        rows.append([name, a.kind, law_by_segment(a.effort_h), listed(marks)])
    takes = tabled("What activities take", ["activity", "kind", "effort, h of one person", "besides"], rows)
    done = list(dict.fromkeys(name for org in s.orgs.values() for name in org.who))
    who = [[name, *(_who(org.who.get(name)) for org in s.orgs.values())] for name in done]
    return [takes, tabled("Who does them", ["activity", *s.orgs], who)]


def heads(s: Subject) -> Table:
    """Give how many people, or pieces of a machine, each role has under each design."""
    roles = list(dict.fromkeys(role for org in s.orgs.values() for role in org.roles))
    rows = [[role, *(_heads(org.roles.get(role)) for org in s.orgs.values())] for role in roles]
    return tabled("Heads", ["role", *s.orgs], rows)


def roles(s: Subject) -> list[Table]:
    """Give how the roles of each design work."""
    heads = ["role", "heads", "hours", "queue discipline", "owns accounts", "away, days a year", "besides"]
    return [
        tabled(f"Roles of {design}", heads, [_role(name, role, org) for name, role in org.roles.items()])
        for design, org in s.orgs.items()
    ]


def background(s: Subject) -> list[Table]:
    """Give work that no customer asked for; nothing where there is none."""
    rows = [
        [design, name, one.activity, f"{one.hours_per_week:g} a week per {one.per}", f"{one.block_h:g}"]
        for design, org in s.orgs.items()
        for name, role in org.roles.items()
        for one in role.background.values()
    ]
    heads = ["design", "role", "activity", "hours", "blocks, h"]
    return [tabled("Work that no customer asked for", heads, rows)] if rows else []


def frictions(s: Subject) -> list[Table]:
    """Give what changing hands and kinds of work costs, and appointments."""
    rows = [[design, *_frictions(org)] for design, org in s.orgs.items()]
    heads = ["design", "hand-off between roles", "within a role", "set-up, h", "appointments", "right before"]
    return [tabled("What changing hands and work costs", heads, rows)]


def waits(s: Subject) -> list[Table]:
    """Give where cases wait for whom, and what ends the wait."""
    rows = []
    for name, journey in s.scenario.journey.items():
        for key, step in journey.steps.items():
            if step.do is not None:
                room = "no limit" if step.room is None else f"{step.room}, then {step.full}"
                patience = "no limit" if step.patience is None else f"{step.patience}, then {step.left}"
                rows.append([f"{name}: {key}", step.do, patience, room])
    return [tabled("Queues by step", ["step", "activity", "patience", "room"], rows)]


def _who(who: Who | None) -> str:
    if who is None:
        return "-"
    usual = who.usual
    said = usual.role or (
        "; ".join(f"{segment}: {role}" for segment, role in usual.by_segment.items())
        if usual.by_segment is not None
        else by_segment(usual.shares or {})
    )
    by = "".join(f"{role} for who follows {practice}; " for practice, role in (who.by_practice or {}).items())
    return f"{by}{said}"


def _heads(role: Role | None) -> str:
    return "-" if role is None else f"{role.headcount:,}{' (machine)' if role.machine else ''}"


def _role(name: str, role: Role, org: Org) -> list[str]:
    closed = f", {len(role.closed_days)} days closed" if role.closed_days else ""
    besides = [
        *(["machine"] if role.machine else []),
        *([f"speed {by_segment(role.speed)}"] if role.speed else []),
        *([f"quality {by_segment(role.quality)}"] if role.quality else []),
        *([f"cannot {by_segment(role.cannot)}, then {role.fallback}"] if role.cannot else []),
        *([f"outages every {role.outages.every_h:g} h of {role.outages.length_h:g} h"] if role.outages else []),
        *([f"quits {role.quits_per_year:g} a year"] if role.quits_per_year else []),
        *(
            [f"pay {number(role.pay_usd)} + {number(role.variable_usd)} USD"]
            if role.pay_usd or role.variable_usd
            else []
        ),
        *([f"commission {by_segment(role.commission)}"] if role.commission else []),
        *([f"quota {number(role.quota.usd)} USD in {role.quota.weeks} weeks"] if role.quota else []),
    ]
    owns = "yes" if name in org.books else "no"
    discipline = role.dispatch.replace("_", " ")
    opening = f"{hours(role.hours)}{closed}"
    return [name, f"{role.headcount:,}", opening, discipline, owns, number(role.absence_days_per_year), listed(besides)]


def _frictions(org: Org) -> Iterator[str]:
    for terms in (org.handoff.across_roles, org.handoff.within_role):
        yield f"giver {terms.giver_h:g} h, taker {terms.taker_h:g} h, complete {terms.complete:g}"
    yield by_segment(org.setup_h) if org.setup_h else "-"
    slots = {
        name: f"{one.slot_h:g} h" if one.slot_h is not None else f"{one.slot_quantile:g} of efforts"
        for name, one in org.appointments.items()
    }
    kept = f"; kept with {org.compliance:g}" if slots and org.compliance < 1.0 else ""
    yield (", ".join(f"{name} {slot}" for name, slot in slots.items()) or "-") + kept
    yield listed(
        f"{name}: {lead.do}{'' if lead.share == 1.0 else f' ({lead.share:g})'}"
        for name, leads in org.before.items()
        for lead in leads.values()
    )
