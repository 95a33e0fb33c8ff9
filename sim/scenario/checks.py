"""Names that must exist, journeys that must end, work that somebody must be able to do."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from sim.rules import BRANCHES, EFFECTS, PARAMETERS
from sim.scenario.hours import ALWAYS
from sim.scenario.journey import KINDS, Journey, Step
from sim.scenario.market import Mark
from sim.scenario.part import EVERY
from sim.scenario.problems import Problem, nearest, shown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


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
    return [*_journeys(s), *_activities(s), *_org(s), *_market(s), *_sources(s)]


def known_marks(s: Scenario) -> set[str]:
    """Give the names of all marks any need may carry."""
    owned = [*(o.marks for o in s.market.recurring.values()), *(o.marks for o in s.source.values())]
    found = {name for marks in owned for name in marks}
    return found | set(s.market.needs.marks) if s.market.needs else found


def _unknown(path: str, name: str, what: str, known: Iterable[str]) -> Iterator[Problem]:
    known = list(known)
    if name not in known:
        yield Problem(path, f"no {what} of this name{nearest(name, known)}", shown(name))


def _journeys(s: Scenario) -> Iterator[Problem]:
    marks = known_marks(s)
    for name, journey in s.journey.items():
        at = f"journey.{name}"
        if journey.window is not None:
            yield from _unknown(f"{at}.window", journey.window, "law in market.laws", s.market.laws)
        if journey.window_to is not None:
            yield from _unknown(f"{at}.window_to", journey.window_to, "step", journey.steps)
        for step_name, step in journey.steps.items():
            yield from _step(s, f"{at}.steps.{step_name}", step, journey, marks)
        yield from _ends(at, journey)


def _step(s: Scenario, at: str, step: Step, journey: Journey, marks: set[str]) -> Iterator[Problem]:
    for key in ("left", "full", "then"):
        target = getattr(step, key)
        if target is not None:
            yield from _unknown(f"{at}.{key}", target, "step", journey.steps)
    for branch, target in (step.to or {}).items():
        yield from _unknown(f"{at}.to.{branch}", target, "step", journey.steps)
    if step.asks is not None:
        known = [s.activity[d].milestone or "" for d in (t.do for t in journey.steps.values()) if d in s.activity]
        yield from _unknown(f"{at}.asks", step.asks, "milestone of this journey's activities", [k for k in known if k])
    if step.do is not None:
        yield from _unknown(f"{at}.do", step.do, "activity", s.activity)
    if step.patience is not None:
        yield from _unknown(f"{at}.patience", step.patience, "law in market.laws", s.market.laws)
    if isinstance(step.wait, str):
        yield from _unknown(f"{at}.wait", step.wait, "law in market.laws", s.market.laws)
    if step.start is not None:
        yield from _unknown(f"{at}.start", step.start.journey, "journey", s.journey)
    if step.choose is not None:
        yield from _choice(at, step, marks)


def _choice(at: str, step: Step, marks: set[str]) -> Iterator[Problem]:
    branches: Iterable[str]
    if isinstance(step.choose, dict):
        total = math.fsum(step.choose.values())
        if abs(total - 1) > 1e-9:
            yield Problem(f"{at}.choose", "probabilities must sum to 1", f"{step.choose} with sum {total:g}")
        branches = step.choose
    elif step.choose in BRANCHES:
        branches = BRANCHES[step.choose].branches
    elif step.choose in marks:
        branches = ("yes", "no")
    else:
        yield from _unknown(f"{at}.choose", step.choose or "", "rule or mark", [*BRANCHES, *sorted(marks)])
        return
    given = step.to or {}
    for missing in (b for b in branches if b not in given):
        yield Problem(f"{at}.to", f"needs a step for branch '{missing}'", shown(given))
    for extra in (b for b in given if b not in branches):
        yield Problem(f"{at}.to.{extra}", f"'{step.choose}' has no such branch; it has: {', '.join(branches)}")


def successors(journey: Journey) -> dict[str, list[str]]:
    """Give the steps that may follow each step; None for falling off the end of the list.

    Parameters
    ----------
    journey : Journey
        Its targets need not exist.
    """
    names = list(journey.steps)
    found: dict[str, list[str]] = {}
    for i, (name, step) in enumerate(journey.steps.items()):
        if step.verb == "end":
            found[name] = []
        elif step.verb == "choose":
            found[name] = list((step.to or {}).values())
        else:
            after = step.then or (names[i + 1] if i + 1 < len(names) else "")
            found[name] = [after, *(t for t in (step.left, step.full) if t)]
    return found


def _ends(at: str, journey: Journey) -> Iterator[Problem]:
    after = successors(journey)
    for name, targets in after.items():
        if "" in targets:
            yield Problem(
                f"{at}.steps.{name}",
                "nothing follows this last step: end it, or name the next step with 'then'",
            )
    if not any(step.verb == "end" for step in journey.steps.values()):
        yield Problem(f"{at}", "a journey needs at least one step with 'end'", f"steps {', '.join(journey.steps)}")
    yield from _cycles(at, journey, after)
    if any(target and target not in journey.steps for targets in after.values() for target in targets):
        return
    reached = {next(iter(journey.steps)), *([journey.window_to] if journey.window_to else [])}
    frontier = list(reached)
    while frontier:
        new = [t for t in after.get(frontier.pop(), []) if t and t not in reached]
        reached.update(new)
        frontier += new
    for name in journey.steps:
        if name not in reached:
            yield Problem(f"{at}.steps.{name}", "no other step leads here")


def _cycles(at: str, journey: Journey, after: dict[str, list[str]]) -> Iterator[Problem]:
    """Find cycles along the ways a case must take, that is, not through a choose, a patience or a full room."""
    for start in journey.steps:
        seen, here = [start], start
        while journey.steps[here].verb not in ("choose", "end"):
            here = after[here][0]
            if here == start:
                yield Problem(f"{at}.steps.{start}", "a cycle without a choose never ends", " -> ".join([*seen, start]))
                return
            if here in seen or here not in journey.steps:
                break
            seen.append(here)


def _activities(s: Scenario) -> Iterator[Problem]:
    for name, activity in s.activity.items():
        at = f"activity.{name}"
        if activity.effect is not None:
            yield from _unknown(f"{at}.effect", activity.effect, "effect", EFFECTS)
        yield from _segments(s, f"{at}.effort_h", activity.effort_h)


def _segments(s: Scenario, at: str, values: Mapping[str, object]) -> Iterator[Problem]:
    """Check that every segment has a value and every key is a segment."""
    for key in values:
        if key != EVERY:
            yield from _unknown(f"{at}.{key}", key, "segment", s.market.segments)
    missing = [g for g in s.market.segments if g not in values and EVERY not in values]
    if missing:
        yield Problem(at, f"needs a value for {', '.join(missing)} (or '{EVERY}')", shown(list(values)))


def _org(s: Scenario) -> Iterator[Problem]:
    org, roles = s.org, s.org.roles
    for name, role in roles.items():
        if role.absence_days_per_year > 0 and role.hours == ALWAYS and not role.machine:
            rule = "people who are away on days need opening hours; 'always' has no days"
            yield Problem(f"org.roles.{name}.absence_days_per_year", rule, shown(role.absence_days_per_year))
        for group in ("speed", "quality"):
            for key in getattr(role, group):
                yield from _unknown(f"org.roles.{name}.{group}.{key}", key, "activity or kind", [*s.activity, *KINDS])
        for job, background in role.background.items():
            at = f"org.roles.{name}.background.{job}.activity"
            yield from _unknown(at, background.activity, "activity", s.activity)
    for name in org.books:
        yield from _unknown("org.books", name, "role", roles)
    for group, kinds in org.alike.items():
        for kind in kinds:
            yield from _unknown(f"org.alike.{group}", kind, "kind of activity", KINDS)
    for name in org.same_person:
        yield from _unknown("org.same_person", name, "activity", s.activity)
    for kind in org.setup_h:
        yield from _unknown(f"org.setup_h.{kind}", kind, "kind of activity", KINDS)
    for activity, lead_ins in org.before.items():
        yield from _unknown(f"org.before.{activity}", activity, "activity", s.activity)
        for key, lead_in in lead_ins.items():
            yield from _unknown(f"org.before.{activity}.{key}.do", lead_in.do, "activity", s.activity)
    yield from _who(s)


def _who(s: Scenario) -> Iterator[Problem]:
    roles = s.org.roles
    for activity, who in s.org.who.items():
        at = f"org.who.{activity}"
        yield from _unknown(at, activity, "activity", s.activity)
        named = [who.role] if who.role is not None else [*(who.by_segment or {}).values(), *(who.shares or {})]
        if who.by_segment is not None:
            yield from _segments(s, at, dict(who.by_segment))
        for role in named:
            if role not in roles:
                yield Problem(at, f"no role of this name{nearest(role, roles)}", shown(role))
            elif roles[role].headcount == 0:
                yield Problem(f"org.roles.{role}.headcount", f"nobody there to do '{activity}'", "0")
    used = {step.do for j in s.journey.values() for step in j.steps.values() if step.do in s.activity}
    for activity in sorted(a for a in used if a is not None and a not in s.org.who):
        yield Problem(f"org.who.{activity}", "nobody can do this activity: name a role")


def _marks(s: Scenario, at: str, marks: dict[str, Mark]) -> Iterator[Problem]:
    for name, mark in marks.items():
        if mark.by is not None and mark.by not in [m for m in list(marks)[: list(marks).index(name)]]:
            yield Problem(f"{at}.marks.{name}.by", "must be a yes/no mark listed before this one", shown(mark.by))
        for values in (mark.chance, mark.law):
            if values is not None:
                yield from _segments(s, f"{at}.marks.{name}", dict(values))


def _market(s: Scenario) -> Iterator[Problem]:
    m = s.market
    if m.needs is not None:
        yield from _unknown("market.needs.journey", m.needs.journey, "journey", s.journey)
        yield from _segments(s, "market.needs.per_account_per_year", dict(m.needs.per_account_per_year))
        yield from _marks(s, "market.needs", m.needs.marks)
        if m.needs.recorded is not None and m.needs.recorded.epochs_ms is None:
            yield Problem("market.needs.recorded", "the file has not been read: epochs_ms is missing")
        if m.needs.recorded is not None and not any(g.prospects for g in m.segments.values()):
            yield Problem("market.segments", "recorded needs must belong to prospects, and there are none")
    for name, stream in m.recurring.items():
        at = f"market.recurring.{name}"
        yield from _unknown(f"{at}.journey", stream.journey, "journey", s.journey)
        yield from _segments(s, f"{at}.per_account_per_year", dict(stream.per_account_per_year))
        yield from _marks(s, at, stream.marks)
    if m.churn is not None:
        yield from _segments(s, "market.churn.per_account_per_year", dict(m.churn.per_account_per_year))
    for name, trait in m.traits.items():
        yield from _segments(s, f"market.traits.{name}", dict(trait))
    for name, law in m.laws.items():
        yield from _segments(s, f"market.laws.{name}", dict(law))
    marks = known_marks(s)
    for name, expectation in m.expectations.items():
        if expectation.by is not None:
            yield from _unknown(f"market.expectations.{name}.by", expectation.by, "mark", sorted(marks))
    for rule, values in m.rules.items():
        yield from _unknown(f"market.rules.{rule}", rule, "rule", PARAMETERS)
        for key in values:
            yield from _unknown(f"market.rules.{rule}.{key}", key, "parameter", PARAMETERS.get(rule, {}))
    for segment, shares in m.channels.items():
        yield from _unknown(f"market.channels.{segment}", segment, "segment", [*m.segments, EVERY])
        if abs(math.fsum(shares.values()) - 1) > 1e-9 or set(shares) - {"person", "remote", "self"}:
            yield Problem(f"market.channels.{segment}", "shares of person, remote, self must sum to 1", shown(shares))


def _sources(s: Scenario) -> Iterator[Problem]:
    for name, source in s.source.items():
        yield from _unknown(f"source.{name}.journey", source.journey, "journey", s.journey)
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
