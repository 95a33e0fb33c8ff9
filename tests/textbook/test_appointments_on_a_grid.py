"""Work by appointment, derived by hand on a grid of hours: which slot, and what is begun before one."""

import pytest
from grid import OFFICE, SERVED, happened, patient, scenario_of, visit, written

from sim import simulate

MEET = {"meet": {"do": "meet"}, "out": {"end": "met"}}
LONG = {"long": {"do": "long"}, "out": {"end": "served"}}
JOB = {"job": {"do": "job"}, "out": {"end": "served"}}
DESK = {"desk": {"headcount": 1, "hours": OFFICE}}
BOOKED = (*SERVED, "reserve")


def meeting(slot_h=1.0, **more):
    """Give appointments of one length for the activity `meet`."""
    return {"meet": {"slot_h": slot_h, **more}}


def test_the_first_free_slot_begins_at_a_whole_number_of_slots_after_opening():
    # a asks at 10:15 and gets 11, b asks a moment later and gets 12; c asks at night and gets the first of the morning.
    assert happened(
        {"a": MEET, "b": MEET, "c": MEET},
        {"a": 10.25, "b": 10.5, "c": 20},
        {"meet": 0.5},
        DESK,
        appointments=meeting(),
        events=BOOKED,
    ) == written("""
        10.25 a reserve meet desk/1 for 11
        10.5  b reserve meet desk/1 for 12
        11    a start   meet desk/1 0.5h
        11.5  a finish  meet desk/1 0.5h
        12    b start   meet desk/1 0.5h
        12.5  b finish  meet desk/1 0.5h
        20    c reserve meet desk/1 for 33
        33    c start   meet desk/1 0.5h
        33.5  c finish  meet desk/1 0.5h
    """)


def test_a_slot_ends_before_closing_and_notice_is_elapsed_time():
    # Slots of 3 h begin at 9 and 12; that of 15 would end at 18. a comes at 13 and gets 9 of the next day; b, with the
    # same hours of notice as the night has, asks at 18 and may not have the first of them.
    assert happened(
        {"a": MEET, "b": {"tell": {"do": "tell"}, "out": {"end": "met"}}},
        {"a": 13, "b": 18},
        {"meet": 1.0, "tell": 1.0},
        DESK,
        appointments={"meet": {"slot_h": 3.0}, "tell": {"slot_h": 1.0, "notice_h": 16.0}},
        events=BOOKED,
    ) == written("""
        13 a reserve meet desk/1 for 33
        18 b reserve tell desk/1 for 36
        33 a start   meet desk/1 1h
        34 a finish  meet desk/1 1h
        36 b start   tell desk/1 1h
        37 b finish  tell desk/1 1h
    """)


def test_other_work_is_started_before_a_slot_only_if_its_mean_effort_fits():
    # m has 11. From 10 on, there is an hour: a of 2 h, first in the queue, does not fit; b of 1 h does. After m come a.
    short = {"short": {"do": "short"}, "out": {"end": "served"}}
    assert happened(
        {"m": MEET, "a": LONG, "b": short, "c": short},
        {"m": 9.5, "a": 9.6, "b": 10, "c": 10.5},
        {"meet": 1.0, "long": 2.0, "short": 1.0},
        DESK,
        appointments=meeting(2.0),
        events=BOOKED,
    ) == written("""
        9.5 m reserve meet  desk/1 for 11
        10  b start   short desk/1 1h
        11  b finish  short desk/1 1h
        11  m start   meet  desk/1 1h
        12  m finish  meet  desk/1 1h
        12  a start   long  desk/1 2h
        14  a finish  long  desk/1 2h
        14  c start   short desk/1 1h
        15  c finish  short desk/1 1h
    """)


def test_it_is_the_mean_that_must_fit_and_what_runs_over_makes_the_next_one_late():
    # The set-up from x to a makes 3 h of work whose mean of 1.5 h fits before 11; m waits, and comes before b.
    first = {"x": {"do": "first"}, "out": {"end": "served"}}
    kinds = {"meet": "service", "job": "service", "first": "design"}
    hours = {"meet": 0.5, "job": 1.5, "first": 0.5}
    assert happened(
        {"x": first, "m": MEET, "a": JOB, "b": JOB},
        {"x": 9, "m": 9.25, "a": 9.5, "b": 9.75},
        {name: {"kind": kinds[name], "effort_h": hours[name]} for name in kinds},
        DESK,
        appointments=meeting(2.0),
        setup_h={"service": 1.5},
        events=SERVED,
    ) == written("""
        9    x start  x    desk/1 0.5h
        9.5  x finish x    desk/1 0.5h
        9.5  a start  job  desk/1 3h
        12.5 a finish job  desk/1 3h
        12.5 m start  meet desk/1 0.5h
        13   m finish meet desk/1 0.5h
        13   b start  job  desk/1 1.5h
        14.5 b finish job  desk/1 1.5h
    """)


def test_a_slow_role_knows_that_it_is_slow():
    # At half speed a takes 3 h, which do not fit before 11.
    assert happened(
        {"m": MEET, "a": JOB},
        {"m": 9.25, "a": 9.5},
        {"meet": 0.5, "job": 1.5},
        {"desk": {"headcount": 1, "hours": OFFICE, "speed": {"job": 0.5}}},
        appointments=meeting(2.0),
        events=("start",),
    ) == ["11 m start meet desk/1 0.5h", "11.5 a start job desk/1 3h"]


def test_no_slot_begins_in_the_work_in_hand_if_that_takes_its_mean():
    # a keeps the desk from 9 to 12:30, as its mean says; m asks at 10 and gets 13 in place of 11. n asks at 14, when b
    # has been in hand for an hour and should take half as long; its set-up of 2 h nobody counts, and n has to wait.
    other = {"b": {"do": "other"}, "out": {"end": "served"}}
    kinds = {"meet": "service", "long": "service", "other": "design"}
    hours = {"meet": 0.5, "long": 3.5, "other": 0.5}
    assert happened(
        {"a": LONG, "m": MEET, "b": other, "n": MEET},
        {"a": 9, "m": 10, "b": 13.25, "n": 14.25},
        {name: {"kind": kinds[name], "effort_h": hours[name]} for name in kinds},
        DESK,
        appointments=meeting(),
        setup_h={"design": 2.0},
        events=BOOKED,
    ) == written("""
        9     a start   long desk/1 3.5h
        10    m reserve meet desk/1 for 13
        12.5  a finish  long desk/1 3.5h
        13    m start   meet desk/1 0.5h
        13.5  m finish  meet desk/1 0.5h
        13.5  b start   b    desk/1 2.5h
        14.25 n reserve meet desk/1 for 15
        16    b finish  b    desk/1 2.5h
        16    n start   meet desk/1 0.5h
        16.5  n finish  meet desk/1 0.5h
    """)


def test_of_a_role_the_earliest_slot_then_who_has_fewer():
    # Two people: m and n at 10, then one more each at 11. The colleague with no slot ahead takes what is too long.
    lines = happened(
        {"m": MEET, "n": MEET, "o": MEET, "a": LONG},
        {"m": 9.25, "n": 9.5, "o": 9.6, "a": 11.5},
        {"meet": 1.0, "long": 4.0},
        {"desk": {"headcount": 2, "hours": OFFICE}},
        appointments=meeting(),
        events=BOOKED,
    )
    assert sorted(lines) == sorted(  # m and n begin and end together, in an order that their addresses decide
        written("""
        9.25 m reserve meet desk/1 for 10
        9.5  n reserve meet desk/2 for 10
        9.6  o reserve meet desk/1 for 11
        10   m start   meet desk/1 1h
        10   n start   meet desk/2 1h
        11   m finish  meet desk/1 1h
        11   n finish  meet desk/2 1h
        11   o start   meet desk/1 1h
        11.5 a start   long desk/2 4h
        12   o finish  meet desk/1 1h
        15.5 a finish  long desk/2 4h
    """)
    )


def test_who_gives_up_before_the_slot_frees_it_for_another():
    assert happened(
        {"m": patient(do="meet"), "n": patient(do="meet")},
        {"m": 9.5, "n": 10.5},
        {"meet": 1.0},
        DESK,
        market={"laws": {"patience": 0.75}},
        appointments=meeting(2.0),
        events=BOOKED,
    ) == written("""
        9.5   m reserve service desk/1 for 11
        10.25 m leave   service since 9.5
        10.5  n reserve service desk/1 for 11
        11    n start   service desk/1 1h
        12    n finish  service desk/1 1h
    """)


def test_who_gives_up_before_the_slot_makes_room_for_other_work():
    # From 9.75 on a is too long to be begun before 11; at 10.25 nobody comes at 11 any more.
    assert happened(
        {"m": patient(do="meet"), "a": LONG},
        {"m": 9.5, "a": 9.75},
        {"meet": 1.0, "long": 2.0},
        DESK,
        market={"laws": {"patience": 0.75}},
        appointments=meeting(2.0),
        events=SERVED,
    ) == written("""
        10.25 m leave  service since 9.5
        10.25 a start  long desk/1 2h
        12.25 a finish long desk/1 2h
    """)


@pytest.mark.parametrize("people", [1, 2])
def test_nobody_comes_to_the_appointment_of_who_is_away(people):
    # Who is away is known on the day: the slot is given out, and made anew when nobody comes to it. With absence on
    # most days, every appointment kept is kept by somebody who is there, at the slot made last.
    scenario = scenario_of(
        {"m": MEET},
        {"m": 1},
        {"meet": 1.0},
        {"desk": {"headcount": people, "hours": OFFICE, "absence_days_per_year": 200}},
        hours=8 * 168,
        appointments=meeting(),
    )
    moved = 0
    for seed in range(12):
        rows = simulate(scenario, seed=seed).table.to_pylist()
        reserved = [r for r in rows if r["event"] == "reserve"]
        (start,) = [r for r in rows if r["event"] == "start"]
        away = {(r["person"], r["since_ms"] // 86_400_000) for r in rows if r["event"] == "absent"}
        for row in reserved[:-1]:
            assert (row["person"], row["value"] // 86_400_000) in away
        assert (start["person"], start["time_ms"]) == (reserved[-1]["person"], reserved[-1]["value"])
        assert (start["person"], start["time_ms"] // 86_400_000) not in away
        assert [r["time_ms"] for r in reserved[1:]] == [r["value"] for r in reserved[:-1]]
        moved += len(reserved) - 1
    assert moved > 0


def test_an_appointment_ahead_at_the_end_is_an_open_task():
    rows = simulate(scenario_of({"m": MEET}, {"m": 20}, {"meet": 1.0}, DESK, hours=30)).table.to_pylist()
    assert [r["event"] for r in rows if r["event"] in ("start", "open_task")] == ["open_task"]
    booked = simulate(
        scenario_of(
            {"m": MEET},
            {"m": 20},
            {"meet": 1.0},
            DESK,
            hours=33,
            appointments=meeting(),
        )
    ).table.to_pylist()
    assert [r["event"] for r in booked if r["event"] in ("start", "open_task")] == ["open_task"]


def test_a_holiday_has_no_slots():
    # Tuesday, day 1, is a holiday.
    assert happened(
        {"m": MEET, "a": visit()},
        {"m": 20, "a": 21},
        {"meet": 1.0, "serve": 1.0},
        {"desk": {"headcount": 1, "hours": OFFICE, "closed_days": [1]}},
        appointments=meeting(),
        events=BOOKED,
    ) == written("""
        20 m reserve meet    desk/1 for 57
        57 m start   meet    desk/1 1h
        58 m finish  meet    desk/1 1h
        58 a start   service desk/1 1h
        59 a finish  service desk/1 1h
    """)
