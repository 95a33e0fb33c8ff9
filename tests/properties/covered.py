"""A company without what the compiled engine does not know, and without no more than that."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from sim import Scenario, compiled
from sim.planning import plan_of

Data = dict[str, Any]


def roles_of(data: Data) -> Iterator[Data]:
    """Yield all roles of all designs."""
    for org in orgs_of(data):
        yield from org["roles"].values()


def orgs_of(data: Data) -> list[Data]:
    """Give all designs."""
    later = [change["org"] for change in data.get("changes", [])]
    return [data["org"], *([data["run_in"]] if data.get("run_in") else []), *later, *data.get("rivals", [])]


def without_changes(data: Data) -> None:
    data["changes"], data["run_in"] = [], None


def without_responses(data: Data) -> None:
    data["people"] = {}


def without_quitting(data: Data) -> None:
    data["people"] = {}
    for role in roles_of(data):
        role["quits_per_year"] = 0.0


def without_campaigns(data: Data) -> None:
    data["market"].pop("propositions", None)
    for org in orgs_of(data):
        org.pop("campaigns", None)


def without_calls(data: Data) -> None:
    for org in orgs_of(data):
        org.pop("calls", None)


def without_appointments(data: Data) -> None:
    for org in orgs_of(data):
        org["appointments"] = {}


def without_failures(data: Data) -> None:
    for role in roles_of(data):
        for key in ("outages", "cannot", "fallback"):
            role.pop(key, None)


def without_commission(data: Data) -> None:
    for role in roles_of(data):
        role.pop("commission", None)
        role.pop("quota", None)
        if role.get("dispatch") == "best_paid_first":
            role["dispatch"] = "first_come"


WITHOUT: dict[str, Callable[[Data], None]] = {
    "designs that change": without_changes,
    "people who respond": without_responses,
    "people who quit": without_quitting,
    "campaigns": without_campaigns,
    "calls": without_calls,
    "appointments": without_appointments,
    "machines that fail": without_failures,
    "commission and quotas": without_commission,
    "best_paid_first": without_commission,
}
"""How to take out what is not known, by the name that `sim.compiled.uncovered` gives it."""


def unknown(scenario: Scenario) -> list[str]:
    """Name what the compiled engine does not know."""
    return [name for company in scenario.companies for name in compiled.uncovered(plan_of(company))]


def covered(data: Data) -> Scenario | None:
    """Give the scenario, without what is not known; None if it would not be one, or nothing helps."""
    data = copy.deepcopy(data)
    scenario = Scenario.read(data)
    while names := unknown(scenario):
        if any(name not in WITHOUT for name in names):
            return None
        before = copy.deepcopy(data)
        for name in names:
            WITHOUT[name](data)
        if data == before:
            return None
        scenario = Scenario.read(data)
    return scenario
