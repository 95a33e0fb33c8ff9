"""When customers give up: patience, business hours, the decision window; derived by hand on a grid of hours."""

import pytest
from grid import DAY, happened, written

from sim.run_error import RunError

SERVED = ("start", "finish", "leave", "wait", "end")


def answered(greeting_counts, **second):
    """a keeps the desk busy until 3; b, with 2 h of patience, is greeted by a machine at 0 and waits from .5."""
    return happened(
        {
            "a": {"s": {"do": "serve"}, "out": {"end": "done"}},
            "b": {
                "greet": {"do": "greet", "patience": "patience", "left": "gone"},
                "answer": {"do": "answer", **second},
                "out": {"end": "done"},
                "gone": {"end": "gone"},
            },
        },
        {"a": 0, "b": 0},
        {
            "serve": 3.0,
            "greet": {"kind": "service", "effort_h": 0.5, "substantive": greeting_counts},
            "answer": 1.0,
        },
        {"desk": 1, "machine": {"headcount": 1, "machine": True}},
        who={"greet": "machine", "answer": "desk", "serve": "desk"},
        market={"laws": {"patience": 2.0}},
        events=("finish", "leave"),
    )


PATIENT = {"patience": "patience", "left": "gone"}


def test_an_answer_that_says_nothing_does_not_stop_the_clock():
    assert answered(False, **PATIENT) == written("""
        0.5  b finish greet  machine/1 0.5h
        2    b leave  answer since 0.5
        3    a finish s      desk/1 3h
    """)


def test_a_substantive_answer_stops_the_clock_and_the_next_wait_has_its_own():
    assert answered(True, **PATIENT) == written("""
        0.5  b finish greet  machine/1 0.5h
        2.5  b leave  answer since 0.5
        3    a finish s      desk/1 3h
    """)


@pytest.mark.parametrize("greeting_counts", [True, False])
def test_nobody_leaves_where_no_patience_is_declared(greeting_counts):
    assert answered(greeting_counts) == written("""
        0.5  b finish greet  machine/1 0.5h
        3    a finish s      desk/1 3h
        4    b finish answer desk/1 1h
    """)


def test_no_patience_at_all_is_enough_if_somebody_is_free():
    # Erlang's loss system: b comes as a is done and is served, c finds the desk taken and is gone.
    stop = {"s": {"do": "serve", **PATIENT}, "out": {"end": "done"}, "gone": {"end": "gone"}}
    assert happened(
        dict.fromkeys("abc", stop),
        {"a": 0, "b": 2, "c": 3},
        {"serve": 2.0},
        {"desk": 1},
        market={"laws": {"patience": 0.0}},
        events=("start", "leave"),
    ) == written("""
        0  a start s desk/1 2h
        2  b start s desk/1 2h
        3  c leave s since 3
    """)


def test_who_comes_back_has_patience_again():
    # b gives up at 1.5, sleeps over it for an hour, comes back at 2.5 and gives up at 3; the third time b is served.
    again = {"s": {"do": "serve", "patience": "patience", "left": "sulk"}, "out": {"end": "done"}}
    assert happened(
        {"a": {"s": {"do": "serve"}, "out": {"end": "done"}}, "b": {**again, "sulk": {"wait": 1.0, "then": "s"}}},
        {"a": 0, "b": 1},
        {"serve": 4.25},
        {"desk": 1},
        market={"laws": {"patience": 0.5}},
        events=("start", "leave"),
    ) == written("""
        0    a start s desk/1 4.25h
        1.5  b leave s since 1
        3    b leave s since 2.5
        4.25 b start s desk/1 4.25h
    """)


@pytest.mark.parametrize(
    "again",
    [
        {"patience": "patience", "left": "s"},  # out of patience, and back into the queue at once
        {"room": 1, "full": "s"},  # no place, and asks again at once
    ],
)
def test_who_turns_around_on_the_spot_does_not_turn_for_ever(again):
    stop = {"s": {"do": "serve", **again}, "out": {"end": "done"}}
    with pytest.raises(RunError, match=r"journey\.b\.steps\.s: visited more than 1000 times"):
        happened(
            {"a": stop, "b": stop}, {"a": 0, "b": 1}, {"serve": 2.0}, {"desk": 1}, market={"laws": {"patience": 0.0}}
        )


def test_patience_runs_in_the_customers_business_hours():
    # b comes at 17 on Monday with 2 h of patience: one until 18, one from 8 on Tuesday.
    stop = {"s": {"do": "serve"}, "out": {"end": "done"}}
    assert happened(
        {"a": stop, "b": {"s": {"do": "serve", **PATIENT}, "out": {"end": "done"}, "gone": {"end": "gone"}}},
        {"a": 0, "b": 17},
        {"serve": 100.0},
        {"desk": 1},
        market={"laws": {"patience": 2.0}, "customer_hours": {"mon-fri": "8-18"}},
        events=("leave",),
    ) == [f"{DAY + 9} b leave s since 17"]


def decides(steps, *, window=3.0, meet=1.0, build=1.0, busy=5.0, who=None, **org):
    """a keeps the desk busy; b must have an offer within the window; `meet` needs the customer, `build` does not."""
    return happened(
        {"a": {"s": {"do": "serve"}, "out": {"end": "done"}}, "b": {**steps, "window_to": "lost"}},
        {"a": 0, "b": 1},
        {
            "serve": busy,
            "meet": {"kind": "persuasion", "effort_h": meet, "customer_present": True},
            "build": {"kind": "design", "effort_h": build},
        },
        {"desk": 1, "back": 1},
        who=who or {"serve": "desk", "meet": "desk", "build": "back"},
        market={"laws": {"window": window}},
        events=SERVED,
        **org,
    )


ENDS = {"won": {"end": "won"}, "lost": {"end": "lost"}}


def test_the_window_cuts_a_wait():
    assert decides({"think": {"wait": 10.0}, "meet": {"do": "meet"}, **ENDS}) == written("""
        0  a start  s     desk/1 5h
        4  b wait   think since 1
        4  b end    lost
        5  a finish s     desk/1 5h
        5  a end    out
    """)


def test_the_window_cuts_queued_work_with_the_customer():
    assert decides({"meet": {"do": "meet"}, **ENDS}) == written("""
        0  a start  s    desk/1 5h
        4  b leave  meet since 1
        4  b end    lost
        5  a finish s    desk/1 5h
        5  a end    out
    """)


def test_back_office_work_goes_on_until_the_next_contact_discovers_the_loss():
    # The window passes at 4. build is queued behind a until 5 and done at 6, check follows; meet has nobody.
    steps = {"build": {"do": "build"}, "check": {"do": "build"}, "meet": {"do": "meet"}, **ENDS}
    who = {"serve": "back", "meet": "desk", "build": "back"}
    assert decides(steps, who=who) == written("""
        0  a start  s     back/1 5h
        5  a finish s     back/1 5h
        5  a end    out
        5  b start  build back/1 1h
        6  b finish build back/1 1h
        6  b start  check back/1 1h
        7  b finish check back/1 1h
        7  b end    lost
    """)


def test_a_wait_after_the_window_is_not_begun():
    steps = {"build": {"do": "build"}, "think": {"wait": 1.0}, "meet": {"do": "meet"}, **ENDS}
    assert decides(steps, build=4.0, busy=6.0) == written("""
        0  a start  s     desk/1 6h
        1  b start  build back/1 4h
        5  b finish build back/1 4h
        5  b end    lost
        6  a finish s     desk/1 6h
        6  a end    out
    """)


def test_work_in_hand_with_the_customer_is_finished():
    # The conversation is begun at 2, before the window passes at 4, and leads where it leads.
    assert decides({"meet": {"do": "meet"}, **ENDS}, busy=2.0, meet=3.0) == written("""
        0  a start  s    desk/1 2h
        2  a finish s    desk/1 2h
        2  a end    out
        2  b start  meet desk/1 3h
        5  b finish meet desk/1 3h
        5  b end    won
    """)


def test_a_window_that_passes_when_a_person_frees_is_not_missed():
    assert decides({"meet": {"do": "meet"}, **ENDS}, window=4.0) == written("""
        0  a start  s    desk/1 5h
        5  a finish s    desk/1 5h
        5  a end    out
        5  b start  meet desk/1 1h
        6  b finish meet desk/1 1h
        6  b end    won
    """)


def test_a_kit_completed_too_late_meets_no_customer():
    # b's kit is found incomplete at 2.5; the giver needs from 2.5 to 5.5 to complete it, and the window passes at 4.
    lines = decides(
        {"build": {"do": "build"}, "meet": {"do": "meet"}, **ENDS},
        busy=1.0,
        handoff={"across_roles": {"taker_h": 0.5, "complete": 0.0}, "return_h": 3.0},
    )
    assert lines[3:] == written("""
        1    b start  build        back/1 1h
        2    b finish build        back/1 1h
        2    b start  meet         desk/1 0.5h
        2.5  b finish meet         desk/1 0.5h
        2.5  b start  complete_kit back/1 3h
        5.5  b finish complete_kit back/1 3h
        5.5  b end    lost
    """)
