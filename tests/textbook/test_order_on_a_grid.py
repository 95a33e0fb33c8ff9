"""What comes first when several things happen at one instant, derived by hand on a grid of hours."""

import pytest
from grid import SERVED, happened, patient, visit, written


def test_who_is_due_to_leave_when_a_person_frees_is_served():
    # b and c both give up at 2, when a is done: b came first and is served, c leaves.
    assert happened(
        {"a": visit(), "b": patient(patience="longer"), "c": patient()},
        {"a": 0, "b": 0.5, "c": 1},
        {"serve": 2.0},
        {"desk": 1},
        market={"laws": {"longer": 1.5, "patience": 1.0}},
    ) == written("""
        0  a start  service desk/1 2h
        2  a finish service desk/1 2h
        2  a end    out
        2  b start  service desk/1 2h
        2  c leave  service since 1
        2  c end    gone
        4  b finish service desk/1 2h
        4  b end    out
    """)


def test_patience_that_ends_before_anybody_frees_is_lost():
    assert happened(
        {"a": visit(), "b": patient()},
        {"a": 0, "b": 0.5},
        {"serve": 2.0},
        {"desk": 1},
        market={"laws": {"patience": 1.0}},
        events=SERVED,
    ) == written("""
        0    a start  service desk/1 2h
        1.5  b leave  service since 0.5
        2    a finish service desk/1 2h
    """)


def test_a_place_that_frees_is_free_for_who_arrives_at_that_instant():
    # One place: at 1 it is taken, at 2 the completion comes before the arrival.
    place = {"room": 1, "full": "no_place"}
    stop = {**visit(**place), "no_place": {"end": "no_place"}}
    assert happened(
        {"a": stop, "b": stop, "c": stop}, {"a": 0, "b": 1, "c": 2}, {"serve": 2.0}, {"desk": 1}
    ) == written("""
        0  a start  service desk/1 2h
        1  b balk   service
        1  b end    no_place
        2  a finish service desk/1 2h
        2  a end    out
        2  c start  service desk/1 2h
        4  c finish service desk/1 2h
        4  c end    out
    """)


def test_a_place_is_a_place_at_the_activity():
    # a came by another way, which asks for no place, but it is at the same activity, and b finds no second place.
    stop = {**visit(room=1, full="no_place"), "no_place": {"end": "no_place"}}
    assert happened(
        {"a": visit(), "b": stop}, {"a": 0, "b": 1}, {"serve": 2.0}, {"desk": 2}, events=("start", "balk")
    ) == written("""
        0  a start service desk/1 2h
        1  b balk  service
    """)


def test_who_arrives_when_a_person_frees_takes_part_in_the_dispatch():
    # b has waited for an hour, but c, more urgent, arrives at the instant a is done, before anything is handed out.
    urgent = {"service": {"do": "hurry"}, "out": {"end": "served"}}
    assert happened(
        {"a": visit(), "b": visit(), "c": urgent},
        {"a": 0, "b": 1, "c": 2},
        {
            "serve": {"kind": "service", "effort_h": 2.0, "priority": 1},
            "hurry": {"kind": "service", "effort_h": 1.0, "priority": 0},
        },
        {"desk": {"headcount": 1, "dispatch": "priority"}},
        events=SERVED,
    ) == written("""
        0  a start  service desk/1 2h
        2  a finish service desk/1 2h
        2  c start  service desk/1 1h
        3  c finish service desk/1 1h
        3  b start  service desk/1 2h
        5  b finish service desk/1 2h
    """)


def test_work_without_length_frees_its_person_at_once():
    # At 1 a is done, b needs no time at all, and c, who would leave at 1, is still served.
    nothing = {"service": {"do": "glance"}, "again": {"do": "glance"}, "out": {"end": "served"}}
    assert happened(
        {"a": visit(), "b": nothing, "c": patient()},
        {"a": 0, "b": 0.25, "c": 0.5},
        {"serve": 1.0, "glance": 0.0},
        {"desk": 1},
        market={"laws": {"patience": 0.5}},
        events=SERVED,
    ) == written("""
        0  a start  service desk/1 1h
        1  a finish service desk/1 1h
        1  b start  service desk/1 0h
        1  b finish service desk/1 0h
        1  c start  service desk/1 1h       # came at .5, before the second glance was asked for
        2  c finish service desk/1 1h
        2  b start  again   desk/1 0h
        2  b finish again   desk/1 0h
    """)


def test_the_longest_idle_person_is_asked():
    # desk/1 frees at 3 (a, then nobody), desk/2 at 2: at 4 it is desk/2's turn, at 5 desk/1's.
    assert happened(
        {"a": visit(), "b": {"service": {"do": "glance"}, "out": {"end": "served"}}, "c": visit(), "d": visit()},
        {"a": 0, "b": 1, "c": 4, "d": 5},
        {"serve": 3.0, "glance": 1.0},
        {"desk": 2},
        events=("start",),
    ) == written("""
        0  a start service desk/1 3h
        1  b start service desk/2 1h
        4  c start service desk/2 3h
        5  d start service desk/1 3h
    """)


def test_who_frees_and_moves_on_queues_behind_who_waited():
    # a's second step is asked for at 2, b has waited since 1.
    twice = {"first": {"do": "serve"}, "second": {"do": "serve"}, "out": {"end": "served"}}
    assert happened(
        {"a": twice, "b": visit()}, {"a": 0, "b": 1}, {"serve": 2.0}, {"desk": 1}, events=("start",)
    ) == written("""
        0  a start first   desk/1 2h
        2  b start service desk/1 2h
        4  a start second  desk/1 2h
    """)


@pytest.mark.parametrize("seed", range(1, 9))
def test_simultaneous_arrivals_go_by_hash_and_not_by_how_they_are_listed(seed):
    stops, system = {name: visit() for name in "abcd"}, ({"serve": 1.0}, {"desk": 1})
    listed = happened(stops, dict.fromkeys("abcd", 1), *system, seed=seed)
    reversed_ = happened(stops, dict.fromkeys("dcba", 1), *system, seed=seed)
    assert listed == reversed_


def test_hashes_favor_nobody():
    stops, system = {name: visit() for name in "ab"}, ({"serve": 1.0}, {"desk": 1})
    first = [happened(stops, {"a": 1, "b": 1}, *system, seed=s, events=("start",))[0][2] for s in range(40)]
    assert 8 <= first.count("a") <= 32  # 20 expected; outside with probability below 1e-4


def test_nothing_happens_at_the_horizon():
    assert happened(
        {"a": visit(), "b": visit()},
        {"a": 0, "b": 2},
        {"serve": 2.0},
        {"desk": 1},
        hours=2,
        events=(*SERVED, "begin", "open_task", "open_case"),
    ) == written("""
        0  a begin     service
        0  a start     service desk/1 2h
        2  a open_case service
        2  a open_task service
    """)
