"""Slots cut to the effort, and what booking is in plans, load and staffing."""

import copy

import pytest

from experiments import compose
from sim import Scenario, simulate
from sim.laws import lognormal
from sim.load import offered_load
from sim.planning import plan_of
from sim.staffing import staffed
from sim.worktime import HOUR_MS

# 100 customers with a need a week: 5,200 meetings a year.
COMPANY = {
    "market": {
        "segments": {"big": {"customers": 50}, "small": {"customers": 50}},
        "recurring": {"need": {"journey": "visit", "per_account_per_year": 52, "pattern": "regular"}},
        "expectations": {"met": {"hours": 4}},
    },
    "journey": {"visit": {"steps": {"meet": {"do": "meet"}, "out": {"end": "met"}}}},
    "activity": {
        "meet": {"kind": "persuasion", "effort_h": {"big": 1.1, "small": {"lognormal": {"mean": 1.0, "cv": 0.6}}}},
        "drive": {"kind": "travel", "effort_h": {"exponential": {"mean": 1.5}}},
        "book_appointment": {"kind": "coordination", "effort_h": 0.25},
    },
    "org": {
        "roles": {
            "seller": {"headcount": 6, "absence_days_per_year": 52},
            "coordinator": {"headcount": 1},
        },
        "who": {"meet": "seller"},
        "appointments": {"meet": {"slot_quantile": 0.7, "booked_by": "coordinator"}},
    },
    "run": {"weeks": 4},
}


def company(**org):
    data = copy.deepcopy(COMPANY)
    data["activity"]["meet"]["milestone"] = "met"
    data["org"] |= org
    return Scenario.read(data)


def slots_h(**org):
    """Give the slots of meetings with big and small customers."""
    (meet,) = (a for a in plan_of(company(**org)).activities if a.name == "meet")
    return [slot / HOUR_MS for slot in meet.slot_ms]


def roles(**seller):
    return {**COMPANY["org"]["roles"], "seller": {"headcount": 6, **seller}}


def test_a_slot_holds_a_share_of_the_efforts_in_whole_quarters():
    assert lognormal(mean=1.0, cv=0.6).quantile(0.7) == pytest.approx(1.15, abs=0.01)
    assert slots_h() == [1.25, 1.25]  # 1.1 and 1.15
    assert slots_h(appointments={"meet": {"slot_quantile": 0.95}}) == [1.25, 2.25]  # .857 x exp(.555 x 1.645) = 2.13
    assert slots_h(appointments={"meet": {"slot_h": 2.0}}) == [2.0, 2.0]


def test_a_slot_holds_the_mean_travel_at_the_speed_of_the_role_and_no_more_than_a_session():
    before = {"meet": {"trip": {"do": "drive", "share": 0.4}}}  # .6 h
    assert slots_h(before=before) == [1.75, 1.75]
    assert slots_h(before=before, roles=roles(speed={"persuasion": 0.5})) == [3.0, 3.0]  # 2.2 and 2.29, and .6
    assert slots_h(roles=roles(hours={"mon-fri": "9-10"})) == [1.0, 1.0]


@pytest.mark.parametrize(
    ("org", "booker", "times"),
    [
        ({}, "coordinator", 1 / 0.8),  # sellers are away one day in five
        ({"compliance": 0.5}, "coordinator", 2 / 0.8),
        ({"appointments": {"meet": {"slot_h": 1.0, "booked_by": "self"}}}, "seller", 1 / 0.8),
    ],
)
def test_the_load_check_counts_a_booking_for_each_slot(org, booker, times):
    load = offered_load(plan_of(company(**org)), samples=10)
    assert load.work_h[booker, "book_appointment"] == pytest.approx(5200 * 0.25 * times)
    assert sum(h for (_, activity), h in load.work_h.items() if activity == "book_appointment") == pytest.approx(
        5200 * 0.25 * times
    )


def test_balanced_staffing_hires_whoever_books():
    # 1,625 h a year of bookings: .78 of a head. A head costs 100,000; the sellers need 5,460 h of 1,664 each.
    paid = {name: {**role, "pay_usd": 100_000.0} for name, role in COMPANY["org"]["roles"].items()}
    found = staffed(company(roles=paid, staffing="balanced", budget_usd_per_year=500_000.0))
    assert found is not None
    assert found.offered["coordinator"] == pytest.approx(5200 * 0.25 / 0.8 / 2080)
    assert found.heads == {"seller": 4, "coordinator": 1}


def test_a_booking_is_charged_to_who_books():
    found = offered_load(plan_of(company()), samples=10)
    assert found.hours("coordinator") == pytest.approx(1625)


def test_who_comes_for_nothing_scores_zero_at_once_and_who_is_told_does_not():
    rows = simulate(company(compliance=0.7)).table.to_pylist()
    missed = [r for r in rows if r["event"] == "missed_appointment"]
    zeros = {(r["case"], r["time_ms"]) for r in rows if r["event"] == "touch" and r["value"] == 0}
    for_nothing = [r for r in missed if r["value"] == 1]
    assert len(for_nothing) > 20
    assert len(missed) - len(for_nothing) > 5
    assert zeros == {(r["case"], r["time_ms"]) for r in for_nothing}


def test_without_an_expectation_nothing_is_scored():
    data = copy.deepcopy(COMPANY)
    data["org"]["compliance"] = 0.7
    rows = simulate(Scenario.read(data)).table.to_pylist()
    assert any(r["event"] == "missed_appointment" for r in rows)
    assert not any(r["event"] == "touch" for r in rows)


def test_compliance_of_those_who_have_no_appointments_changes_no_row():
    def rows(**org):
        return simulate(company(appointments={}, **org)).table

    assert rows() == rows(compliance=0.5)
    assert rows().num_rows < simulate(company()).table.num_rows


def test_the_shipped_coordinator_is_busy_for_about_half_of_the_hours_present():
    plan = plan_of(compose(["org=persuasion_only"]))
    load = offered_load(plan)
    bookings = {activity for role, activity in load.work_h if role == "coordinator"}
    assert bookings == {"book_appointment"}
    assert load.hours("coordinator") / load.capacity_h["coordinator"] == pytest.approx(0.5, abs=0.05)
