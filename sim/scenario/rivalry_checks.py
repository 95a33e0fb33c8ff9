"""Rivals: each must be a company that can work on this market, and there must be something to compete for."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.org_checks import org
from sim.scenario.outreach_checks import outreach
from sim.scenario.pay_checks import pay
from sim.scenario.problems import Problem, shown, unknown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def rivalry(s: Scenario) -> Iterator[Problem]:
    """Find what is wrong with the rivals of the design in question, and with how the market divides customers."""
    if not s.rivals:
        return
    terms = s.market.rivalry
    if terms.offer is not None:
        carried = {a.milestone for a in s.activity.values() if a.milestone}
        yield from unknown("market.rivalry.offer", terms.offer, "milestone of an activity", sorted(carried))
    if not s.market.segments:
        yield Problem("rivals", "nothing to compete for: the market has no accounts (market.segments)", _names(s))
    for i, design in enumerate(s.rivals):
        alone = s.model_copy(update={"org": design, "run_in": None, "changes": [], "rivals": []})
        for problem in (*org(alone), *outreach(alone), *pay(alone)):
            own = problem.path.startswith("org.")
            path = f"rivals.{i}" + problem.path.removeprefix("org") if own else problem.path
            yield Problem(path, problem.rule, problem.value)
    shares = terms.shares_at_start
    if shares and len(shares) != len(s.rivals) + 1:
        rule = f"one share for each company, the design in question first: {len(s.rivals) + 1} of them"
        yield Problem("market.rivalry.shares_at_start", rule, shown(shares))
    elif shares and abs(math.fsum(shares) - 1.0) > 1e-9:
        yield Problem("market.rivalry.shares_at_start", "must sum to 1", shown(shares))


def _names(s: Scenario) -> str:
    return ", ".join(design.name for design in s.rivals)
