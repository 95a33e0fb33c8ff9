"""From a plan to the memory in which it runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from sim.companies import company_word, ends_at_start
from sim.compiled import memory as w
from sim.compiled.layout import Layout, bits
from sim.compiled.lower_accounts import accounts
from sim.compiled.lower_design import changes, first_design
from sim.compiled.lower_market import market
from sim.compiled.lower_shared import shared
from sim.compiled.rules import CODES
from sim.draws import absorb, key_of, word_of
from sim.plan import Plan, PlanPeople, PlanStep
from sim.worktime import WEEK_MS


def memory_of(plans: Sequence[Plan], seed: int, replication: int) -> NDArray[np.int64]:
    """Lay out a memory in which plans are written down and nothing has begun.

    Parameters
    ----------
    plans : sequence of Plan
        What to run, by company of the market.
    seed, replication : int
        The address of all chance in this run.
    """
    market_key, ends, (words, first), place = key_of(seed, replication), ends_at_start(plans), shared(plans), 0
    layouts: list[Layout] = []
    for company, plan in enumerate(plans):
        layouts.append(_laid_out(plan, market_key, first, company, place, ends))
        first, place = layouts[-1].top, place + len(plan.roles)
    found = np.zeros(first, np.int64)
    words |= layouts[0].world | {w.TOP: first}
    if len(plans) > 1:
        for layout in layouts:
            block = int(words[w.COMPANIES]) + layout.company * w.OWN_SIZE - w.COMPANY
            words |= {block + word: value for word, value in layout.world.items()}
    desks = [layout.a_desk(i) for layout in layouts for i in range(len(layout.plan.roles))]
    words |= dict(enumerate(desks, start=int(words[w.PLACES])))
    for layout in layouts:
        layout.write(found)
    for at, value in words.items():
        found[at] = np.array(bits(value), np.uint64).view(np.int64)
    return found


def _laid_out(plan: Plan, market_key: int, first: int, company: int, place: int, ends: Sequence[float]) -> Layout:
    """Write down one company's plan."""
    design = plan.phases[0][1]
    if design is not plan:
        design = replace(design, later=plan.phases[1:])
    layout = Layout(design, market_key, first, company, place, ends)
    layout.world |= accounts(layout)
    layout.lay_records()
    _journeys(layout)
    _desks(layout)
    layout.world |= {**_world(layout), **market(layout), **first_design(layout)}
    layout.world |= {w.PHASES: changes(layout), w.N_PHASES: len(plan.phases)}
    return layout


def _journeys(layout: Layout) -> None:
    """Write down laws, steps, journeys and rules, which are the same in all designs."""
    plan = layout.plan
    for i, (word, laws) in enumerate(zip(plan.law_words, plan.named_laws, strict=True)):
        layout.put(layout.a_named_law(i), (word, layout.visits[word], layout.law(laws)))
    for s in plan.steps:
        layout.put(layout.a_step(s.index), _step(layout, s))
    for i, j in enumerate(plan.journeys):
        entries = [n for step, past in j.entries for n in (layout.a_step(step), past)]
        layout.put(
            layout.a_journey(i),
            (
                i, layout.a_step(j.first), layout.a_step(j.void), layout.a_named_law(j.window),
                layout.a_step(j.window_to), j.survives_churn, _pairs(layout, j.milestones), len(j.milestones),
                sum(1 << n for n in j.asked), _pairs(layout, j.lapsing), len(j.lapsing), layout.row(entries),
                layout.a_step(j.rival_to),
            ),
        )  # fmt: skip
    for i, r in enumerate(plan.rules):
        layout.put(
            layout.a_rule(i),
            (
                CODES[r.name], r.word, layout.rows(r.reads), len(r.reads), layout.row(map(float, r.params)), r.draws,
                layout.row(r.writes), r.value is not None, r.rival,
            ),
        )  # fmt: skip


def _pairs(layout: Layout, milestones: Iterable[tuple[int, int]]) -> int:
    return layout.row(n for milestone, step in milestones for n in (milestone, layout.a_step(step)))


def _step(layout: Layout, s: PlanStep) -> tuple[float, ...]:
    return (
        s.index, s.word, layout.visits[s.word], s.verb, s.activity, layout.a_step(s.next), layout.a_step(s.left),
        layout.a_step(s.full), layout.a_named_law(s.patience), s.patience, s.room, layout.law(s.wait),
        layout.a_rule(s.rule), s.mark, layout.row(map(float, s.chances)), len(s.chances),
        layout.row(map(layout.a_step, s.targets)), layout.a_journey(s.child), s.child_wait, s.books, s.bills,
        s.customer, s.rests, s.asks, s.practice, s.adopts, s.drops, s.movable, s.journey,
    )  # fmt: skip


def _desks(layout: Layout) -> None:
    """Write down what of a role no design changes, and every seat."""
    plan = layout.plan
    outage = absorb(layout.key, word_of("outage"))
    for i, role in enumerate(plan.roles):
        at = layout.a_desk(i)
        facts = {
            w.D_INDEX: i,
            w.D_COMPANY: layout.company,
            w.D_PLACE: layout.place + i,
            w.D_WORD: role.word,
            w.D_CALENDAR: layout.calendars[role.calendar],
            w.D_WEEKLY: layout.calendars[role.calendar.without_holidays()],
            w.D_APPOINTS: i in layout.by_appointment,
            w.D_BOOK_PLACE: layout.booking.index(i) if i in layout.booking else -1,
            w.D_EARN_PLACE: layout.earning.index(i) if i in layout.earning else -1,
            w.D_OPEN_UNTIL: 1 << 62 if role.calendar.is_always else 0,
            w.D_SETTLED: True,
            w.D_ROSTER: 1,
            w.D_OUTAGE_KEY: absorb(outage, role.word),
        }
        for word, value in facts.items():
            layout.set(at + word, value)
    for i, seat in enumerate(plan.persons):
        layout.put(layout.a_seat(i), (seat.word, seat.number, layout.seat_key(i), layout.a_desk(seat.role), 0, 0))


def _folks(layout: Layout, p: PlanPeople) -> int:
    """Write down what people are like."""
    changes = len(layout.plan.phases) > 1
    grid = bool(p.quit_rate) or (changes and bool(p.trainer_ms_per_week))
    return layout.row(
        (
            p.respond, float(p.practice_exponent), float(p.practice_half_life_weeks), float(p.familiar_effort),
            float(p.familiar_defects), float(p.familiar_persuasion), float(p.half_tie), float(p.tie_half_life_weeks),
            float(p.juggling_per_case), float(p.juggling_cap), float(p.incentive_effort), float(p.sorting),
            p.sorted_at_start, float(p.leaving), p.near_ms, float(p.reach), float(p.hurried), float(p.concession),
            float(p.quit_rate), float(p.quit_overload), float(p.quit_reference_load), float(p.quit_change),
            float(p.quit_change_weeks), float(p.load_half_life_weeks), p.vacancy_weeks * WEEK_MS,
            float(p.hiring_pay_share), p.trainer_weeks * WEEK_MS, p.trainer_ms_per_week, float(p.ramp_median_weeks),
            float(p.ramp_sigma), float(p.ramp_start), float(p.follow), float(p.owner_tie_at_start),
            float(p.firm_tie_at_start), 1 if grid else -1,
        )
    )  # fmt: skip


def _world(layout: Layout) -> dict[int, float]:
    """Give the words of the company that are the same in all designs."""
    plan = layout.plan
    sources = [
        (
            absorb(layout.key, s.word), layout.a_journey(s.journey), layout.law([s.interarrival]),
            layout.law([s.first]), s.count, layout.marks(s.marks), len(s.marks), 0, 0,
        )
        for s in plan.sources
    ]  # fmt: skip
    registers = w.CASE_FIXED + len(layout.visits)
    deadlines = registers + len(plan.registers)
    clocks = deadlines + len(plan.named_laws)
    hands = clocks + len(plan.milestones)
    return {
        w.COMPANY: layout.company,
        w.COMPANY_WORD: company_word(layout.company),
        w.WHOSE: layout.company << w.COMPANY_SHIFT,
        w.CUSTOMER_HOURS: layout.calendars[plan.customer_hours],
        w.INSIDE: layout.room(len(plan.activities), 1),
        w.LUCK: plan.luck,
        w.VALUE: plan.value,
        w.TECHNICAL: plan.technical,
        w.GIVE_STEP: layout.a_step(plan.give_step),
        w.COMPLETE_STEP: layout.a_step(plan.complete_step),
        w.TRAIN_STEP: layout.a_step(plan.train_step),
        w.N_VISITS: len(layout.visits),
        w.REGISTERS: registers,
        w.N_REGISTERS: len(plan.registers),
        w.DEADLINES: deadlines,
        w.N_DEADLINES: len(plan.named_laws),
        w.CLOCKS: clocks,
        w.N_CLOCKS: len(plan.milestones),
        w.HANDS: hands,
        w.N_HANDS: len(layout.earning),
        w.N_SEGMENTS: len(plan.segments),
        w.CASE_SIZE: hands + len(layout.earning),
        w.DESKS: layout.desks,
        w.N_DESKS: len(plan.roles),
        w.SEATS: layout.seats,
        w.N_SEATS: len(plan.persons),
        w.FOLKS: _folks(layout, plan.people),
        w.PERSON_SIZE: layout.person_size,
        w.PRACTICED_AT: layout.practiced_at,
        w.N_ACTIVITIES: len(plan.activities),
        w.CALENDARS: layout.first_calendar,
        w.N_CALENDARS: len(layout.calendars),
        w.SOURCES: layout.rows(sources),
        w.N_SOURCES: len(sources),
        w.KEY: layout.key,
        w.RULES: layout.rules,
    }
