"""Work in hand while people leave or move and customers go: what of it counts, and what becomes of the case."""

import copy

from grid import DAY, OFFICE, WEEK, happened, lines_of, scenario_of, visit, written

from sim import Scenario, simulate
from sim.worktime import HOUR_MS

CERTAIN = 1e9
"""Quits or departures a year with which everybody goes at the first Monday that asks."""
RELAY = {"draft": {"do": "draft"}, "check": {"do": "check"}, "out": {"end": "sent"}}
UNREADABLE = {"across_roles": {"taker_h": 1.0, "complete": 0.0}, "return_h": 1.0}
"""An hour of reading shows that an hour of the giver's is missing."""
MOVES = ("start", "finish", "leave", "pay", "join", "depart", "end")


def changed(scenario, who=None, **roles):
    """Let other terms of roles hold from week 1 on, and other people do it; give the trace."""
    data = scenario.model_dump(exclude_defaults=True)
    return simulate(Scenario.read({**data, "changes": [{"week": 1.0, "org": after(data["org"], who, **roles)}]}))


def after(org, who=None, **roles):
    """Give a design with other terms of roles and other people who do it."""
    org = copy.deepcopy(org)
    for name, terms in roles.items():
        org["roles"][name] |= terms
    org["who"] |= {activity: {"role": role} for activity, role in (who or {}).items()}
    return org


# -- whoever moves to another role


def moved(steps, arrive, **more):
    """Give the trace of a clerk who becomes an expert at the end of the task that is in hand when week 1 begins."""
    pool = {"pool": "desk", "speed": {"serve": 1.0}}
    roles = {
        "clerk": {"headcount": 1, "commission": {"deal": 0.1}, **pool},
        "expert": {"headcount": 0, "commission": {"deal": 0.5}, **pool},
        "filer": 1,
    }
    before = scenario_of(
        {"deal": steps},
        {"deal": arrive},
        {"serve": {"kind": "service", "effort_h": 3.0, "milestone": "answer"}, "file": 1.0},
        roles,
        hours=2 * WEEK,
        marks={"deal": {"value": {"law": 1000.0}}},
        who={"serve": "clerk", "file": "filer"},
        **more,
    )
    return changed(before, who={"serve": "expert"}, clerk={"headcount": 0}, expert={"headcount": 1})


def test_what_was_done_in_the_old_role_counts_for_the_old_role():
    trace = moved({"serve": {"do": "serve"}, "done": {"end": "done", "books": True}}, WEEK - 1)
    assert lines_of(trace, MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} deal pay done clerk/1 100usd    # .1 of 1,000: the clerk's rate, not the expert's half
        {WEEK + 2} deal end done
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        """
    )
    rows = trace.table.to_pylist()
    assert {row["role"] for row in rows if row["event"] in ("start", "finish", "milestone", "pay")} == {"clerk"}
    assert [row["role"] for row in rows if row["event"] in ("depart", "join")] == ["clerk", "expert"]


def test_who_has_left_the_role_is_paid_nothing_when_the_case_is_booked_later():
    steps = {"serve": {"do": "serve"}, "file": {"do": "file"}, "done": {"end": "done", "books": True}}
    assert lines_of(moved(steps, WEEK - 1), MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        {WEEK + 2} deal start file filer/1 1h
        {WEEK + 3} deal finish file filer/1 1h     # no clerk is there any more, and no expert worked on it
        {WEEK + 3} deal end done
        """
    )


def test_a_case_goes_along_with_whoever_must_go_on_with_it():
    # The second hour of service would have been the same clerk's; the design that holds gives it to an expert.
    steps = {"serve": {"do": "serve"}, "again": {"do": "serve"}, "done": {"end": "done", "books": True}}
    assert lines_of(moved(steps, WEEK - 1, same_person=["serve"]), MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        {WEEK + 2} deal start again clerk/1 3h
        {WEEK + 5} deal finish again clerk/1 3h
        {WEEK + 5} deal pay done clerk/1 500usd    # as the expert of now, and not as the clerk of then as well
        {WEEK + 5} deal end done
        """
    )


def test_who_was_away_in_the_old_role_is_there_in_the_new_one():
    # Away on every day of the office, which is never asked again in a role that never closes.
    steps = {"serve": {"do": "serve"}, "again": {"do": "serve"}, "done": {"end": "done"}}
    before = scenario_of(
        {"deal": steps},
        {"deal": WEEK - 10},
        {"serve": 3.0},
        {
            "clerk": {"headcount": 1, "pool": "desk", "hours": OFFICE, "absence_days_per_year": 259.9999},
            "expert": {"headcount": 0, "pool": "desk"},
        },
        hours=2 * WEEK,
        same_person=["serve"],
    )
    trace = changed(before, who={"serve": "expert"}, clerk={"headcount": 0}, expert={"headcount": 1})
    assert lines_of(trace, ("start", "end")) == written(
        f"""
        {WEEK} deal start serve clerk/1 3h
        {WEEK + 3} deal start again clerk/1 3h
        {WEEK + 6} deal end done
        """
    )


# -- kits whose giver leaves, or waits


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


# -- cases that were over while somebody still worked for them


def test_what_is_broken_off_does_not_go_back_to_a_queue_after_the_window():
    # The window of 3 h passes on Friday at 18, with the customer at the desk until the shift ended at 17; the clerk
    # does not come back on Monday.
    steps = {**visit(), "lost": {"end": "lost"}, "window_to": "lost"}
    found = happened(
        {"visit": steps},
        {"visit": 4 * DAY + 15},
        {"serve": {"kind": "service", "effort_h": 3.0, "customer_present": True}},
        {"clerk": {"headcount": 1, "hours": OFFICE, "quits_per_year": CERTAIN}},
        hours=3 * WEEK,
        people={"turnover": {"rate": 1.0}, "hiring": {"vacancy_weeks": 1}},
        market={"laws": {"window": 3.0}},
        events=("start", "stop", "finish", "leave", "depart", "end"),
    )
    assert found == written(
        f"""
        {4 * DAY + 15} visit start service clerk/1 3h
        {WEEK} visit stop service clerk/1 2h
        {WEEK} - depart clerk/1 quit
        {WEEK} visit end lost
        """
    )


def test_what_is_broken_off_ends_if_the_account_follows_the_leaver():
    # Work of 100 h, which no week holds; the only customer is tied to nobody but the clerk, who leaves on Monday.
    scenario = scenario_of(
        {"visit": visit()},
        {},
        {"serve": 100.0},
        {"clerk": {"headcount": 1, "hours": OFFICE, "quits_per_year": CERTAIN}},
        hours=2 * WEEK,
        books=["clerk"],
        market={
            "segments": {"all": {"customers": 1}},
            "recurring": {"need": {"journey": "visit", "per_account_per_year": 104, "pattern": "regular"}},
        },
        people={
            "turnover": {"rate": 1.0},
            "hiring": {"vacancy_weeks": 1},
            "ties": {"follow": 1.0, "owner_at_start": 1, "firm_at_start": 0},
        },
    )
    rows = [row for row in simulate(scenario).table.to_pylist() if row["time_ms"] == WEEK * HOUR_MS]
    (stopped,) = [row["case"] for row in rows if row["event"] == "stop"]
    found = [(row["event"], row["step"]) for row in rows if row["event"] == "churn" or row["case"] == stopped]
    assert found == [("stop", "service"), ("churn", None), ("end", "void")]
