"""Work that meets the end of a day, derived by hand on a grid of hours."""

from grid import OFFICE, SERVED, happened, patient, visit, written


def test_the_day_ends_but_the_task_is_kept_and_resumed_first():
    # a has one of two hours done at 17 on Monday; on Tuesday a goes on, with no new set-up, before c, more urgent,
    # who came at night. a is still there: patience is off while in service. c is of another kind: .5 h of set-up.
    urgent = {"service": {"do": "hurry"}, "out": {"end": "served"}}
    assert happened(
        {"a": patient(), "b": visit(), "c": urgent},
        {"a": 16, "b": 16.5, "c": 20},
        {
            "serve": {"kind": "design", "effort_h": 2.0, "priority": 1},
            "hurry": {"kind": "service", "effort_h": 1.0, "priority": 0},
        },
        {"desk": {"headcount": 1, "dispatch": "priority", "hours": OFFICE}},
        market={"laws": {"patience": 1.0}},
        setup_h={"service": 0.5, "design": 0.5},
        events=(*SERVED, "setup"),
    ) == written("""
        16    a start  service desk/1 2h
        34    a finish service desk/1 2h         # 10 on Tuesday
        34    c setup  service desk/1 0.5h
        34    c start  service desk/1 1.5h
        35.5  c finish service desk/1 1.5h
        35.5  b setup  service desk/1 0.5h
        35.5  b start  service desk/1 2.5h
        38    b finish service desk/1 2.5h
    """)


def test_work_done_at_closing_time_belongs_to_that_day():
    # a ends with the day; b, who waits, and c, who comes as it ends, are not begun before the next one opens.
    assert happened(
        {"a": visit(), "b": visit(), "c": visit()},
        {"a": 16, "b": 16.5, "c": 17},
        {"serve": 1.0},
        {"desk": {"headcount": 1, "hours": OFFICE}},
        events=SERVED,
    ) == written("""
        16  a start  service desk/1 1h
        17  a finish service desk/1 1h
        33  b start  service desk/1 1h
        34  b finish service desk/1 1h
        34  c start  service desk/1 1h
        35  c finish service desk/1 1h
    """)


def test_a_weekend_is_longer_than_a_night():
    friday = 4 * 24
    assert happened(
        {"a": visit(), "b": visit()},
        {"a": friday + 16, "b": friday + 18},
        {"serve": 2.0},
        {"desk": {"headcount": 1, "hours": OFFICE}},
        hours=200,
        events=SERVED,
    ) == written("""
        112  a start  service desk/1 2h
        178  a finish service desk/1 2h          # 10 on Monday
        178  b start  service desk/1 2h
        180  b finish service desk/1 2h
    """)


def test_who_is_due_to_leave_when_the_day_opens_is_served():
    assert happened(
        {"a": patient(), "b": patient()},
        {"a": 6, "b": 6.5},
        {"serve": 1.0},
        {"desk": {"headcount": 1, "hours": OFFICE}},
        market={"laws": {"patience": 3.0}},
        events=SERVED,
    ) == written("""
        9    a start  service desk/1 1h
        9.5  b leave  service since 6.5
        10   a finish service desk/1 1h
    """)
