"""Balanced staffing, derived by hand where work has no spread: people by offered work, as far as the budget goes."""

import math

import pytest

from experiments import compose
from sim import Scenario, ScenarioError, simulate
from sim.cost import yearly_cost_usd
from sim.planning import plan_of
from sim.staffing import staffed

# 100 customers with a need a week: 1 h of the first role and .4 h of the second, that is, 5,200 and 2,080 h a year of
# people who are there for 2,080 h.
WORK = {"first": 1.0, "second": 0.4}


def company(budget_usd, people=None, **roles):
    role = {"headcount": 1, "hours": {"mon-fri": "9-17"}}
    data = {
        "market": {
            "segments": {"all": {"customers": 100, "prospects": 0}},
            "recurring": {"need": {"journey": "visit", "per_account_per_year": 52, "pattern": "regular"}},
        },
        "journey": {"visit": {"steps": {**{name: {"do": name} for name in WORK}, "out": {"end": "served"}}}},
        "activity": {
            **{name: {"kind": "service", "effort_h": hours} for name, hours in WORK.items()},
            "file": {"kind": "administration", "effort_h": 1},
        },
        "org": {
            "roles": {
                "first": {**role, "pay_usd": 100_000, **roles.get("first", {})},
                "second": {**role, "pay_usd": 50_000, **roles.get("second", {})},
            },
            "who": {name: name for name in WORK},
            "marketing_usd_per_year": 10_000,
            "staffing": "balanced",
            "budget_usd_per_year": budget_usd,
        },
        "people": people or {},
        "run": {"weeks": 1},
    }
    return Scenario.read(data)


@pytest.mark.parametrize(
    ("budget_usd", "first", "second", "beta", "left_usd"),
    [
        (360_000, 3, 1, 0.0, 0),  # 3 for 2.5 and 1 for 1.0, and 10,000 of marketing
        (409_000, 3, 1, 0.0, 49_000),  # the second role's next head comes first, at beta 0, and costs 50,000
        (410_000, 3, 2, 0.0, 0),
        (505_000, 3, 2, 0.0, 95_000),  # then that of the first, at beta .5 / sqrt(2.5)
        (510_000, 4, 2, 0.5 / math.sqrt(2.5), 0),
        (610_000, 5, 2, 1.5 / math.sqrt(2.5), 0),  # at .949, before the second role's at 1.0
        (660_000, 5, 3, 1.0, 0),
    ],
)
def test_heads_by_offered_work_as_far_as_the_budget_goes(budget_usd, first, second, beta, left_usd):
    found = staffed(company(budget_usd))
    assert found.offered == pytest.approx({"first": 2.5, "second": 1.0})
    assert found.heads == {"first": first, "second": second}
    assert found.beta == pytest.approx(beta)
    assert found.more_marketing_usd_per_year == pytest.approx(left_usd)
    org = found.scenario.org
    assert (org.roles["first"].headcount, org.roles["second"].headcount) == (first, second)
    assert org.marketing_usd_per_year == pytest.approx(10_000 + left_usd)
    assert len(simulate(found.scenario).table)


def test_each_head_has_own_work_to_do_besides():
    # 8 of 40 hours a week are each one's own: 2.5 heads of work take 2.5 / .8.
    own = {"background": {"paper": {"activity": "file", "hours_per_week": 8}}}
    assert staffed(company(1e6, first=own)).offered["first"] == pytest.approx(3.125)


def test_a_premium_for_risk_makes_heads_dearer():
    # 80,000 certain and 20,000 not: as dear as 100,000, or 104,000 if risk costs a fifth; three of them 12,000 more.
    risky = {"pay_usd": 80_000, "variable_usd": 20_000}
    premium = {"incentive": {"risk_premium": 0.2}}
    assert staffed(company(510_000, first=risky)).heads == {"first": 4, "second": 2}
    found = staffed(company(510_000, first=risky, people=premium))
    assert found.heads == {"first": 3, "second": 2}
    assert found.more_marketing_usd_per_year == pytest.approx(100_000 - 12_000)


def test_heads_given_before_do_not_matter_and_fixed_ones_stay():
    assert staffed(company(510_000, first={"headcount": 7})).heads == {"first": 4, "second": 2}
    found = staffed(company(360_000, first={"headcount": 2, "fixed": True}))
    assert found.heads == {"second": 3}  # 2 x 100,000 + 10,000 + 3 x 50,000
    assert found.scenario.org.roles["first"].headcount == 2


def test_a_budget_too_small_for_the_work_is_refused():
    with pytest.raises(
        ScenarioError, match=r"org\.budget_usd_per_year: the offered work alone costs 350,000 USD a year"
    ):
        staffed(company(349_000))


def test_marketing_is_cut_before_people_who_have_work():
    found = staffed(company(355_300))  # 350,000 for the heads
    assert found.heads == {"first": 3, "second": 1}
    assert found.more_marketing_usd_per_year == pytest.approx(-4_700, abs=10_000 / 64)
    assert 0 <= found.scenario.org.marketing_usd_per_year <= 5_300
    assert found.unspent_usd_per_year == pytest.approx(5_300 - found.scenario.org.marketing_usd_per_year)


def prospects(budget_usd):
    """Give a company whose money for marketing brings an hour of work per USD."""
    response = {"base_per_week": 0, "max_per_week": 1e6, "half_effect_usd": 52e6, "shape": 1}
    response |= {"carry_over_half_life_weeks": 6, "reference_per_week": 10}
    data = {
        "market": {
            "segments": {"all": {"customers": 0, "prospects": 1_000}},
            "needs": {"journey": "visit", "per_account_per_year": 52, "response": response},
            "rest_weeks": 0,
        },
        "journey": {"visit": {"steps": {"serve": {"do": "serve"}, "out": {"end": "served"}}}},
        "activity": {"serve": {"kind": "service", "effort_h": 1.0}},
        "org": {
            "roles": {"clerk": {"headcount": 1, "hours": {"mon-fri": "9-17"}, "pay_usd": 50_000}},
            "who": {"serve": "clerk"},
            "marketing_usd_per_year": 2_000,
            "staffing": "balanced",
            "budget_usd_per_year": budget_usd,
        },
        "run": {"weeks": 1},
    }
    return Scenario.read(data)


def test_nobody_buys_more_inquiries_than_there_are_people_for():
    """An inquiry a week costs 52 USD a year and asks for 52 hours of a clerk who is there for 2,080: 40 to a head."""
    found = staffed(prospects(51_800))  # one head, and 1,800 that would buy 34.6 inquiries a week
    assert found.heads == {"clerk": 1}
    assert found.scenario.org.marketing_usd_per_year == pytest.approx(1_800, abs=2_000 / 64)
    found = staffed(prospects(90_000))  # 40,000 to spend: the second head is too dear, and one can take 2,080 worth
    assert found.heads == {"clerk": 1}
    assert found.scenario.org.marketing_usd_per_year == pytest.approx(2_080, abs=40_000 / 64)
    assert found.offered["clerk"] <= 1.0
    assert found.unspent_usd_per_year == pytest.approx(40_000 - found.scenario.org.marketing_usd_per_year)


def test_what_marketing_can_not_use_hires_who_is_paid_for():
    """A helper is asked for a tenth of what a clerk is, at 10,000: 38,000 are left, a clerk too dear, three helpers."""
    scenario = prospects(100_000)
    data = scenario.model_dump(exclude_unset=True)
    data["activity"]["help"] = {"kind": "service", "effort_h": 0.1}
    data["journey"]["visit"]["steps"] = {"help": {"do": "help"}, **data["journey"]["visit"]["steps"]}
    data["org"]["roles"]["helper"] = {**data["org"]["roles"]["clerk"], "pay_usd": 10_000.0}
    data["org"]["who"] = {"serve": "clerk", "help": "helper"}
    found = staffed(Scenario.read(data))
    assert found.heads == {"clerk": 1, "helper": 4}
    assert found.beta == 0.0
    marketing = found.scenario.org.marketing_usd_per_year
    assert marketing == pytest.approx(2_080, abs=40_000 / 64)
    assert found.unspent_usd_per_year == pytest.approx(100_000 - 50_000 - 4 * 10_000 - marketing)


@pytest.mark.parametrize("scenario", [company(355_300), company(505_000), prospects(51_800), prospects(99_000)])
def test_what_is_paid_and_what_is_left_come_to_the_budget(scenario):
    found = staffed(scenario)
    cost = sum(yearly_cost_usd(plan_of(found.scenario)).values())
    assert cost + found.unspent_usd_per_year == pytest.approx(scenario.org.budget_usd_per_year)


def test_whom_the_design_before_needs_is_not_hired():
    scenario = company(510_000)
    roles = {**scenario.org.roles, "third": scenario.org.roles["second"]}
    before = scenario.org.model_copy(update={"staffing": "given", "roles": roles})
    found = staffed(scenario.model_copy(update={"run_in": before}))
    assert found.heads == {"first": 4, "second": 2}
    assert found.scenario.run_in == before


def test_nothing_runs_before_it_is_staffed():
    with pytest.raises(ValueError, match="balanced staffing comes first"):
        simulate(company(510_000))


def test_the_rule_gives_the_traditional_design_the_heads_it_is_shipped_with():
    shipped = compose(["org=traditional"])
    balanced = compose(
        ["org=traditional", "org.staffing=balanced", "org.budget_usd_per_year=3302000", "org.roles.crew.fixed=true"]
    )
    heads = {name: role.headcount for name, role in shipped.org.roles.items()}
    assert {name: role.headcount for name, role in balanced.org.roles.items()} == heads
