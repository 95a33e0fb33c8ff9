"""Designs that follow one another in a run: each must be one that can work, and roles must stay what they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from sim.scenario.org import Org, Role
from sim.scenario.org_checks import org
from sim.scenario.outreach_checks import outreach
from sim.scenario.problems import Problem, shown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario

KEPT = ("hours", "closed_days", "machine", "absence_days_per_year", "pool", "id")
"""What a role of the same name keeps through all changes of a run."""


def changes(s: Scenario) -> Iterator[Problem]:
    """Find what is wrong with the designs before and after the one in question."""
    others = [(f"changes.{i}.org", change.org) for i, change in enumerate(s.changes)]
    if s.run_in is not None:
        others.insert(0, ("run_in", s.run_in))
        if s.run.warmup_weeks <= 0:
            yield Problem(
                "run.warmup_weeks",
                "a run-in needs time: it lasts as long as the warm-up; run_in=null starts without",
                "0",
            )
    known = {name: ("org", role) for name, role in s.org.roles.items()}
    for at, design in others:
        then = s.model_copy(update={"org": design})
        for problem in (*org(then), *outreach(then)):
            path = at + problem.path.removeprefix("org") if problem.path.startswith("org.") else problem.path
            yield Problem(path, problem.rule, problem.value)
        yield from _stays_what_it_is(at, known, design)
        known = {name: (at, role) for name, role in design.roles.items()} | known
    for i, change in enumerate(s.changes):
        if change.week >= s.run.weeks:
            yield Problem(
                f"changes.{i}.week", f"must come before the run ends, after {s.run.weeks:g} weeks", shown(change.week)
            )
    weeks = [change.week for change in s.changes]
    if any(later <= before for before, later in pairwise(weeks)):
        yield Problem("changes", "must come in the order of their weeks, one at a time", shown(weeks))


def _stays_what_it_is(at: str, known: dict[str, tuple[str, Role]], design: Org) -> Iterator[Problem]:
    """Hold the roles of a design against those of the same name in the first design that has them."""
    for name in known.keys() & design.roles.keys():
        where, first = known[name]
        for key in KEPT:
            before, after = getattr(first, key), getattr(design.roles[name], key)
            if before != after:
                rule = f"a role keeps its {key} through a run (in {where}.roles.{name} it is {shown(before)})"
                yield Problem(f"{at}.roles.{name}.{key}", rule, shown(after))
