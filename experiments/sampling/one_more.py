"""A design with one more person in a role, by which one tells which role limits it."""

from __future__ import annotations

from sim.scenario import Scenario
from sim.scenario.org import Org


def human_roles(scenario: Scenario) -> list[str]:
    """Give the roles that have people, machines left out."""
    return [name for name, role in scenario.org.roles.items() if role.headcount > 0 and not role.machine]


def with_one_more(scenario: Scenario, role: str) -> Scenario:
    """Give the scenario with one more person: the next number of the same pool, so that nobody else changes.

    Designs that follow later in the run have the person too, if they have the role. The run-in has not.
    """

    def more(org: Org) -> Org:
        if role not in org.roles:
            return org
        one = org.roles[role].model_copy(update={"headcount": org.roles[role].headcount + 1})
        return org.model_copy(update={"roles": {**org.roles, role: one}})

    changes = [change.model_copy(update={"org": more(change.org)}) for change in scenario.changes]
    return scenario.model_copy(update={"org": more(scenario.org), "changes": changes})
