"""One plan for all replications of a scenario, and never that of another one."""

from sim.planning import plan_of
from sim.scenario import Scenario

DATA = {
    "journey": {"visit": {"steps": {"desk": {"do": "serve"}, "out": {"end": "served"}}}},
    "activity": {"serve": {"kind": "service", "effort_h": {"lognormal": {"mean": 0.5, "cv": 1.0}}}},
    "org": {"roles": {"server": {"headcount": 1, "hours": "always"}}, "who": {"serve": "server"}},
    "source": {"customers": {"journey": "visit", "interarrival_h": 1.0}},
    "run": {"weeks": 3},
}


def test_scenarios_that_say_the_same_share_a_plan():
    assert plan_of(Scenario.read(DATA)) is plan_of(Scenario.read(DATA))


def test_a_scenario_that_says_something_else_has_a_plan_of_its_own():
    scenario = Scenario.read(DATA)
    assert plan_of(scenario).horizon_ms == 3 * 7 * 24 * 3_600_000
    longer = scenario.model_copy(update={"run": scenario.run.model_copy(update={"weeks": 4.0})})
    assert plan_of(longer).horizon_ms == 4 * 7 * 24 * 3_600_000
    # What lies in a mapping can be changed in place, though nobody should.
    longer.activity["serve"] = longer.activity["serve"].model_copy(update={"priority": 7})
    assert plan_of(longer).activities[0].priority == 7
