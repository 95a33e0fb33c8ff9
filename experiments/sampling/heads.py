"""Whether heads that are set are those that there are: a balanced design hires by its own rule."""

from __future__ import annotations

from sim.scenario import Problem, Scenario

BEFORE, AFTER = "org.roles.", ".headcount"


def unheeded(path: str, value: float, scenario: Scenario) -> Problem | None:
    """Find that heads were set and others hired.

    Parameters
    ----------
    path : str
        Of what was set, heads of a role or anything else.
    value : float
        To what.
    scenario : Scenario
        What came of it, staffed.

    Returns
    -------
    Problem or None
        None if the heads are there, or something else was set.
    """
    role = path.removeprefix(BEFORE).removesuffix(AFTER)
    if path != f"{BEFORE}{role}{AFTER}" or role not in scenario.org.roles:
        return None
    if scenario.org.roles[role].headcount == value:
        return None
    rule = f"{scenario.org.name} hires by its staffing, unless org.roles.{role}.fixed=true"
    return Problem(path, rule, f"{value:g}")
