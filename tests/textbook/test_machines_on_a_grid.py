"""Machines: what they can not do, and when they are out; derived by hand on a grid of hours."""

from itertools import pairwise

from grid import happened, scenario_of, written

from sim import simulate
from sim.trace import Event
from sim.worktime import HOUR_MS

WORK = ("start", "finish", "handoff", "cannot", "leave", "end")
ORDER = {"take": {"do": "take"}, "enter": {"do": "enter"}, "out": {"end": "taken"}}


def ordered(cannot, journey=ORDER, arrive=None, **org):
    """Case a: taken and entered by the portal, half an hour each; what it can not do takes the clerk an hour."""
    machine = {"headcount": 2, "machine": True, "speed": {"service": 2.0}, "cannot": cannot, "fallback": "clerk"}
    others = {"who": {"take": "portal", "enter": "portal", "serve": "clerk"}, **org}
    return happened(
        {"a": journey, "b": {"s": {"do": "serve"}, "out": {"end": "done"}}},
        arrive or {"a": 0},
        {"take": 1.0, "enter": 1.0, "serve": 3.0},
        {"portal": machine, "clerk": 2},
        events=WORK,
        **others,
    )


def test_what_it_can_do_it_does():
    assert ordered({"take": 0.0}) == written("""
        0    a start  take  portal/1 0.5h
        0.5  a finish take  portal/1 0.5h
        0.5  a start  enter portal/2 0.5h
        1    a finish enter portal/2 0.5h
        1    a end    out
    """)


def test_what_it_can_not_do_falls_to_people_with_the_rest_of_the_case():
    # The attempt takes the customer its time; the clerk reads what there is, and keeps the case.
    assert ordered(
        {"take": 1.0}, handoff={"across_roles": {"giver_h": 9.0, "taker_h": 0.25, "complete": 0.0}}
    ) == written(
        """
        0    a start   take  portal/1 0.5h
        0.5  a finish  take  portal/1 0.5h
        0.5  a cannot  take
        0.5  a handoff take  clerk/1  0.25h
        0.5  a start   take  clerk/1  1.25h
        1.75 a finish  take  clerk/1  1.25h
        1.75 a start   enter clerk/2  1h      # the same role, not the same person: within-role terms cost nothing
        2.75 a finish  enter clerk/2  1h
        2.75 a end     out
    """
    )


def test_without_friction_it_falls_all_the_same():
    assert ordered({"enter": 1.0}) == written("""
        0    a start  take  portal/1 0.5h
        0.5  a finish take  portal/1 0.5h
        0.5  a start  enter portal/2 0.5h
        1    a finish enter portal/2 0.5h
        1    a cannot enter
        1    a start  enter clerk/1  1h
        2    a finish enter clerk/1  1h
        2    a end    out
    """)


def test_patience_goes_on_while_the_case_falls():
    # Patience of 2 h, which the attempt does not stop; the only clerk is busy until 3.
    patient = {
        "take": {"do": "take", "patience": "patience", "left": "gone"},
        "out": {"end": "taken"},
        "gone": {"end": "gone"},
    }
    lines = ordered({"take": 1.0}, patient, {"b": 0, "a": 0}, market={"laws": {"patience": 2.0}}, books=[])
    assert lines[-1] != "2 a end gone"  # two clerks: nobody leaves
    one_clerk = happened(
        {"a": patient, "b": {"s": {"do": "serve"}, "out": {"end": "done"}}},
        {"b": 0, "a": 0},
        {"take": 1.0, "serve": 3.0},
        {"portal": {"headcount": 1, "machine": True, "cannot": {"take": 1.0}, "fallback": "clerk"}, "clerk": 1},
        who={"take": "portal", "serve": "clerk"},
        market={"laws": {"patience": 2.0}},
        events=("cannot", "leave", "end"),
    )
    assert one_clerk == written("""
        1  a cannot take
        2  a leave  take since 1
        2  a end    gone
        3  b end    out
    """)


def test_the_same_cases_fall_whatever_the_machine_is_called_and_however_fast_it_is():
    def fell(name, speed):
        machine = {"headcount": 3, "machine": True, "speed": {"service": speed}, "cannot": {"take": 0.3}}
        scenario = scenario_of(
            {"a": {"take": {"do": "take"}, "out": {"end": "taken"}}},
            {"a": 0},
            {"take": 1.0},
            {name: {**machine, "fallback": "clerk"}, "clerk": 3},
        )
        many = scenario.source["a"].model_copy(update={"count": 100})
        rows = simulate(scenario.model_copy(update={"source": {"a": many}})).table.to_pylist()
        return {row["case"] for row in rows if row["event"] == "cannot"}

    first = fell("portal", 1.0)
    assert 15 < len(first) < 45
    assert first == fell("kiosk", 7.0)


def test_new_work_waits_for_the_end_of_an_outage_and_work_in_hand_is_finished():
    # An arrival each hour, 0.6 h of work; outages of about three hours, one in ten.
    machine = {"headcount": 1, "machine": True, "outages": {"every_h": 10.0, "length_h": 3.0}}
    scenario = scenario_of(
        {"a": {"s": {"do": "serve"}, "out": {"end": "done"}}}, {"a": 0}, {"serve": 0.6}, {"robot": machine}
    )
    hourly = scenario.source["a"].model_copy(update={"count": 160})
    rows = simulate(scenario.model_copy(update={"source": {"a": hourly}})).table.to_pylist()
    outages = [(r["since_ms"], r["time_ms"]) for r in rows if r["event"] == "outage"]
    starts = [r for r in rows if r["event"] == "start"]
    assert len(outages) > 5
    assert all(a[1] <= b[0] for a, b in pairwise(outages))
    for begin, end in outages:
        assert not [r for r in starts if begin <= r["time_ms"] < end]
    overtaken = [r for r in rows if r["event"] == "finish" and any(a < r["time_ms"] < b for a, b in outages)]
    assert overtaken and all(r["time_ms"] - r["since_ms"] == 0.6 * HOUR_MS for r in overtaken)
    # Whoever came during an outage, with nobody before, starts as it ends.
    waited = [r for r in starts if any(a < r["since_ms"] < b for a, b in outages)]
    assert {r["time_ms"] for r in waited} & {b for _, b in outages}


def test_an_outage_that_outlasts_the_run_is_written_down_at_its_end():
    machine = {"headcount": 1, "machine": True, "outages": {"every_h": 10.0, "length_h": 1e4}}
    scenario = scenario_of(
        {"a": {"s": {"do": "serve"}, "out": {"end": "done"}}}, {"a": 100}, {"serve": 1.0}, {"robot": machine}
    )
    rows = simulate(scenario).table.to_pylist()
    (outage,) = [r for r in rows if r["event"] == Event.OUTAGE.name.lower()]
    assert outage["time_ms"] == 168 * HOUR_MS
    assert 0 < outage["since_ms"] < 100 * HOUR_MS
    assert [r["event"] for r in rows if r["event"] in ("start", "open_task")] == ["open_task"]


def test_only_those_travel_whom_the_design_sends():
    # Calls by phone and visits on site are one activity of two roles.
    visit = {"fix": {"do": "fix"}, "out": {"end": "fixed"}}
    for who, lines in (("phone", "0 a start fix phone/1 1h"), ("field", "0 a start drive field/1 2h")):
        found = happened(
            {"a": visit},
            {"a": 0},
            {"fix": 1.0, "drive": {"kind": "travel", "effort_h": 2.0}},
            {"phone": 1, "field": {"headcount": 1, "channel": "person"}},
            who={"fix": who},
            before={"fix": {"trip": {"do": "drive", "roles": ["field"]}}},
            events=("start",),
        )
        assert found[0] == lines
        assert len(found) == (1 if who == "phone" else 2)


def met(machine, **more):
    """Give what happens to an appointment of an hour with the clerk, which the portal books in half an hour."""
    return happened(
        {"a": {"take": {"do": "take"}, "meet": {"do": "meet"}, "out": {"end": "met"}}},
        {"a": 0},
        {"take": 1.0, "meet": 1.0, "book_appointment": 0.5},
        {"portal": {"headcount": 1, "machine": True, "cannot": machine, "fallback": "clerk"}, "clerk": 1},
        who={"take": "portal", "meet": "clerk"},
        appointments={"meet": {"slot_h": 1.0, "booked_by": "portal"}},
        events=("start", "cannot", "reserve", "end"),
    )


def test_what_fell_to_people_is_booked_by_people():
    assert met({"take": 1.0}) == written("""
        0   a start   take portal/1 1h
        1   a cannot  take
        1   a start   take clerk/1 1h
        2   a start   book_appointment clerk/1 0.5h
        2.5 a reserve meet clerk/1 for 3
        3   a start   meet clerk/1 1h
        4   a end     out
    """)


def test_a_machine_that_can_not_book_leaves_that_to_people():
    assert met({"book_appointment": 1.0}) == written("""
        0   a start   take portal/1 1h
        1   a start   book_appointment portal/1 0.5h
        1.5 a cannot  book_appointment
        1.5 a start   book_appointment clerk/1 0.5h
        2   a reserve meet clerk/1 for 2
        2   a start   meet clerk/1 1h
        3   a end     out
    """)
