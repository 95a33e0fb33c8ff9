"""What the load check expects a design to pay, derived by hand where nothing is drawn, and beside the target."""

import pytest

from experiments import compose
from sim import Scenario
from sim.load import offered_load
from sim.planning import plan_of
from sim.target_pay import target_pay

# 50 customers order 1,000 USD 26 times a year, through a clerk; a rep is there for half of it.
ORDERED_USD = 50 * 26 * 1000.0


def company(books=(), share=0.5, **rates):
    return planned(books, share, **rates)[1].commission_usd


def planned(books=(), share=0.5, variable_usd=0.0, **rates):
    role = {"headcount": 2, "hours": {"mon-fri": "9-17"}, "variable_usd": variable_usd}
    data = {
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
    plan = plan_of(Scenario.read(data))
    return plan, offered_load(plan)


def test_who_has_a_hand_in_it_is_paid():
    found = company(rep=0.01, clerk=0.002)
    assert found["clerk"] == pytest.approx(0.002 * ORDERED_USD)
    assert found["rep"] == pytest.approx(0.01 * ORDERED_USD / 2, rel=0.1)  # four standard errors of 1,500 walks: .05
    assert not company()


def test_who_owns_the_account_is_paid_for_all():
    assert company(books=["rep"], rep=0.01, share=0.0)["rep"] == pytest.approx(0.01 * ORDERED_USD)


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
