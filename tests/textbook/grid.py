"""Small scenarios with all times on a grid, and their traces as text that can be derived by hand."""

from __future__ import annotations

import copy
from typing import Any

from sim import Scenario, simulate
from sim.trace import Trace
from sim.worktime import HOUR_MS

DAY, WEEK = 24, 168
OFFICE = {"mon-fri": "9-17"}
SERVED = ("start", "finish", "leave", "balk")
TOLD = ("start", "finish", "leave", "balk", "wait", "handoff", "setup", "end")


def scenario_of(
    journey: dict[str, Any],
    arrive: dict[str, float],
    activity: dict[str, Any],
    roles: dict[str, Any],
    hours: float = WEEK,
    **others: Any,
) -> Scenario:
    """Build a scenario in which one case of each journey of `arrive` arrives at its hour.

    Parameters
    ----------
    journey : dict
        Steps by journey. A window may be added as ``market["laws"]["window"]`` and ``window_to``, among the steps.
    arrive : dict
        Hours by journey; journeys not named here are started by others.
    activity : dict
        Hours of effort, or the whole description.
    roles : dict
        Heads, or the whole description, by role; by default always open.
    hours : float
        Horizon.
    others
        ``market``, ``people``, ``marks`` by journey, and parts of the org. By default the first role does everything.
    """
    market, people, marks = others.pop("market", {}), others.pop("people", {}), others.pop("marks", {})
    journeys = {}
    for name, steps in journey.items():
        plain = {k: v for k, v in steps.items() if k != "window_to"}
        window = {"window": "window", "window_to": steps["window_to"]} if "window_to" in steps else {}
        journeys[name] = {"steps": plain, **window}
    activities = {
        name: a if isinstance(a, dict) else {"kind": "service", "effort_h": a} for name, a in activity.items()
    }
    org = {
        "roles": {n: {"hours": "always", **(r if isinstance(r, dict) else {"headcount": r})} for n, r in roles.items()},
        "who": dict.fromkeys(activities, next(iter(roles))),
        **others,
    }
    source = {n: {"journey": n, "interarrival_h": 1.0, "first_h": float(h), "count": 1} for n, h in arrive.items()}
    for name, drawn in marks.items():
        source[name]["marks"] = drawn
    return Scenario.read(
        {
            "market": market,
            "journey": journeys,
            "activity": activities,
            "org": org,
            "people": people,
            "source": source,
            "run": {"weeks": hours / WEEK},
        }
    )


def changed(scenario: Scenario, who: dict[str, str] | None = None, **roles: Any) -> Trace:
    """Let other terms of roles hold from week 1 on, and other people do it; give the trace."""
    data = scenario.model_dump(exclude_defaults=True)
    return simulate(Scenario.read({**data, "changes": [{"week": 1.0, "org": after(data["org"], who, **roles)}]}))


def after(org: dict[str, Any], who: dict[str, str] | None = None, **roles: Any) -> dict[str, Any]:
    """Give a design with other terms of roles and other people who do it."""
    org = copy.deepcopy(org)
    for name, terms in roles.items():
        org["roles"][name] |= terms
    org["who"] |= {activity: {"role": role} for activity, role in (who or {}).items()}
    return org


def visit(**do):
    """Give the steps of one stop at the desk."""
    return {"service": {"do": "serve", **do}, "out": {"end": "served"}}


def patient(**do):
    """As `visit`, for somebody with patience."""
    return {**visit(**{"patience": "patience", "left": "gone", **do}), "gone": {"end": "gone"}}


def lines_of(trace: Trace, events: tuple[str, ...] = TOLD) -> list[str]:
    """Give a line per row: hour, journey of the case, event, step, then person and hours of work, if any."""
    names, lines = {None: "-"}, []
    for row in trace.table.to_pylist():
        if row["event"] == "begin":
            names[row["case"]] = row["journey"]
        if row["event"] in events:
            words = [f"{row['time_ms'] / HOUR_MS:g}", names[row["case"]], row["event"], row["step"]]
            if row["event"] in ("join", "depart"):
                words = [words[0], "-", row["event"], row["person"]]
                words += [("quit", "dismissed", "moved")[int(row["value"])]] if row["event"] == "depart" else []
            if row["event"] in ("start", "finish", "stop", "handoff", "setup"):
                words += [row["person"], f"{row['value'] / HOUR_MS:g}h"]
            if row["event"] == "reserve":
                words += [row["person"], "for", f"{row['value'] / HOUR_MS:g}"]
            if row["event"] in ("missed_appointment", "release"):
                words += [row["person"], f"since {row['since_ms'] / HOUR_MS:g}"]
            if row["event"] in ("pay", "pull"):
                words += [row["person"], f"{row['value']:g}usd"]
            if row["event"] == "push":
                words += [row["person"], f"{row['value'] / HOUR_MS:g}h"]
            if row["event"] in ("leave", "wait"):
                words += ["since", f"{row['since_ms'] / HOUR_MS:g}"]
            lines.append(" ".join(words))
    return lines


def happened(*args: Any, events: tuple[str, ...] = TOLD, seed: int = 1, **kwargs: Any) -> list[str]:
    """Run `scenario_of` and give its `lines_of`."""
    return lines_of(simulate(scenario_of(*args, **kwargs), seed=seed), events)


def written(text: str) -> list[str]:
    """Give the lines of a derivation, without what stands after a #."""
    lines = (" ".join(line.partition("#")[0].split()) for line in text.splitlines())
    return [line for line in lines if line]
