"""The market as tables: traits, marks, streams and when needs arise."""

from __future__ import annotations

import math

from sim import plan as p
from sim.draws import word_of
from sim.laws import LAWS, Law, scaled
from sim.planning.names import Names, cumulative, ms
from sim.scenario.hours import Hours, intervals_of
from sim.scenario.market import CustomerPractice, Mark, Stream
from sim.scenario.part import EVERY
from sim.worktime import HOUR_MS, WEEK_MS, WEEKS_PER_YEAR


def trait_of(n: Names, name: str) -> tuple[Law, ...]:
    """Give the laws of a trait by segment; fixed at 0 if only a rule names it."""
    given = n.s.market.traits.get(name)
    if given is None:
        return (LAWS["deterministic"](0.0),) * len(n.segments)
    return tuple(spec.build() for spec in n.by_segment(given))


def channels_of(n: Names) -> tuple[tuple[float, ...], ...]:
    """Give the cumulative shares of channel preferences by segment."""
    given = n.s.market.channels
    if not given:
        return ((),) * len(n.segments)
    rows = [given.get(g) or given.get(EVERY) or {} for g in n.segments]
    return tuple(cumulative(tuple(r.get(c, 0.0) for c in ("person", "remote", "self"))) if r else () for r in rows)


def _marks(n: Names, marks: dict[str, Mark]) -> tuple[p.PlanMark, ...]:
    return tuple(_mark(n, name, mark) for name, mark in marks.items())


def _mark(n: Names, name: str, mark: Mark) -> p.PlanMark:
    laws: tuple[Law, ...] = ()
    if mark.law is not None:
        laws = tuple(spec.build() for spec in n.by_segment(mark.law))
    elif mark.yes is not None and mark.no is not None:
        laws = (mark.yes.build(), mark.no.build())
    return p.PlanMark(
        register=n.registers.index(name),
        word=word_of(f"mark {name}"),
        chance=n.by_segment(mark.chance) if mark.chance is not None else (),
        falls=mark.falls_with_contact,
        law=laws,
        by=n.registers.index(mark.by) if mark.by else -1,
    )


def expectation_of(n: Names, name: str) -> p.PlanExpectation:
    """Give what customers expect of a milestone."""
    e = n.s.market.expectations.get(name)
    if e is None:
        return p.PlanExpectation(name, -1, -1, -1, 0.0)
    yes = e.hours if e.hours is not None else e.yes_h
    no = e.hours if e.hours is not None else e.no_h
    business = e.clock == "business"
    return p.PlanExpectation(name, n.register(e.by), ms(yes or 0.0), ms(no or 0.0), e.weight, business, e.neglect)


def account_mark_of(n: Names, name: str, chance: dict[str, float]) -> p.PlanAccountMark:
    """Give a yes/no property of accounts."""
    return p.PlanAccountMark(name, n.registers.index(name), word_of(f"account mark {name}"), n.by_segment(chance))


def practice_of(n: Names, name: str, practice: CustomerPractice) -> p.PlanPractice:
    """Give what accounts may adopt, and whether the design offers it."""
    return p.PlanPractice(
        name=name,
        word=word_of(f"practice {name}"),
        eligible=n.by_segment(practice.eligible),
        at_start=n.by_segment(practice.customers_at_start),
        openness=practice.openness,
        offered=name in n.s.org.offers,
    )


def needs_of(n: Names) -> p.PlanStream | None:
    """Give the needs of prospects; None if the market has none."""
    needs = n.s.market.needs
    if needs is None:
        return None
    rate = tuple(r * needs.rate / WEEKS_PER_YEAR for r in n.by_segment(needs.per_account_per_year))
    journey = n.journeys.index(needs.journey)
    return p.PlanStream("needs", word_of("needs"), journey, rate, "random", 0.0, 1.0, _marks(n, needs.marks))


def response_of(n: Names) -> tuple[float, ...]:
    """Give the response to marketing money as `Plan.response` lists it; empty without prospects' needs."""
    if n.s.market.needs is None:
        return ()
    r = n.s.market.needs.response
    return (
        r.base_per_week,
        r.max_per_week,
        r.half_effect_usd,
        r.shape,
        r.carry_over_half_life_weeks,
        r.reference_per_week,
    )


def stream_of(n: Names, name: str, stream: Stream) -> p.PlanStream:
    """Give a recurring stream."""
    return p.PlanStream(
        name=name,
        word=word_of(f"stream {name}"),
        journey=n.journeys.index(stream.journey),
        rate_per_week=tuple(r / WEEKS_PER_YEAR for r in n.by_segment(stream.per_account_per_year)),
        pattern=stream.pattern,
        satisfaction_effect=stream.satisfaction_effect,
        first_year_share=stream.first_year_share,
        marks=_marks(n, stream.marks),
        practice=n.practices.index(stream.practice) if stream.practice else -1,
        variants=tuple((n.practices.index(p), n.journeys.index(j)) for p, j in stream.by_practice.items()),
    )


def sources_of(n: Names) -> tuple[p.PlanSource, ...]:
    """Give the sources of throw-away accounts."""
    return tuple(
        p.PlanSource(
            name=name,
            word=word_of(f"source {name}"),
            journey=n.journeys.index(source.journey),
            interarrival=scaled(source.interarrival_h.build(), HOUR_MS),
            first=scaled((source.first_h or source.interarrival_h).build(), HOUR_MS),
            count=source.count if source.count is not None else -1,
            marks=_marks(n, source.marks),
        )
        for name, source in n.s.source.items()
    )


def week_profile_of(weekdays: list[float], hours: Hours) -> tuple[float, ...]:
    """Give the cumulative share of a week's needs at the end of each hour."""
    intervals = intervals_of(hours) or [(day, 0.0, 24.0) for day in range(7)]
    weights = []
    for day in range(7):
        todays = [(a, b) for d, a, b in intervals if d == day] or [(0.0, 24.0)]
        inside = [sum(max(0.0, min(b, h + 1) - max(a, h)) for a, b in todays) for h in range(24)]
        weights += [weekdays[day] * w / sum(inside) for w in inside]
    total = math.fsum(weights)
    return cumulative(tuple(w / total for w in weights))


def rows_per_week(epochs_ms: tuple[int, ...]) -> float:
    """Rows a week over the span of the record."""
    span_weeks = (max(epochs_ms) - min(epochs_ms)) / WEEK_MS
    return len(epochs_ms) / max(span_weeks, 1.0 / 7.0)
