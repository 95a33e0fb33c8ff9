"""Kits that go back to a giver who has left in the meantime, moves or is busy: derived by hand."""

from grid import WEEK, after, changed, lines_of, scenario_of, written

from sim import Scenario, simulate

RELAY = {"draft": {"do": "draft"}, "check": {"do": "check"}, "out": {"end": "sent"}}
UNREADABLE = {"across_roles": {"taker_h": 1.0, "complete": 0.0}, "return_h": 1.0}
"""An hour of reading shows that an hour of the giver's is missing."""


def test_the_kit_of_who_left_while_it_was_read_is_completed_by_a_colleague():
    before = scenario_of(
        {"a": RELAY, "b": {"draft": {"do": "draft"}, "out": {"end": "sent"}}},
        {"b": WEEK - 1.5, "a": WEEK - 1.25},
        {"draft": 1.0, "check": 1.0},
        {"giver": 2, "taker": 1},
        hours=2 * WEEK,
        who={"draft": "giver", "check": "taker"},
        handoff=UNREADABLE,
    )
    assert lines_of(changed(before, giver={"headcount": 1}), ("start", "finish", "depart", "end")) == written(
        f"""
        {WEEK - 1.5} b start draft giver/1 1h
        {WEEK - 1.25} a start draft giver/2 1h
        {WEEK - 0.5} b finish draft giver/1 1h
        {WEEK - 0.5} b end out
        {WEEK - 0.25} a finish draft giver/2 1h
        {WEEK - 0.25} a start check taker/1 1h
        {WEEK} - depart giver/2 dismissed
        {WEEK + 0.75} a finish check taker/1 1h
        {WEEK + 0.75} a start complete_kit giver/1 1h
        {WEEK + 1.75} a finish complete_kit giver/1 1h
        {WEEK + 1.75} a start check taker/1 1h
        {WEEK + 2.75} a finish check taker/1 1h
        {WEEK + 2.75} a end out
        """
    )


def test_without_colleagues_whoever_needs_the_kit_completes_it():
    before = scenario_of(
        {"a": RELAY},
        {"a": WEEK - 1.25},
        {"draft": 1.0, "check": 1.0},
        {"giver": 1, "taker": 1},
        hours=2 * WEEK,
        who={"draft": "giver", "check": "taker"},
        handoff=UNREADABLE,
    )
    trace = changed(before, who={"draft": "taker"}, giver={"headcount": 0})
    assert lines_of(trace, ("start", "depart", "end")) == written(
        f"""
        {WEEK - 1.25} a start draft giver/1 1h
        {WEEK - 0.25} a start check taker/1 1h
        {WEEK} - depart giver/1 dismissed
        {WEEK + 0.75} a start complete_kit taker/1 1h
        {WEEK + 1.75} a start check taker/1 1h
        {WEEK + 2.75} a end out
        """
    )


def test_a_kit_for_colleagues_who_are_gone_too_goes_to_whoever_needs_it():
    # giver/2 is dismissed while the taker reads; giver/1 is busy until after the change that leaves no giver.
    week_2 = 2 * WEEK
    before = scenario_of(
        {"a": RELAY, "b": {"long": {"do": "long"}, "out": {"end": "sent"}}},
        {"b": WEEK - 1.5, "a": WEEK - 1.25},
        {"draft": 1.0, "check": 1.0, "long": WEEK + 4.0},
        {"giver": 2, "taker": 1},
        hours=3 * WEEK,
        who={"draft": "giver", "check": "taker", "long": "giver"},
        handoff=UNREADABLE,
    )
    data = before.model_dump(exclude_defaults=True)
    fewer = after(data["org"], giver={"headcount": 1})
    none = after(data["org"], {"draft": "taker", "long": "taker"}, giver={"headcount": 0})
    changes = [{"week": 1.0, "org": fewer}, {"week": 2.0, "org": none}]
    trace = simulate(Scenario.read({**data, "changes": changes}))
    assert lines_of(trace, ("start", "depart", "end")) == written(
        f"""
        {WEEK - 1.5} b start long giver/1 172h
        {WEEK - 1.25} a start draft giver/2 1h
        {WEEK - 0.25} a start check taker/1 1h
        {WEEK} - depart giver/2 dismissed
        {week_2} a start complete_kit taker/1 1h
        {week_2 + 1} a start check taker/1 1h
        {week_2 + 2} a end out
        {week_2 + 2.5} b end out
        {week_2 + 2.5} - depart giver/1 dismissed
        """
    )


def test_no_patience_runs_while_a_kit_waits_for_its_giver_whatever_design_holds():
    # The giver drafts b until 1.75 h into the week; from 0 on by another dispatch rule, by which a's kit queues anew.
    # Patience, an hour, is over when it is complete, but the taker is free, and so a is served.
    patient = {**RELAY, "check": {"do": "check", "patience": "patience", "left": "gone"}, "gone": {"end": "gone"}}
    before = scenario_of(
        {"a": patient, "b": {"long": {"do": "long"}, "out": {"end": "sent"}}},
        {"a": WEEK - 3, "b": WEEK - 2.5},
        {"draft": 1.0, "long": 3.75, "check": 1.0},
        {"giver": 1, "taker": 1},
        hours=2 * WEEK,
        who={"draft": "giver", "long": "giver", "check": "taker"},
        handoff=UNREADABLE,
        market={"laws": {"patience": 1.0}},
    )
    trace = changed(before, giver={"dispatch": "priority"})
    assert lines_of(trace, ("start", "leave", "end")) == written(
        f"""
        {WEEK - 3} a start draft giver/1 1h
        {WEEK - 2} b start long giver/1 3.75h
        {WEEK - 2} a start check taker/1 1h
        {WEEK + 1.75} b end out
        {WEEK + 1.75} a start complete_kit giver/1 1h
        {WEEK + 2.75} a start check taker/1 1h
        {WEEK + 3.75} a end out
        """
    )


def test_another_dispatch_rule_leaves_the_kit_with_its_giver():
    # As before, with a colleague who has nothing to do.
    before = scenario_of(
        {"a": RELAY, "b": {"long": {"do": "long"}, "out": {"end": "sent"}}},
        {"a": WEEK - 3, "b": WEEK - 2.5},
        {"draft": 1.0, "long": 3.5, "check": 1.0},
        {"giver": 2, "taker": 1},
        hours=2 * WEEK,
        who={"draft": "giver", "long": "giver", "check": "taker"},
        handoff=UNREADABLE,
    )
    kits = [
        line
        for line in lines_of(changed(before, giver={"dispatch": "priority"}), ("start",))
        if "complete_kit" in line or "draft" in line
    ]
    assert kits == [f"{WEEK - 3} a start draft giver/1 1h", f"{WEEK - 1} a start complete_kit giver/1 1h"]
