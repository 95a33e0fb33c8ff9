"""The compiled engine as whoever asks for it meets it: memory that grows, code from the cache, runs that cannot end."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

import sim.kpis
from experiments.answers.difference import first_difference, rows_of
from experiments.composing.compose import compose
from sim import Scenario, compiled, measure, simulate
from sim.compiled import engine as door
from sim.compiled import loop
from sim.compiled.cache import LOOP
from sim.plan import PlanRule
from sim.planning import plan_of
from sim.run_error import RunError
from sim.trace import BLOCK_ROWS

ROOT = Path(__file__).resolve().parents[2]
BOTH = ("simpy", "compiled")
CIRCLE = {
    "journey": {"a": {"steps": {"s": {"do": "serve", "patience": "none", "left": "s"}, "out": {"end": "done"}}}},
    "activity": {"serve": {"kind": "service", "effort_h": 2.0}},
    "org": {"roles": {"desk": {"headcount": 1, "hours": "always"}}, "who": {"serve": "desk"}},
    "market": {"laws": {"none": 0.0}},
    "source": {"c": {"journey": "a", "interarrival_h": 1.0, "first_h": 0.0, "count": 3}},
    "run": {"weeks": 1},
}


def goldens():
    return sorted((ROOT / "tests" / "golden").glob("*.yaml"))


@pytest.mark.parametrize("path", goldens(), ids=lambda path: path.stem)
def test_golden_scenarios_have_the_same_rows_and_measures(path):
    scenario = Scenario.read(yaml.safe_load(path.read_text(encoding="utf-8")))
    one, other = (simulate(scenario, seed=7, engine=engine) for engine in BOTH)
    assert first_difference(BOTH, (one, other)) is None
    assert len(rows_of(one).time_ms) > 10
    assert repr(measure(one, scenario)) == repr(measure(other, scenario))


def test_rows_are_folded_in_whole_blocks_with_their_places_event_by_event(monkeypatch):
    events = []

    class Cut:
        def __init__(self, plan):
            pass

        def add(self, block, places):
            assert np.array_equal(places, np.argsort(block.event, kind="stable"))
            events.append(block.event.copy())

        def result(self):
            return {}

        def cohorts(self):
            return {}

    scenario = compose(["+experiment=textbook/mm4", "run.weeks=24"])
    kept = simulate(scenario, engine="compiled")
    monkeypatch.setattr(sim.kpis, "Fold", Cut)
    monkeypatch.setattr(door, "_ROWS", 2 * BLOCK_ROWS)
    folded = simulate(scenario, engine="compiled", trace=False)
    assert np.array_equal(np.concatenate(events), rows_of(kept).event)
    assert len(events) > 2
    assert all(len(event) == BLOCK_ROWS for event in events[:-1])
    with pytest.raises(ValueError, match="the rows were not kept"):
        next(folded.blocks())


@pytest.mark.parametrize(("name", "room"), [("_WORDS", 64), ("_EVENTS", 2), ("_ROWS", 8)])
def test_a_run_that_begins_with_hardly_any_room_is_the_same(monkeypatch, name, room):
    scenario = compose(["+experiment=textbook/erlang_a", "run.weeks=0.6"])
    before = simulate(scenario, engine="compiled")
    assert len(rows_of(before).time_ms) > 2 * BLOCK_ROWS
    monkeypatch.setattr(door, name, room)
    assert first_difference(("much room", "little"), (before, simulate(scenario, engine="compiled"))) is None
    measures = measure(simulate(scenario, engine="compiled", trace=False), scenario)
    assert repr(measures) == repr(measure(before, scenario))


@pytest.mark.parametrize(("name", "room"), [("_WORDS", 64), ("_EVENTS", 2), ("_ROWS", 2 * BLOCK_ROWS)])
def test_companies_that_begin_with_hardly_any_room_are_the_same(monkeypatch, name, room):
    scenario = compose(["org=traditional", "rivals=[traditional,growth_only]", "run.weeks=8"])
    before = simulate(scenario, engine="compiled")
    companies = (before, *before.rivals)
    assert len(before.rivals) == 2
    for company in companies:
        sizes = [len(block.time_ms) for block in company.blocks()]
        assert len(sizes) > 1
        assert set(sizes[:-1]) == {BLOCK_ROWS}
    monkeypatch.setattr(door, name, room)
    after = simulate(scenario, engine="compiled")
    for pair in zip(companies, (after, *after.rivals), strict=True):
        assert first_difference(("much room", "little"), pair) is None


def test_a_case_that_goes_in_circles_is_told_alike():
    told = []
    for engine in BOTH:
        with pytest.raises(RunError) as error:
            simulate(Scenario.read(CIRCLE), engine=engine)
        told.append(str(error.value))
    assert told == ["journey.a.steps.s: visited more than 1000 times by one case"] * 2


def test_another_process_loads_what_this_one_has_and_is_told_of_circles_by_it():
    """The exceptions of compiled code are of the classes that Python knows, also where the code was not compiled."""
    compiled.prepare()
    assert compiled.can_keep(), "this test needs a folder to write to"
    program = f"""
from sim import Scenario, compiled, simulate
from sim.run_error import RunError
assert compiled.is_ready()
try:
    simulate(Scenario.read({CIRCLE!r}), engine="compiled")
except RunError as error:
    print(error)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stderr == "", "it was compiled again"
    assert done.stdout == "journey.a.steps.s: visited more than 1000 times by one case\n"


def test_the_names_of_what_is_not_known_are_told_by_plan():
    plan = plan_of(compose(["+experiment=textbook/mm4"]))
    assert compiled.uncovered(plan) == []
    unheard_of = PlanRule("guess", 0, lambda: (0,), (), (), False, (), 1)
    assert compiled.uncovered(replace(plan, rules=(*plan.rules, unheard_of))) == ["rules"]


def test_what_can_be_told_without_the_compiler_does_not_load_it():
    compiled.prepare()
    program = """
import sys
from experiments.composing.compose import compose
from sim import compiled
from sim.choice import chosen
from sim.planning import plan_of
plan = plan_of(compose(["+experiment=textbook/mm4"]))
print(chosen("auto", [plan], 1e9).engine, compiled.is_ready(), "numba" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "compiled True False\n"
    assert loop.run.name == LOOP
