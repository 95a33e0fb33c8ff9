"""People whose pace depends on what they did before, derived by hand on a grid of hours."""

import pytest
from grid import WEEK, happened, scenario_of, visit, written

from experiments.composing.compose import compose
from sim import simulate
from sim.worktime import HOUR_MS

FOREVER = 1e12
LEARNED = {"kind": "service", "effort_h": 6.0, "practiced": 0}


def practice(half_life_weeks=FOREVER, exponent=1.0):
    """With exponent 1 and reference 0, the (n + 1)-th piece takes 1 / (n + 1) of the effort."""
    return {"practice": {"exponent": exponent, "half_life_weeks": half_life_weeks}}


def efforts(*args, **kwargs):
    """Give the hours of each START in order."""
    rows = simulate(scenario_of(*args, **kwargs)).table.to_pylist()
    return [row["value"] / HOUR_MS for row in rows if row["event"] == "start"]


def test_each_repetition_is_faster_than_the_one_before():
    # 6 h, 3 h, 2 h.
    assert happened(
        dict.fromkeys("abc", visit()),
        {"a": 0, "b": 10, "c": 20},
        {"serve": LEARNED},
        {"desk": 1},
        people=practice(),
        events=("start", "finish"),
    ) == written("""
        0  a start  service desk/1 6h
        6  a finish service desk/1 6h
        10 b start  service desk/1 3h
        13 b finish service desk/1 3h
        20 c start  service desk/1 2h
        22 c finish service desk/1 2h
    """)


def test_practice_is_of_one_person_and_one_activity():
    # b is served by the colleague, c asks for something else; d comes to who served a.
    other = {"service": {"do": "other"}, "out": {"end": "served"}}
    assert efforts(
        {"a": visit(), "b": visit(), "c": other, "d": visit()},
        {"a": 0, "b": 1, "c": 20, "d": 21},
        {"serve": LEARNED, "other": LEARNED},
        {"desk": 2},
        people=practice(),
    ) == [6.0, 6.0, 6.0, 3.0]


def test_half_of_it_is_forgotten_in_a_half_life():
    # Done once at 6; a week later half a repetition is remembered: 6 / 1.5.
    assert efforts(
        {"a": visit(), "b": visit()},
        {"a": 0, "b": 6 + WEEK},
        {"serve": LEARNED},
        {"desk": 1},
        hours=2 * WEEK,
        people=practice(half_life_weeks=1.0),
    ) == [6.0, 4.0]


def test_who_does_less_than_the_reference_gets_slower():
    # Eight repetitions hold at t=0. A half-life later four are left: 5 h x 9 / 5. Another week later it
    # is half of what was left when that was done, and of the one done.
    assert efforts(
        {"a": visit(), "b": visit()},
        {"a": WEEK, "b": 2 * WEEK + 9},
        {"serve": {**LEARNED, "effort_h": 5.0, "practiced": 8}},
        {"desk": 1},
        hours=3 * WEEK,
        people=practice(half_life_weeks=1.0),
    ) == [9.0, pytest.approx(5 * 9 / (1 + 4 * 0.5 ** (1 + 9 / WEEK) + 0.5), abs=1e-6)]


def test_where_no_reference_is_given_practice_makes_no_difference():
    assert efforts(dict.fromkeys("ab", visit()), {"a": 0, "b": 10}, {"serve": 6.0}, {"desk": 1}, people=practice()) == [
        6.0,
        6.0,
    ]


def test_who_knows_the_account_needs_less():
    # One customer, one need a week, one person. Known by 0, 1/2, 2/3 after 0, 1, 2 contacts; half the effort is saved
    # by who knows all: 4, 3, 4 (1 - 1/3) h.
    market = {
        "segments": {"all": {"customers": 1, "prospects": 0}},
        "recurring": {"need": {"journey": "a", "per_account_per_year": 52, "pattern": "regular"}},
    }
    serve = {"kind": "service", "effort_h": 4.0, "customer_present": True}
    known = {"familiarity": {"effort": 0.5, "half_tie": 1.0, "half_life_weeks": FOREVER}}
    found = efforts({"a": visit()}, {}, {"serve": serve}, {"desk": 1}, 3.9 * WEEK, market=market, people=known)
    assert found[:3] == [4.0, 3.0, pytest.approx(8 / 3, abs=1e-6)]
    unseen = {**serve, "customer_present": False}
    found = efforts({"a": visit()}, {}, {"serve": unseen}, {"desk": 1}, 3.9 * WEEK, market=market, people=known)
    assert found[:3] == [4.0, 4.0, 4.0]


def test_every_other_open_case_slows_down_up_to_a_cap():
    # a, b and c come to a desk and then think for a day; each further one open adds half, at most 1.8 times in all.
    steps = {"s": {"do": "serve"}, "think": {"wait": 24.0}, "t": {"do": "again"}, "out": {"end": "served"}}
    juggling = {"juggling": {"per_case": 0.5, "cap": 1.8}}
    assert happened(
        dict.fromkeys("abc", steps),
        {"a": 0, "b": 2, "c": 6},
        {"serve": 1.0, "again": 1.0},
        {"desk": 1},
        people=juggling,
        events=("start", "end"),
    ) == written("""
        0    a start s   desk/1 1h
        2    b start s   desk/1 1.5h
        6    c start s   desk/1 1.8h
        25   a start t   desk/1 1.8h
        26.8 a end   out
        27.5 b start t   desk/1 1.5h
        29   b end   out
        31.8 c start t   desk/1 1h
        32.8 c end   out
    """)


@pytest.mark.parametrize(
    ("variable_usd", "paid_for", "hours"),
    [(25_000.0, ["serve"], [4.0, 6.0]), (25_000.0, ["service"], [4.0, 4.0]), (0.0, ["serve"], [6.0, 6.0])],
)
def test_variable_pay_speeds_up_what_it_pays_for(variable_usd, paid_for, hours):
    # With a quarter of pay variable and k of 2, paid work of 6 h takes 6 / 1.5.
    desk = {"headcount": 1, "pay_usd": 75_000.0, "variable_usd": variable_usd, "paid_for": paid_for}
    other = {"service": {"do": "other"}, "out": {"end": "served"}}
    found = efforts(
        {"a": visit(), "b": other},
        {"a": 0, "b": 10},
        {"serve": 6.0, "other": 6.0},
        {"desk": desk},
        people={"incentive": {"effort": 2.0}},
    )
    assert found == hours


def test_mechanisms_of_no_strength_change_nothing():
    weeks = ["org=traditional", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    off = ["people.practice.half_life_weeks=1", "people.familiarity.half_tie=1", "people.juggling.cap=3"]
    assert simulate(compose([*weeks, *off])).table.equals(simulate(compose(weeks)).table)


def test_the_pace_of_people_moves_no_need_of_a_customer():
    weeks = ["org=traditional", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    steady, responsive = (
        [r for r in simulate(compose([*weeks, *more])).table.to_pylist() if r["event"] == "need"]
        for more in ([], ["people=responsive", "people.juggling.per_case=0.05", "people.incentive.effort=0.4"])
    )
    keys = ("time_ms", "account")
    assert [[r[k] for k in keys] for r in steady] == [[r[k] for k in keys] for r in responsive]
