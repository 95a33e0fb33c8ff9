"""Appointments that somebody must book, derived by hand: a queue before the slot, and another one after each miss."""

import pytest
from grid import OFFICE, SERVED, happened, patient, scenario_of, written

from sim import simulate

MEET = {"meet": {"do": "meet"}, "out": {"end": "met"}}
JOB = {"job": {"do": "job"}, "out": {"end": "served"}}
PEOPLE = {"desk": {"headcount": 1, "hours": OFFICE}, "coordinator": {"headcount": 1, "hours": OFFICE}}
BOOKED = (*SERVED, "reserve", "missed_appointment", "release")


def booked(by="coordinator", **more):
    """Give appointments of an hour for the activity `meet`, and whose work it is to book them."""
    return {"meet": {"slot_h": 1.0, "booked_by": by, **more}}


def test_booking_is_work_and_can_be_the_bottleneck():
    # The desk could see one an hour from 9 on; whoever books needs an hour for each.
    assert happened(
        {"a": MEET, "b": MEET},
        {"a": 9, "b": 9.25},
        {"meet": 0.5, "book_appointment": 1.0},
        PEOPLE,
        appointments=booked(),
        events=BOOKED,
    ) == written("""
        9    a start   book_appointment coordinator/1 1h
        10   a finish  book_appointment coordinator/1 1h
        10   a reserve meet desk/1 for 10
        10   a start   meet desk/1 0.5h
        10   b start   book_appointment coordinator/1 1h
        10.5 a finish  meet desk/1 0.5h
        11   b finish  book_appointment coordinator/1 1h
        11   b reserve meet desk/1 for 11
        11   b start   meet desk/1 0.5h
        11.5 b finish  meet desk/1 0.5h
    """)


def test_patience_runs_while_the_booking_waits_and_on_until_the_slot():
    # b loses patience at 10.25, in the hands of the coordinator, and leaves when booked for 12; c leaves in the queue.
    assert happened(
        {"a": MEET, "b": patient(do="meet"), "c": patient(do="meet")},
        {"a": 9, "b": 9.5, "c": 9.75},
        {"meet": 1.0, "book_appointment": 1.0},
        PEOPLE,
        market={"laws": {"patience": 0.75}},
        appointments=booked(notice_h=1.0),
        events=BOOKED,
    ) == written("""
        9    a start   book_appointment coordinator/1 1h
        10   a finish  book_appointment coordinator/1 1h
        10   a reserve meet desk/1 for 11
        10   b start   book_appointment coordinator/1 1h
        10.5 c leave   book_appointment since 9.75
        11   b finish  book_appointment coordinator/1 1h
        11   b reserve service desk/1 for 12
        11   a start   meet desk/1 1h
        11   b release service desk/1 since 11
        11   b leave   service since 11
        12   a finish  meet desk/1 1h
    """)


def test_the_window_ends_a_booking_at_once_in_the_queue_and_after_it_in_hand():
    # Windows of 1.5 h: w's passes at 10.75 in the queue, v's at 11.75 while it is being booked.
    present = {"kind": "service", "effort_h": 0.5, "customer_present": True}
    hurried = {**MEET, "late": {"end": "late"}, "window_to": "late"}
    assert happened(
        {"x": MEET, "y": MEET, "w": hurried, "v": hurried},
        {"x": 9, "y": 9.125, "w": 9.25, "v": 10.25},
        {"meet": present, "book_appointment": 1.0},
        PEOPLE,
        market={"laws": {"window": 1.5}},
        appointments=booked(),
        events=(*BOOKED, "end"),
    ) == written("""
        9     x start   book_appointment coordinator/1 1h
        10    x finish  book_appointment coordinator/1 1h
        10    x reserve meet desk/1 for 10
        10    x start   meet desk/1 0.5h
        10    y start   book_appointment coordinator/1 1h
        10.5  x finish  meet desk/1 0.5h
        10.5  x end     out
        10.75 w leave   book_appointment since 9.25
        10.75 w end     late
        11    y finish  book_appointment coordinator/1 1h
        11    y reserve meet desk/1 for 11
        11    y start   meet desk/1 0.5h
        11    v start   book_appointment coordinator/1 1h
        11.5  y finish  meet desk/1 0.5h
        11.5  y end     out
        12    v finish  book_appointment coordinator/1 1h
        12    v end     late
    """)


def test_the_window_releases_a_slot_that_is_booked():
    # The slot of u, 13 to 14, is free again at 10.5; b, who asks at 11, gets it.
    present = {"kind": "service", "effort_h": 0.5, "customer_present": True}
    assert happened(
        {"u": {**MEET, "late": {"end": "late"}, "window_to": "late"}, "b": MEET},
        {"u": 9, "b": 11},
        {"meet": present, "book_appointment": 0.5},
        PEOPLE,
        market={"laws": {"window": 1.5}},
        appointments=booked(notice_h=3.0, slot_h=2.0),
        events=BOOKED,
    ) == written("""
        9    u start   book_appointment coordinator/1 0.5h
        9.5  u finish  book_appointment coordinator/1 0.5h
        9.5  u reserve meet desk/1 for 13
        10.5 u release meet desk/1 since 9.5
        10.5 u leave   meet since 9.5
        11   b start   book_appointment coordinator/1 0.5h
        11.5 b finish  book_appointment coordinator/1 0.5h
        11.5 b reserve meet desk/1 for 15
        15   b start   meet desk/1 0.5h
        15.5 b finish  meet desk/1 0.5h
    """)


def test_who_books_for_themselves_spends_their_own_hours():
    # The booking of m stands in the queue like any other work; k, of an hour, does not fit before the slot at 11.
    assert happened(
        {"j": JOB, "m": MEET, "k": JOB},
        {"j": 9, "m": 9.25, "k": 9.5},
        {"meet": 1.0, "job": 1.0, "book_appointment": 0.5},
        {"desk": {"headcount": 1, "hours": OFFICE}},
        appointments=booked("self"),
        events=BOOKED,
    ) == written("""
        9    j start   job desk/1 1h
        10   j finish  job desk/1 1h
        10   m start   book_appointment desk/1 0.5h
        10.5 m finish  book_appointment desk/1 0.5h
        10.5 m reserve meet desk/1 for 11
        11   m start   meet desk/1 1h
        12   m finish  meet desk/1 1h
        12   k start   job desk/1 1h
        13   k finish  job desk/1 1h
    """)


def test_of_a_role_who_books_for_themselves_is_who_keeps_it():
    # desk/1 is at n when m comes; at 10 both would be free, and list order would say desk/1.
    assert happened(
        {"n": JOB, "m": MEET},
        {"n": 9, "m": 9.125},
        {"meet": 1.0, "job": 0.25, "book_appointment": 0.5},
        {"desk": {"headcount": 2, "hours": OFFICE}},
        appointments=booked("self"),
        events=("start", "reserve"),
    ) == written("""
        9     n start   job desk/1 0.25h
        9.125 m start   book_appointment desk/2 0.5h
        9.625 m reserve meet desk/2 for 10
        10    m start   meet desk/2 1h
    """)


@pytest.mark.parametrize(("dispatch", "second"), [("first_come", "m"), ("persuasion_first", "p"), ("priority", "p")])
def test_a_booking_is_as_urgent_as_what_it_is_for(dispatch, second):
    # x is being booked until 10; m has asked before p.
    kinds = {"meet": {"kind": "service", "priority": 1}, "pitch": {"kind": "persuasion"}}
    lines = happened(
        {"x": MEET, "m": MEET, "p": {"pitch": {"do": "pitch"}, "out": {"end": "met"}}},
        {"x": 9, "m": 9.25, "p": 9.5},
        {**{n: {"effort_h": 0.5, **k} for n, k in kinds.items()}, "book_appointment": 1.0},
        {"desk": PEOPLE["desk"], "coordinator": {**PEOPLE["coordinator"], "dispatch": dispatch}},
        appointments={**booked(), "pitch": booked()["meet"]},
        events=("start",),
    )
    order = [line.split()[1] for line in lines if "book_appointment" in line]
    assert order == ["x", *([second, "p"] if second == "m" else [second, "m"])]


def test_the_earliest_due_is_booked_first():
    kinds = {"meet": {"kind": "service", "due_h": 20}, "pitch": {"kind": "persuasion", "due_h": 5}}
    lines = happened(
        {"x": MEET, "m": MEET, "p": {"pitch": {"do": "pitch"}, "out": {"end": "met"}}},
        {"x": 9, "m": 9.25, "p": 9.5},
        {**{n: {"effort_h": 0.5, **k} for n, k in kinds.items()}, "book_appointment": 1.0},
        {"desk": PEOPLE["desk"], "coordinator": {**PEOPLE["coordinator"], "dispatch": "earliest_due"}},
        appointments={**booked(), "pitch": booked()["meet"]},
        events=("start",),
    )
    assert [line.split()[1] for line in lines if "book_appointment" in line] == ["x", "p", "m"]


def test_whoever_books_does_not_take_the_case_over():
    # Between two talks with the same person lies a booking by somebody else; changing hands would take 2 h.
    twice = {"first": {"do": "meet"}, "second": {"do": "meet"}, "out": {"end": "met"}}
    terms = {"giver_h": 1.0, "taker_h": 1.0, "complete": 0.0}
    assert happened(
        {"m": twice},
        {"m": 9},
        {"meet": 0.5, "book_appointment": 0.5},
        PEOPLE,
        appointments=booked(),
        handoff={"across_roles": terms, "within_role": terms},
        events=("start", "handoff"),
    ) == written("""
        9    m start book_appointment coordinator/1 0.5h
        10   m start first desk/1 0.5h
        10.5 m start book_appointment coordinator/1 0.5h
        11   m start second desk/1 0.5h
    """)


def test_an_appointment_whose_kit_was_incomplete_is_booked_anew_and_taken_over_once():
    # desk takes m over at 10, for half an hour, and sends it back; completed at 11.5, it is booked for 12 and done.
    steps = {"prepare": {"do": "prepare"}, **MEET}
    people = {"desk": PEOPLE["desk"], "back": PEOPLE["desk"], "coordinator": PEOPLE["coordinator"]}
    assert happened(
        {"m": steps},
        {"m": 9},
        {"meet": 0.5, "prepare": 0.25, "book_appointment": 0.25},
        people,
        who={"prepare": "back", "meet": "desk"},
        appointments=booked(),
        handoff={"across_roles": {"taker_h": 0.5, "complete": 0.0}, "return_h": 1.0},
        events=BOOKED,
    ) == written("""
        9     m start   prepare back/1 0.25h
        9.25  m finish  prepare back/1 0.25h
        9.25  m start   book_appointment coordinator/1 0.25h
        9.5   m finish  book_appointment coordinator/1 0.25h
        9.5   m reserve meet desk/1 for 10
        10    m start   meet desk/1 0.5h
        10.5  m finish  meet desk/1 0.5h
        10.5  m start   complete_kit back/1 1h
        11.5  m finish  complete_kit back/1 1h
        11.5  m start   book_appointment coordinator/1 0.25h
        11.75 m finish  book_appointment coordinator/1 0.25h
        11.75 m reserve meet desk/1 for 12
        12    m start   meet desk/1 0.5h
        12.5  m finish  meet desk/1 0.5h
    """)


def rows_with(compliance=1.0, absent=0, by="coordinator", effort=0.25, seed=1):
    """Give the rows of one case that is booked until somebody keeps the appointment."""
    desk = {"headcount": 2, "hours": OFFICE, "absence_days_per_year": absent}
    scenario = scenario_of(
        {"m": MEET},
        {"m": 1},
        {"meet": 1.0, "book_appointment": effort},
        {"desk": desk, "coordinator": PEOPLE["coordinator"]},
        hours=30 * 168,
        appointments=booked(by),
        compliance=compliance,
    )
    return simulate(scenario, seed=seed).table.to_pylist()


@pytest.mark.parametrize("effort", [0.0, 0.25])
def test_an_appointment_that_nobody_keeps_is_booked_anew(effort):
    n = 0
    for seed in range(20):
        rows = rows_with(compliance=0.4, effort=effort, seed=seed)
        reserved, missed = ([r for r in rows if r["event"] == e] for e in ("reserve", "missed_appointment"))
        bookings = [r for r in rows if r["event"] == "start" and r["step"] == "book_appointment"]
        assert len(reserved) == len(bookings) == len(missed) + 1
        assert [r["time_ms"] for r in missed] == [r["value"] for r in reserved[:-1]]
        assert [r["since_ms"] for r in bookings[1:]] == [r["time_ms"] for r in missed]
        assert [r["since_ms"] for r in reserved] == [r["since_ms"] for r in bookings]
        assert all(r["value"] == 1 for r in missed)
        slots = [(r["person"], r["value"]) for r in reserved]
        assert len(set(slots)) == len(slots), "the slot that was let pass is given out again"
        n += len(missed)
    assert 15 <= n <= 50  # 20 x .6 / .4 = 30, standard error 8.7


def test_the_luck_of_an_appointment_is_the_cases_whoever_books_it_and_however_long_that_takes():
    def missed(**design):
        return [sum(r["event"] == "missed_appointment" for r in rows_with(0.4, seed=s, **design)) for s in range(8)]

    assert missed() == missed(by="self", effort=3.0) == missed(by="self")


def test_the_appointment_of_who_is_away_costs_another_booking():
    n = 0
    for seed in range(12):
        rows = rows_with(absent=200, seed=seed)
        missed = [r for r in rows if r["event"] == "missed_appointment"]
        away = {(r["person"], r["since_ms"]) for r in rows if r["event"] == "absent"}
        bookings = [r for r in rows if r["event"] == "finish" and r["step"] == "book_appointment"]
        assert len(bookings) == len(missed) + 1
        assert all((r["person"], r["time_ms"] // 86_400_000 * 86_400_000) in away for r in missed)
        assert all(r["value"] == 0 for r in missed)
        n += len(missed)
    assert n > 0
