"""What the load check expects a design to pay, derived by hand where nothing is drawn, and beside the target."""

from dataclasses import replace

import pytest

from experiments import compose
from sim import Scenario
from sim.load import Load, offered_load
from sim.load.setup import add_setup
from sim.planning import plan_of
from sim.target_pay import target_pay

# 50 customers order 1,000 USD 26 times a year, through a clerk; a rep is there for half of it.
ORDERED_USD = 50 * 26 * 1000.0


def described(books=(), share=0.5, variable_usd=0.0, **rates):
    role = {"headcount": 2, "hours": {"mon-fri": "9-17"}, "variable_usd": variable_usd}
    return {
        "market": {
            "segments": {"all": {"customers": 50}},
            "recurring": {
                "order": {"journey": "order", "per_account_per_year": 26, "marks": {"value": {"law": 1000.0}}}
            },
        },
        "journey": {
            "order": {
                "steps": {
                    "which": {"choose": {"talk": share, "form": 1 - share}, "to": {"talk": "talk", "form": "form"}},
                    "talk": {"do": "talk"},
                    "form": {"do": "form"},
                    "done": {"end": "done", "books": True},
                }
            }
        },
        "activity": {name: {"kind": "transaction", "effort_h": 1.0} for name in ("talk", "form")},
        "org": {
            "roles": {name: {**role, "commission": {"order": rates.get(name, 0.0)}} for name in ("rep", "clerk")},
            "who": {"talk": "rep", "form": "clerk"},
            "books": list(books),
        },
        "run": {"weeks": 1},
    }


def planned(**described_by):
    plan = plan_of(Scenario.read(described(**described_by)))
    return plan, offered_load(plan)


def company(**described_by):
    return planned(**described_by)[1].commission_usd


def test_who_has_a_hand_in_it_is_paid():
    found = company(rep=0.01, clerk=0.002)
    assert found["clerk"] == pytest.approx(0.002 * ORDERED_USD)
    assert found["rep"] == pytest.approx(0.01 * ORDERED_USD / 2, rel=0.1)  # four standard errors of 1,500 walks: .05
    assert not company()


def test_who_owns_the_account_is_paid_for_all():
    assert company(books=["rep"], rep=0.01, share=0.0)["rep"] == pytest.approx(0.01 * ORDERED_USD)


def test_set_up_is_that_of_tasks_in_random_order():
    # Of a year's 400 tasks 300 are talks: one in four talks follows a form, three in four forms follow a talk.
    plan = plan_of(Scenario.read(described()))
    minutes = {"talk": 6, "form": 12}
    activities = tuple(
        replace(a, setup_ms=minutes.get(a.name, 0) * 60_000, setup_group=a.name) for a in plan.activities
    )
    load = Load()
    load.tasks["clerk", "talk"], load.tasks["clerk", "form"], load.tasks["rep", "talk"] = 300.0, 100.0, 50.0
    add_setup(replace(plan, activities=activities), load)
    assert load.setup_h["clerk"] == pytest.approx(300 * 0.1 / 4 + 100 * 0.2 * 3 / 4)
    assert load.setup_h["rep"] == 0.0


def test_hours_present_and_standing_work_leave_out_holidays():
    # Two clerks, 40 h a week; Monday and Tuesday of the first week are closed, so 51.6 weeks are worked.
    role = {"headcount": 2, "hours": {"mon-fri": "9-17"}, "closed_days": [0, 1]}
    data = described()
    background = {"desk": {"activity": "administer", "hours_per_week": 4.0}}
    data["activity"]["administer"] = {"kind": "administration", "effort_h": 1.0}
    data["org"]["roles"]["clerk"] = {**role, "background": background}
    load = offered_load(plan_of(Scenario.read(data)))
    assert load.capacity_h["clerk"] == pytest.approx(2 * 40 * 51.6)
    assert load.work_h["clerk", "administer"] == load.own_h["clerk"] == pytest.approx(2 * 4 * 51.6)


def test_the_persuasion_only_design_pays_none():
    plan = plan_of(compose(["org=persuasion_only"]))
    assert not any(role.commission for role in plan.roles)
    assert not offered_load(plan).commission_usd


def test_commission_is_set_beside_target():
    plan, load = planned(rep=0.01, variable_usd=4_000.0)
    (pay,) = target_pay(plan, load)
    assert (pay.role, pay.target_usd) == ("rep", 8_000.0)  # two heads
    assert pay.expected_usd == load.commission_usd["rep"]
    assert pay.share == pytest.approx(0.01 * ORDERED_USD / 2 / 8_000.0, rel=0.1)
    assert pay.differs  # .8125
    (pay,) = target_pay(*planned(rep=0.01, variable_usd=3_250.0))
    assert not pay.differs


def test_commission_without_a_target_is_beyond_it():
    (pay,) = target_pay(*planned(rep=0.01))
    assert pay.differs


def test_what_fell_from_a_machine_is_booked_by_its_fallback():
    # Every order falls from the portal to the clerk, who then books the talk with the rep in the portal's place.
    data = described(share=0.0)
    data["journey"]["order"]["steps"]["form"]["then"] = "talk"
    data["journey"]["order"]["steps"]["talk"]["then"] = "done"
    data["activity"]["book_appointment"] = {"kind": "coordination", "effort_h": 0.1}
    portal = {"headcount": 1, "machine": True, "cannot": {"form": 1.0}, "fallback": "clerk"}
    data["org"]["roles"]["portal"] = portal
    data["org"]["who"]["form"] = "portal"
    data["org"]["appointments"] = {"talk": {"slot_h": 1.0, "booked_by": "portal"}}
    tasks = offered_load(plan_of(Scenario.read(data))).tasks
    assert tasks["clerk", "book_appointment"] == pytest.approx(50 * 26)
    assert tasks["clerk", "form"] == tasks["portal", "form"] == pytest.approx(50 * 26)
    assert tasks.get(("portal", "book_appointment"), 0.0) == 0.0
