"""A choice that says whether what reached a milestone was right."""

import copy

import pytest
import yaml

from sim import Scenario, ScenarioError
from sim.planning import plan_of

BAKERY = yaml.safe_load("""
journey:
  order:
    steps:
      bake: {do: bake}
      bring: {do: bring}
      right:
        choose: {burnt: 0.1, right: 0.9}
        judges: {milestone: delivery, right_if: right}
        to: {right: done, burnt: bake}
      done: {end: done}
  visit:
    steps:
      talk: {do: talk}
      pleased: {choose: sweet, judges: {milestone: talk, right_if: no}, to: {yes: done, no: done}}
      done: {end: done}
activity:
  bake: {kind: fulfillment, effort_h: 1}
  bring: {kind: fulfillment, effort_h: 0.5, milestone: delivery}
  talk: {kind: service, effort_h: 0.1, milestone: talk}
org: {roles: {baker: {headcount: 1}}, who: {bake: baker, bring: baker, talk: baker}}
source:
  hungry: {journey: order, interarrival_h: 8, marks: {sweet: {chance: 0.5}}}
  idle: {journey: visit, interarrival_h: 8}
run: {weeks: 1}
""")


def with_judgment(value) -> dict:
    """Give the bakery with another judgment of orders."""
    data = copy.deepcopy(BAKERY)
    data["journey"]["order"]["steps"]["right"]["judges"] = value
    return data


def problems(data: dict) -> list[str]:
    """Give everything that is wrong with a scenario."""
    with pytest.raises(ScenarioError) as error:
        Scenario.read(data)
    return [str(p) for p in error.value.problems]


def test_the_plan_knows_the_milestone_and_the_branch_by_name():
    plan = plan_of(Scenario.read(BAKERY))
    names = [milestone.name for milestone in plan.milestones]
    judges = {(plan.journeys[s.journey].name, s.name): s for s in plan.steps if s.judges >= 0}
    assert list(judges) == [("order", "right"), ("visit", "pleased")]
    order, visit = judges.values()
    # Of probabilities, branches stand in the order of `choose`, not of `to`; of a mark, yes is 0 and no is 1.
    assert (names[order.judges], order.right) == ("delivery", 1)
    assert plan.steps[order.targets[order.right]].name == "done"
    assert (names[visit.judges], visit.right) == ("talk", 1)


def test_branches_of_a_rule_stand_in_the_order_of_the_rule():
    data = copy.deepcopy(BAKERY)
    data["journey"]["order"]["steps"]["right"] |= {
        "choose": "delivers_right",
        "to": {"issue": "bake", "right": "done"},
    }
    plan = plan_of(Scenario.read(data))
    right = next(s for s in plan.steps if s.name == "right")
    assert right.right == 0
    assert plan.steps[right.targets[right.right]].name == "done"


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            {"milestone": "delivry", "right_if": "right"},
            "milestone: no milestone of this journey's activities of this name; did you mean 'delivery'? "
            "(got 'delivry')",
        ),
        (
            {"milestone": "talk", "right_if": "right"},
            "milestone: no milestone of this journey's activities of this name; known: delivery (got 'talk')",
        ),
        (
            {"milestone": "delivery", "right_if": "rigth"},
            "right_if: no branch of this name; did you mean 'right'? (got 'rigth')",
        ),
        ({"milestone": "delivery"}, "right_if: is needed and not given"),
        ({"milestone": "delivery", "right_if": 0}, "right_if: input should be a valid string (got 0)"),
        (
            {"milestone": "delivery", "right_if": "right", "wrong": "burnt"},
            "wrong: unknown name; known: milestone, right_if (got 'burnt')",
        ),
    ],
)
def test_a_wrong_judgment_is_told_with_path_rule_and_value(value, message):
    assert problems(with_judgment(value)) == [f"journey.order.steps.right.judges.{message}"]


def test_a_judgment_is_a_mapping():
    told = problems(with_judgment("delivery"))
    assert told == ["journey.order.steps.right.judges: must be a mapping (got 'delivery')"]


def test_only_a_choice_judges():
    data = copy.deepcopy(BAKERY)
    data["journey"]["order"]["steps"]["bring"]["judges"] = {"milestone": "delivery", "right_if": "right"}
    assert problems(data) == ["journey.order.steps.bring: 'judges' belongs to choose, not to do"]


def test_one_step_of_a_journey_judges_a_milestone():
    data = copy.deepcopy(BAKERY)
    steps = data["journey"]["order"]["steps"]
    data["journey"]["order"]["steps"] = {
        "bake": steps["bake"],
        "bring": steps["bring"],
        "seen": {**steps["right"], "to": {"right": "right", "burnt": "bake"}},
        "right": steps["right"],
        "done": steps["done"],
    }
    assert problems(data) == [
        "journey.order.steps.right.judges.milestone: step 'seen' judges this milestone; one step of a journey may "
        "(got 'delivery')"
    ]
