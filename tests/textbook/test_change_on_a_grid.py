"""One design takes over from another: derived by hand."""

import copy
import math

import pytest
from grid import DAY, OFFICE, WEEK, lines_of, scenario_of, visit, written
from test_turnover_on_a_grid import staffed

from sim import Scenario, ScenarioError, measure, simulate
from sim.engine import World
from sim.engine.change import take_over
from sim.planning import plan_of
from sim.trace import Trace

MOVES = ("start", "finish", "handoff", "join", "depart", "end")


def company(who, roles, week=None, after=None, arrive=9.0, effort=3.0, hours=2 * WEEK, **others):
    """One case, and a change in some week to other roles."""
    plain = scenario_of(
        {"visit": visit()}, {"visit": arrive}, {"serve": effort}, roles, hours=hours, who={"serve": who}, **others
    )
    if after is None:
        return plain
    data = written_out(plain)
    org = copy.deepcopy(data["org"])
    org["roles"] = {
        n: {"hours": "always", **(r if isinstance(r, dict) else {"headcount": r})} for n, r in after[1].items()
    }
    org["who"] = {"serve": {"role": after[0]}}
    data["changes"] = [{"week": week, "org": org}]
    return Scenario.read(data)


def written_out(scenario):
    """Give the plain data of a scenario, as YAML would."""
    return scenario.model_dump(exclude_defaults=True)


def test_queued_work_goes_where_the_new_design_sends_it_and_work_in_hand_is_finished():
    plain = scenario_of(
        {"visit": visit(), "other": visit()},
        {"visit": WEEK - 1, "other": WEEK - 0.5},
        {"serve": 3},
        {"clerk": 1, "expert": 1},
        hours=2 * WEEK,
    )
    data = written_out(plain)
    data["changes"] = [{"week": 1.0, "org": {**data["org"], "who": {"serve": {"role": "expert"}}}}]
    assert lines_of(simulate(Scenario.read(data)), MOVES) == written(
        f"""
        {WEEK - 1} visit start service clerk/1 3h
        {WEEK} other start service expert/1 3h         # waited for the clerk until the change
        {WEEK + 2} visit finish service clerk/1 3h
        {WEEK + 2} visit end out
        {WEEK + 3} other finish service expert/1 3h
        {WEEK + 3} other end out
        """
    )


def test_posts_that_are_gone_are_left_when_the_task_in_hand_is_done():
    scenario = company("clerk", {"clerk": 2, "expert": 1}, 1.0, ("expert", {"clerk": 0, "expert": 1}), arrive=WEEK - 1)
    assert lines_of(simulate(scenario), MOVES) == written(
        f"""
        {WEEK - 1} visit start service clerk/1 3h
        {WEEK} - depart clerk/2 dismissed
        {WEEK + 2} visit finish service clerk/1 3h
        {WEEK + 2} visit end out
        {WEEK + 2} - depart clerk/1 dismissed          # who was still there when the case ended
        """
    )


def test_people_of_one_pool_move_to_another_role_and_take_their_seat_along():
    before = {"clerk": {"headcount": 2, "pool": "desk"}, "expert": {"headcount": 0, "pool": "desk"}}
    after = {"clerk": {"headcount": 1, "pool": "desk"}, "expert": {"headcount": 1, "pool": "desk"}}
    scenario = company("clerk", before, 1.0, ("expert", after), arrive=WEEK + 1)
    assert lines_of(simulate(scenario), MOVES) == written(
        f"""
        {WEEK} - depart clerk/2 moved
        {WEEK} - join clerk/2
        {WEEK + 1} visit start service clerk/2 3h
        {WEEK + 4} visit finish service clerk/2 3h
        {WEEK + 4} visit end out
        """
    )


def test_appointments_with_who_moves_are_off_and_made_anew():
    before = {"clerk": {"headcount": 1, "pool": "desk"}, "expert": {"headcount": 0, "pool": "desk"}}
    after = {"clerk": {"headcount": 0, "pool": "desk"}, "expert": {"headcount": 1, "pool": "desk"}}
    slots = {"serve": {"slot_h": 4.0, "notice_h": 2.0}}
    scenario = company("clerk", before, 1.0, ("expert", after), arrive=WEEK - 1, appointments=slots)
    assert lines_of(simulate(scenario), ("reserve", "release", "join", "start", "end")) == written(
        f"""
        {WEEK - 1} visit reserve service clerk/1 for {WEEK + 4}
        {WEEK} - join clerk/1
        {WEEK} visit release service clerk/1 since {WEEK - 1}
        {WEEK} visit reserve service clerk/1 for {WEEK + 4}
        {WEEK + 4} visit start service clerk/1 3h
        {WEEK + 7} visit end out
        """
    )


def test_who_moves_is_a_newcomer_to_the_work():
    people = {"hiring": {"ramp_median_weeks": 2.0, "ramp_start": 0.5}}
    before = {"clerk": {"headcount": 1, "pool": "desk"}, "expert": {"headcount": 0, "pool": "desk"}}
    after = {"clerk": {"headcount": 0, "pool": "desk"}, "expert": {"headcount": 1, "pool": "desk"}}
    scenario = company("clerk", before, 1.0, ("expert", after), arrive=WEEK, people=people)
    assert lines_of(simulate(scenario), ("finish",)) == [f"{WEEK + 6} visit finish service clerk/1 6h"]


def test_new_posts_are_filled_at_once_at_a_price():
    roles = {"clerk": {"headcount": 1, "pay_usd": 40_000.0}}
    scenario = company(
        "clerk",
        roles,
        1.0,
        ("clerk", {"clerk": {"headcount": 3, "pay_usd": 40_000.0}}),
        people={"hiring": {"pay_share": 0.5}},
        hours=52 * WEEK,
    )
    trace = simulate(scenario)
    assert lines_of(trace, ("join",)) == [f"{WEEK} - join clerk/2", f"{WEEK} - join clerk/3"]
    measures = measure(trace, scenario)
    assert measures["money.hiring_usd_per_year"].value == 2 * 20_000.0
    assert measures["money.pay_usd_per_year"].value == pytest.approx(40_000 * (1 / 52 + 3 * 51 / 52))


def test_a_run_in_under_another_design_ends_with_the_warm_up():
    plain = scenario_of({"visit": visit()}, {"visit": 1}, {"serve": 3}, {"clerk": 1, "expert": 1}, hours=WEEK)
    data = written_out(plain)
    data["run_in"] = {**data["org"], "who": {"serve": {"role": "expert"}}}
    data["run"] = {"weeks": 1.0, "warmup_weeks": 1.0}
    data["source"]["visit"] |= {"count": 2, "interarrival_h": float(WEEK)}
    assert lines_of(simulate(Scenario.read(data)), ("start",)) == written(
        f"""
        1 visit start service expert/1 3h
        {WEEK + 1} visit start service clerk/1 3h
        """
    )


def test_a_design_that_is_replaced_at_the_instant_at_which_it_begins_leaves_no_work_behind():
    paper = {"paper": {"activity": "file", "hours_per_week": 4, "block_h": 1.0}}
    plain = scenario_of(
        {"visit": visit()},
        {"visit": 9},
        {"serve": 3, "file": {"kind": "administration", "effort_h": 1}},
        {"clerk": {"headcount": 1, "hours": "always", "background": paper}},
    )
    data = written_out(plain)
    idle = copy.deepcopy(data["org"])
    del idle["roles"]["clerk"]["background"]
    assert len(lines_of(simulate(plain), ("start",))) > 1
    data["changes"] = [{"week": 0.0, "org": idle}]
    assert lines_of(simulate(Scenario.read(data)), ("start",)) == written("9 visit start service clerk/1 3h")


def test_a_change_to_the_same_design_changes_nothing():
    plain = scenario_of(
        {"visit": visit(), "other": visit(patience="patience", left="gone") | {"gone": {"end": "gone"}}},
        {},
        {
            "serve": {"kind": "service", "effort_h": {"exponential": {"mean": 2.0}}},
            "file": {"kind": "administration", "effort_h": 1},
        },
        {"clerk": staffed(2, background={"paper": {"activity": "file", "hours_per_week": 9, "block_h": 0.5}})},
        hours=6 * WEEK,
        market={"laws": {"patience": {"exponential": {"mean": 20.0}}}},
    )
    data = written_out(plain)
    data["source"] = {
        name: {"journey": name, "interarrival_h": {"exponential": {"mean": 8.0}}} for name in ("visit", "other")
    }
    same = simulate(Scenario.read(data)).table.to_pylist()
    data["changes"] = [{"week": 2.0, "org": data["org"]}, {"week": 3.5, "org": data["org"]}]
    assert simulate(Scenario.read(data)).table.to_pylist() == same


def test_a_role_keeps_its_hours_through_a_run():
    data = written_out(company("clerk", {"clerk": 1}))
    other = copy.deepcopy(data["org"])
    other["roles"]["clerk"]["hours"] = OFFICE
    with pytest.raises(ScenarioError, match=r"changes\.0\.org\.roles\.clerk\.hours: a role keeps its hours"):
        Scenario.read({**data, "changes": [{"week": 1.0, "org": other}]})


def test_a_role_that_comes_later_keeps_the_hours_with_which_it_came():
    data = written_out(company("clerk", {"clerk": 1}))
    designs = [copy.deepcopy(data["org"]) for _ in range(2)]
    for design, hours in zip(designs, ("always", OFFICE), strict=True):
        design["roles"]["expert"] = {"headcount": 1, "hours": hours}
    changes = [{"week": float(week), "org": design} for week, design in enumerate(designs, 1)]
    with pytest.raises(
        ScenarioError, match=r"changes\.1\.org\.roles\.expert\.hours: .*in changes\.0\.org\.roles\.expert it is"
    ):
        Scenario.read({**data, "changes": changes})


def test_a_run_in_needs_a_warm_up_and_changes_an_order():
    data = written_out(company("clerk", {"clerk": 1}))
    with pytest.raises(ScenarioError, match=r"run\.warmup_weeks: a run-in needs time"):
        Scenario.read({**data, "run_in": data["org"]})
    twice = [{"week": 2.0, "org": data["org"]}, {"week": 1.0, "org": data["org"]}]
    with pytest.raises(ScenarioError, match="changes: must come in the order of their weeks"):
        Scenario.read({**data, "changes": twice})


def test_what_is_wrong_with_a_later_design_is_told_with_its_place():
    data = written_out(company("clerk", {"clerk": 1}))
    wrong = {**data["org"], "who": {"serve": {"role": "clrk"}}}
    with pytest.raises(ScenarioError, match=r"changes\.0\.org\.who\.serve: no role of this name; did you mean 'clerk'"):
        Scenario.read({**data, "changes": [{"week": 1.0, "org": wrong}]})


def test_people_keep_their_places_but_how_far_apart_they_are_is_the_new_designs():
    data = written_out(company("clerk", {"clerk": 2}))
    data["org"]["skill_sigma"] = 0.4
    data["changes"] = [{"week": 1.0, "org": {**data["org"], "skill_sigma": 0.1}}]
    plan = plan_of(Scenario.read(data))
    world = World(plan, 1, 0, Trace(plan))
    people = world.staff.people()
    before = [person.skill("service") for person in people]
    take_over(world, world.phases[1][1])
    after = [person.skill("service") for person in people]
    assert len(set(before)) == 2
    assert [math.log(skill) for skill in after] == pytest.approx([math.log(skill) / 4 for skill in before])


@pytest.mark.parametrize(("hours", "begins"), [(OFFICE, DAY + 9), ("always", DAY)])
def test_who_is_away_on_the_day_of_a_change_stays_away_that_day(hours, begins):
    """Away nearly every day as an expert; never as a clerk, but the change comes on Tuesday at noon."""
    clerk = {"hours": hours, "pool": "desk"}
    expert = {"hours": OFFICE, "pool": "desk", "absence_days_per_year": 259}
    before = {"clerk": {"headcount": 0, **clerk}, "expert": {"headcount": 1, **expert}}
    after = {"clerk": {"headcount": 1, **clerk}, "expert": {"headcount": 0, **expert}}
    at = WEEK + DAY + 12
    scenario = company("expert", before, at / WEEK, ("clerk", after), arrive=WEEK)
    assert lines_of(simulate(scenario), ("start",)) == [f"{WEEK + DAY + begins} visit start service expert/1 3h"]
