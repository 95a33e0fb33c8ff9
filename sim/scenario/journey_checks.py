"""Journeys that lead somewhere: steps that must exist, choices with a way for each branch, walks that must end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sim.rules import BRANCHES
from sim.scenario.journey import Journey, Step
from sim.scenario.problems import Problem, shown, unknown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def journeys(s: Scenario, marks: set[str]) -> Iterator[Problem]:
    """Find what is wrong with the journeys of a well-formed scenario.

    Parameters
    ----------
    s : Scenario
        A scenario whose form is right.
    marks : set of str
        All marks any need may carry.

    Yields
    ------
    Problem
        By journey, in the order of their steps.
    """
    for name, journey in s.journey.items():
        at = f"journey.{name}"
        if journey.window is not None:
            yield from unknown(f"{at}.window", journey.window, "law in market.laws", s.market.laws)
        if journey.window_to is not None:
            yield from unknown(f"{at}.window_to", journey.window_to, "step", journey.steps)
        for origin, entry in journey.entry.items():
            yield from unknown(f"{at}.entry.{origin}", entry, "step", journey.steps)
        for step_name, step in journey.steps.items():
            yield from _step(s, f"{at}.steps.{step_name}", step, journey, marks)
        yield from _judgments(s, at, journey)
        yield from _ends(at, journey)
    yield from _endless_starts(s.journey)


def _step(s: Scenario, at: str, step: Step, journey: Journey, marks: set[str]) -> Iterator[Problem]:
    for key in ("left", "full", "then"):
        target = getattr(step, key)
        if target is not None:
            yield from unknown(f"{at}.{key}", target, "step", journey.steps)
    for branch, target in (step.to or {}).items():
        yield from unknown(f"{at}.to.{branch}", target, "step", journey.steps)
    if step.asks is not None:
        yield from _milestone(s, f"{at}.asks", step.asks, journey)
    if step.do is not None:
        yield from unknown(f"{at}.do", step.do, "activity", s.activity)
    if step.patience is not None:
        yield from unknown(f"{at}.patience", step.patience, "law in market.laws", s.market.laws)
    if isinstance(step.wait, str):
        yield from unknown(f"{at}.wait", step.wait, "law in market.laws", s.market.laws)
    if step.start is not None:
        yield from unknown(f"{at}.start", step.start.journey, "journey", s.journey)
    for key in ("adopts", "drops"):
        practice = getattr(step, key)
        if practice is not None:
            yield from unknown(f"{at}.{key}", practice, "practice in market.practices", s.market.practices)
    if step.choose is not None:
        yield from _choice(at, step, marks | s.market.practices.keys())


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
        yield from unknown(f"{at}.choose", step.choose or "", "rule, mark or practice", [*BRANCHES, *sorted(marks)])
        return
    given = step.to or {}
    for missing in (b for b in branches if b not in given):
        yield Problem(f"{at}.to", f"needs a step for branch '{missing}'", shown(given))
    for extra in (b for b in given if b not in branches):
        yield Problem(f"{at}.to.{extra}", f"'{step.choose}' has no such branch; it has: {', '.join(branches)}")


def _milestone(s: Scenario, at: str, name: str, journey: Journey) -> Iterator[Problem]:
    done = [s.activity[step.do] for step in journey.steps.values() if step.do in s.activity]
    yield from unknown(at, name, "milestone of this journey's activities", [a.milestone for a in done if a.milestone])


def _judgments(s: Scenario, at: str, journey: Journey) -> Iterator[Problem]:
    """Check what is judged, by which branch, and that no two steps may disagree."""
    judges: dict[str, str] = {}
    for name, step in journey.steps.items():
        if step.judges is None:
            continue
        here, milestone, right = f"{at}.steps.{name}.judges", step.judges.milestone, step.judges.right_if
        yield from _milestone(s, f"{here}.milestone", milestone, journey)
        yield from unknown(f"{here}.right_if", right, "branch", step.to or {})
        if judges.setdefault(milestone, name) != name:
            rule = f"step '{judges[milestone]}' judges this milestone; one step of a journey may"
            yield Problem(f"{here}.milestone", rule, shown(milestone))


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


def _endless_starts(known: dict[str, Journey]) -> Iterator[Problem]:
    """Find journeys that start one another along the ways a case must take."""
    starts = {name: _must_start(journey) for name, journey in known.items()}
    told: set[str] = set()
    for name in known:
        ways, reached = [[name]], {name}
        while ways:
            way = ways.pop()
            for step, target in starts.get(way[-1], {}).items():
                if target == name and not told & set(way):
                    at = f"journey.{way[-1]}.steps.{step}.start"
                    yield Problem(
                        at, "journeys that start one another without a choose never end", " -> ".join([*way, name])
                    )
                    told.update(way)
                elif target not in reached:
                    reached.add(target)
                    ways.append([*way, target])


def _must_start(journey: Journey) -> dict[str, str]:
    """Give the journeys that every case of a journey starts, by the step that does."""
    after, found, here, seen = successors(journey), {}, next(iter(journey.steps)), set()
    while here in journey.steps and here not in seen and journey.steps[here].verb not in ("choose", "end"):
        step = journey.steps[here]
        if step.start is not None:
            found[here] = step.start.journey
        seen.add(here)
        here = after[here][0]
    return found


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
