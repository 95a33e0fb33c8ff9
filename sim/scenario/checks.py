"""Names that must exist, shares that must add up, work that somebody must be able to do."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.rules import BOUNDS, BRANCHES, EFFECTS, PARAMETERS
from sim.scenario.change_checks import changes
from sim.scenario.journey_checks import journeys
from sim.scenario.market import Mark
from sim.scenario.org_checks import org
from sim.scenario.outreach_checks import outreach
from sim.scenario.part import EVERY, of_segment
from sim.scenario.pay_checks import pay
from sim.scenario.problems import Problem, by_segment, shown, unknown
from sim.scenario.rivalry_checks import rivalry
from sim.worktime import HOUR_MS, WEEK_MS, YEAR_MS

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

MOST_NEEDS = 100_000_000
"""Of one stream in one run; more is sooner mistyped than meant."""


def check(s: Scenario) -> list[Problem]:
    """Find everything in a well-formed scenario that refers to nothing or can not work.

    Parameters
    ----------
    s : Scenario
        A scenario whose form is right.

    Returns
    -------
    list of Problem
        Empty if it can be run.
    """
    found = [*journeys(s, known_marks(s)), *_activities(s), *org(s), *outreach(s), *pay(s), *changes(s), *rivalry(s)]
    return [*found, *_market(s), *_how_many(s), *_sources(s)]


def known_marks(s: Scenario) -> set[str]:
    """Give the names of all marks any need may carry."""
    owned = [*(o.marks for o in s.market.recurring.values()), *(o.marks for o in s.source.values())]
    found = {name for marks in owned for name in marks}
    found |= set(s.market.account_marks)
    return found | set(s.market.needs.marks) if s.market.needs else found


def _activities(s: Scenario) -> Iterator[Problem]:
    for name, activity in s.activity.items():
        at = f"activity.{name}"
        if activity.effect is not None:
            yield from unknown(f"{at}.effect", activity.effect, "effect", EFFECTS)
        yield from by_segment(s.market.segments, f"{at}.effort_h", activity.effort_h)


def _marks(s: Scenario, at: str, marks: dict[str, Mark]) -> Iterator[Problem]:
    for name, mark in marks.items():
        if mark.by is not None and mark.by not in [m for m in list(marks)[: list(marks).index(name)]]:
            yield Problem(f"{at}.marks.{name}.by", "must be a yes/no mark listed before this one", shown(mark.by))
        for values in (mark.chance, mark.law):
            if values is not None:
                yield from by_segment(s.market.segments, f"{at}.marks.{name}", values)


def _market(s: Scenario) -> Iterator[Problem]:
    m = s.market
    if m.needs is not None:
        yield from unknown("market.needs.journey", m.needs.journey, "journey", s.journey)
        yield from by_segment(s.market.segments, "market.needs.per_account_per_year", m.needs.per_account_per_year)
        yield from _marks(s, "market.needs", m.needs.marks)
        if m.needs.recorded is not None and m.needs.recorded.epochs_ms is None:
            yield Problem("market.needs.recorded", "the file has not been read: epochs_ms is missing")
        if m.needs.recorded is not None and not any(g.prospects for g in m.segments.values()):
            yield Problem("market.segments", "recorded needs must belong to prospects, and there are none")
    for name, stream in m.recurring.items():
        at = f"market.recurring.{name}"
        yield from unknown(f"{at}.journey", stream.journey, "journey", s.journey)
        yield from by_segment(s.market.segments, f"{at}.per_account_per_year", stream.per_account_per_year)
        yield from _marks(s, at, stream.marks)
        if stream.practice is not None:
            yield from unknown(f"{at}.practice", stream.practice, "practice in market.practices", m.practices)
        for practice, journey in stream.by_practice.items():
            yield from unknown(f"{at}.by_practice.{practice}", practice, "practice in market.practices", m.practices)
            yield from unknown(f"{at}.by_practice.{practice}", journey, "journey", s.journey)
    yield from _account_properties(s)
    if m.churn is not None:
        yield from by_segment(s.market.segments, "market.churn.per_account_per_year", m.churn.per_account_per_year)
    for name, trait in m.traits.items():
        yield from by_segment(s.market.segments, f"market.traits.{name}", trait)
    for name, law in m.laws.items():
        yield from by_segment(s.market.segments, f"market.laws.{name}", law)
    marks = known_marks(s)
    for name, expectation in m.expectations.items():
        if expectation.by is not None:
            yield from unknown(f"market.expectations.{name}.by", expectation.by, "mark", sorted(marks))
    for rule, values in m.rules.items():
        yield from unknown(f"market.rules.{rule}", rule, "rule", PARAMETERS)
        for key, value in values.items():
            yield from unknown(f"market.rules.{rule}.{key}", key, "parameter", PARAMETERS.get(rule, {}))
            low, high = BOUNDS.get(rule, {}).get(key, (value, value))
            if not low <= value <= high:
                yield Problem(f"market.rules.{rule}.{key}", f"must be from {low:g} to {high:g}", shown(value))
    for segment, shares in m.channels.items():
        yield from unknown(f"market.channels.{segment}", segment, "segment", [*m.segments, EVERY])
        if abs(math.fsum(shares.values()) - 1) > 1e-9 or set(shares) - {"person", "remote", "self"}:
            yield Problem(f"market.channels.{segment}", "shares of person, remote, self must sum to 1", shown(shares))


def _account_properties(s: Scenario) -> Iterator[Problem]:
    """Check practices and marks of accounts, whose names must tell them from one another and from marks of needs."""
    m = s.market
    owned = [*(o.marks for o in m.recurring.values()), *(o.marks for o in s.source.values())]
    taken = {name for marks in owned for name in marks} | set(m.needs.marks if m.needs else ())
    for group, names in (("account_marks", m.account_marks), ("practices", m.practices)):
        for name in names:
            at = f"market.{group}.{name}"
            if name in taken or name in BRANCHES:
                yield Problem(at, "a mark or rule has this name already")
            taken.add(name)
    for name, chance in m.account_marks.items():
        yield from by_segment(m.segments, f"market.account_marks.{name}", chance)
    for name, practice in m.practices.items():
        yield from by_segment(m.segments, f"market.practices.{name}.eligible", practice.eligible)
        yield from by_segment(m.segments, f"market.practices.{name}.customers_at_start", practice.customers_at_start)


def _how_many(s: Scenario) -> Iterator[Problem]:
    """Find streams of which a run would never see the end."""
    m, hours = s.market, (s.run.warmup_weeks + s.run.weeks) * WEEK_MS / HOUR_MS
    streams = [
        (f"market.recurring.{name}", r.per_account_per_year, 1.0, "customers") for name, r in m.recurring.items()
    ]
    if m.needs is not None and m.needs.recorded is None:
        streams.append(("market.needs", m.needs.per_account_per_year, m.needs.rate, "prospects"))
    for at, rates, times, accounts in streams:
        known = {name: g for name, g in m.segments.items() if name in rates or EVERY in rates}
        per_year = times * sum(getattr(g, accounts) * of_segment(rates, name) for name, g in known.items())
        needs = per_year * hours * HOUR_MS / YEAR_MS
        if needs > MOST_NEEDS:
            yield Problem(f"{at}.per_account_per_year", f"more than {MOST_NEEDS:,} needs in one run", f"{needs:,.3g}")
    for name, source in s.source.items():
        mean_h = source.interarrival_h.build().mean
        if source.count is None and hours > MOST_NEEDS * mean_h > 0.0:
            yield Problem(
                f"source.{name}.interarrival_h", f"more than {MOST_NEEDS:,} arrivals in one run", f"mean {mean_h:g}"
            )


def _sources(s: Scenario) -> Iterator[Problem]:
    for name, source in s.source.items():
        yield from unknown(f"source.{name}.journey", source.journey, "journey", s.journey)
        yield from _marks(s, f"source.{name}", source.marks)
        if source.interarrival_h.build().mean <= 0 and source.count is None:
            yield Problem(f"source.{name}.interarrival_h", "must have a positive mean, or a count of arrivals")
    if (
        not s.source
        and not s.market.needs
        and not s.market.recurring
        and not any(r.background for r in s.org.roles.values())
    ):
        yield Problem("market", "nothing ever happens: no needs, no recurring streams, no source")
