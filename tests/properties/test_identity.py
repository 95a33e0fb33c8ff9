"""Common random numbers by identity: an address of chance means one thing, and gives every design the same."""

import copy
import sys
from collections import defaultdict
from types import ModuleType

import pytest
from happenings import Happening, happenings, ran
from hypothesis import given
from small_companies import companies, few

from experiments import compose
from sim import Scenario, draws, simulate
from sim.engine import World
from sim.plan import CHOOSE, Plan
from sim.trace import Event


def readers() -> list[ModuleType]:
    """Give the modules that read uniforms."""
    found = [m for n, m in sys.modules.items() if n.startswith("sim.") and vars(m).get("uniform") is draws.uniform]
    assert sys.modules[World.__module__] in found
    return [m for m in found if m is not draws]


def addresses(monkeypatch: pytest.MonkeyPatch, scenario: Scenario) -> dict[int, tuple[str, float]]:
    """Give every address of chance used in a run with the place in the code that asked and the value read."""
    used: dict[int, tuple[str, float]] = {}

    def spy(key: int) -> float:
        code = sys._getframe(1).f_code
        value = draws.uniform(key)
        asked = (f"{code.co_filename}:{code.co_qualname}", value)
        assert used.setdefault(key, asked) == asked, f"one address, two meanings: {used[key]} and {asked}"
        return value

    with monkeypatch.context() as patch:
        for module in readers():
            patch.setattr(module, "uniform", spy)
        simulate(scenario)
    return used


def agree(one: dict[int, tuple[str, float]], other: dict[int, tuple[str, float]]) -> int:
    """Check that shared addresses mean the same and give the same; the number of them."""
    shared = one.keys() & other.keys()
    for key in shared:
        assert one[key] == other[key]
    return len(shared)


def test_addresses_shared_by_two_designs_of_a_small_company_agree(monkeypatch):
    @few
    @given(companies(market=True))
    def check(data):
        other = copy.deepcopy(data)
        for role in other["org"]["roles"].values():
            role["headcount"] += 1
        other["org"]["books"] = [] if data["org"]["books"] else [next(iter(data["org"]["roles"]))]
        other["org"]["name"] = "another"
        one = addresses(monkeypatch, Scenario.read(data))
        assert agree(one, addresses(monkeypatch, Scenario.read(other))) > 0

    check()


def shipped(design: str, *more: str) -> Scenario:
    """Give the base company under a design over a few weeks."""
    return compose([f"org={design}", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", *more])


def test_addresses_shared_by_the_shipped_designs_agree(monkeypatch):
    one = addresses(monkeypatch, shipped("traditional"))
    other = addresses(monkeypatch, shipped("persuasion_only"))
    assert agree(one, other) > 0.5 * min(len(one), len(other))


def luck_of(plan: Plan, rows: list[Happening]) -> dict[tuple, float]:
    """Give what cases were dealt, by what they are: value at stake, waits not cut short, branches taken by chance."""
    found: dict[tuple, float] = {}
    visits: dict[tuple, int] = defaultdict(int)
    for row in rows:
        if row.event is Event.BEGIN:
            found[row.case, "value"] = row.value
        elif row.event in (Event.WAIT, Event.CHOOSE):
            step = plan.steps[row.step]
            which = (row.case, step.name, visits[row.case, step.name])
            visits[row.case, step.name] += 1
            if row.event is Event.WAIT:
                found[which] = row.time - row.since
            elif step.verb == CHOOSE and (step.chances or step.mark >= 0):
                found[which] = row.value
    return found


def test_the_same_case_is_dealt_the_same_by_both_shipped_designs():
    """No window is short enough to cut a wait in so few weeks."""
    traces = [simulate(shipped(design), trace=True) for design in ("traditional", "persuasion_only")]
    one, other = (luck_of(t.plan, happenings(t)) for t in traces)
    shared = one.keys() & other.keys()
    assert {key[1] for key in shared} >= {"value", "qualified", "make"}
    assert len(shared) > 1_000
    assert [key for key in shared if one[key] != other[key]] == []


def test_needs_of_prospects_arise_at_the_same_instants_whatever_the_design():
    def needs(design: str) -> list[tuple[int, int]]:
        trace = simulate(shipped(design))
        return [(r.time, r.account) for r in happenings(trace) if r.event is Event.NEED]

    assert needs("traditional") == needs("persuasion_only") != []


def test_efforts_belong_to_the_case_not_to_who_does_the_work():
    """The same case takes the same hours at its n-th visit to an activity, whoever is there to do it."""

    def efforts(headcount: int, clerk: str) -> dict[tuple, float]:
        data = {
            "journey": {
                "visit": {
                    "steps": {
                        "first": {"do": "work"},
                        "way": {"choose": {"again": 0.5, "out": 0.5}, "to": {"again": "first", "out": "out"}},
                        "out": {"end": "out"},
                    }
                }
            },
            "activity": {"work": {"kind": "service", "effort_h": {"lognormal": {"mean": 3, "cv": 1}}}},
            "org": {"roles": {clerk: {"headcount": headcount}}, "who": {"work": clerk}},
            "source": {"people": {"journey": "visit", "interarrival_h": {"exponential": {"mean": 3}}}},
            "run": {"weeks": 4},
        }
        found, visits = {}, defaultdict(int)
        for row in ran(data)[1]:
            if row.event is Event.START:
                visits[row.case] += 1
                found[row.case, visits[row.case]] = row.value
        return found

    few_, many_ = efforts(2, "clerk"), efforts(5, "agent")
    shared = few_.keys() & many_.keys()
    assert len(shared) > 50
    assert all(few_[key] == many_[key] for key in shared)


def test_a_step_with_an_unlucky_name_does_not_share_the_luck_of_something_else(monkeypatch):
    """Steps may be called what the engine calls its own decisions."""
    names = ["who", "kit", "contact", "luck", "draft", "channel", "gap", "phase", "effort work", "law calm", "lead-in"]
    steps = {
        name: {"choose": {"on": 0.5, "off": 0.5}, "to": {"on": after, "off": after}}
        for name, after in zip(names, [*names[1:], "work"], strict=True)
    }
    steps |= {
        "work": {"do": "work", "patience": "calm", "left": "out"},
        "again": {"choose": {"go": 0.7, "stop": 0.3}, "to": {"go": "who", "stop": "convinced"}},
        "convinced": {"choose": "still_convinced", "to": {"yes": "out", "no": "out"}},
        "out": {"end": "out"},
    }
    terms = {"taker_h": 0.1, "complete": 0.5}
    data = {
        "journey": {"visit": {"steps": steps}},
        "activity": {
            "work": {"kind": "service", "effort_h": {"exponential": {"mean": 1}}, "effect": "draft"},
            "drive": {"kind": "travel", "effort_h": {"exponential": {"mean": 1}}},
        },
        "org": {
            "roles": {"one": {"headcount": 2}, "two": {"headcount": 2}},
            "who": {"work": {"shares": {"one": 0.5, "two": 0.5}}},
            "before": {"work": {"trip": {"do": "drive", "share": 0.5}}},
            "handoff": {"across_roles": terms, "within_role": terms, "return_h": 0.2},
        },
        "market": {"laws": {"calm": {"exponential": {"mean": 50}}}},
        "source": {"people": {"journey": "visit", "interarrival_h": {"exponential": {"mean": 2}}}},
        "run": {"weeks": 3},
    }
    assert len(addresses(monkeypatch, Scenario.read(data))) > 1_000
