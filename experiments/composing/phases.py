"""Designs named in a question, put in place of their names: the run-in's, those that follow, and those of rivals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sim.scenario import Problem
from sim.scenario.problems import nearest, shown
from sim.scenario.rivalry import MOST_RIVALS

Data = dict[str, Any]


def with_designs(described: Data, known: list[str], org_of: Callable[[str], Data]) -> tuple[Data, list[Problem]]:
    """Give a description whose `run_in`, `changes` and `rivals` hold designs instead of names of designs.

    Parameters
    ----------
    described : dict
        Plain data of a scenario.
    known : list of str
        Names of the designs there are.
    org_of : callable
        Gives the data of a design by its name.

    Returns
    -------
    described : dict
        Without what could not be put in place.
    problems : list of Problem
        What is wrong with the names and how they are given.
    """
    problems: list[Problem] = []

    def design(at: str, name: Any) -> Data | None:
        if isinstance(name, str) and name in known:
            return org_of(name)
        hint = nearest(name, known) if isinstance(name, str) else ""
        problems.append(Problem(at, f"must be the name of a design{hint}", shown(name)))
        return None

    found = dict(described)
    name = found.pop("run_in", None)
    if name is not None and (org := design("run_in", name)) is not None:
        found["run_in"] = org
    names = found.pop("rivals", None) or []
    if isinstance(names, str):
        names = [names]
    if not isinstance(names, list):
        problems.append(Problem("rivals", "must be a list of names, as in rivals=[growth_only]", shown(names)))
        names = []
    if len(names) > MOST_RIVALS:
        problems.append(Problem("rivals", f"at most {MOST_RIVALS} of them", shown(names)))
        names = []
    rivals = [design(f"rivals.{i}", name) for i, name in enumerate(names)]
    found["rivals"] = [org for org in rivals if org is not None]
    given = found.pop("changes", None) or []
    if not isinstance(given, list) or not all(isinstance(c, dict) and c.keys() == {"week", "design"} for c in given):
        rule = "must be a list of {week, design}, as in changes=[{week: 26, design: persuasion_only}]"
        problems.append(Problem("changes", rule, shown(given)))
        return found, problems
    orgs = [(change["week"], design(f"changes.{i}.design", change["design"])) for i, change in enumerate(given)]
    found["changes"] = [{"week": week, "org": org} for week, org in orgs if org is not None]
    return found, problems


def run_in_told_once(problems: list[Problem]) -> list[Problem]:
    """Make one problem of all that the design of the run-in has, which may be there by default only.

    Where other things are wrong it is not told: what is wrong with the design in question is often the reason.
    """
    own = [p for p in problems if p.path.startswith("run_in.")]
    others = [p for p in problems if p not in own]
    if others or not own:
        return others
    first, more = own[0], f" and {len(own) - 1} more like it" if len(own) > 1 else ""
    rule = f"this design can not come before the one in question: {first.path.removeprefix('run_in.')}: {first.rule}"
    return [Problem("run_in", f"{rule}{more}; run_in=null lets each design start by itself", first.value)]
