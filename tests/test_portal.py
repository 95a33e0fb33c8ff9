"""The shipped designs with a portal: at the same cost, and customers who have adopted it order there."""

import pytest

from experiments import compose
from sim import measure, simulate
from sim.cost import head_usd, yearly_cost_usd
from sim.load import offered_load
from sim.planning import plan_of

BUDGET_USD = 3_302_000


@pytest.mark.parametrize("org", ["traditional", "persuasion_only"])
def test_it_costs_what_the_design_without_costs(org):
    plan = plan_of(compose([f"org={org}_portal"]))
    cost = yearly_cost_usd(plan)
    assert cost["(machines)"] == 120_000
    assert cost["portal"] == 0
    assert abs(sum(cost.values()) - BUDGET_USD) < min(head_usd(r) for r in plan.roles if head_usd(r) > 0)


@pytest.mark.parametrize("org", ["traditional", "persuasion_only"])
def test_it_takes_the_orders_of_those_who_have_adopted_it(org):
    before, after = (offered_load(plan_of(compose([f"org={name}"]))) for name in (org, f"{org}_portal"))

    def by_people(load):
        return sum(h for (role, activity), h in load.work_h.items() if activity == "take_order" and role != "portal")

    # .75 x .6 follow it, and it can do nine orders in ten.
    assert by_people(after) / by_people(before) == pytest.approx(1 - 0.45 * 0.9, abs=0.03)
    assert after.needs["adoption"] == pytest.approx(400 * 0.75 * 0.4 * 0.4)
    assert "adoption" not in before.needs


def test_a_run_shows_it_in_the_measures():
    scenario = compose(["org=traditional_portal", "run.weeks=8", "run.warmup_weeks=2", "run_in=null"])
    found = {name: one.value for name, one in measure(simulate(scenario, trace=False)).items()}
    assert 0.3 < found["channels.adoption.portal_share"] < 0.6
    assert 0.3 < found["channels.self_service_share"] < 0.55
    assert 0.8 < found["channels.self_service_of_adopters_share"] < 0.97
    assert found["satisfaction.touch.confirmation.self.mean"] > found["satisfaction.touch.confirmation.remote.mean"]
