"""Where opportunities came from and what it took, from rows written by hand; the window is hour 168 to 336."""

import math

import pytest
from company import COMPANY

from sim.kpis import Fold
from sim.kpis.batch import Reader
from sim.kpis.origins import Origins
from sim.kpis.spending import Spending
from sim.planning import plan_of
from sim.scenario import Scenario
from sim.trace import Event, block_of
from sim.worktime import HOUR_MS


def story(company):
    """Inquiry 1 talks twice and is won; referral 2 is never talked to; cold 3 talks; 4 began before the window."""
    company.row(150, Event.NEED, "sale.ask", account=8, value=1)
    company.row(150, Event.BEGIN, "sale.ask", 4, account=8, since=150)
    company.row(170, Event.NEED, "sale.ask", account=5, value=1)
    company.row(170, Event.BEGIN, "sale.ask", 1, account=5, since=170)
    company.row(171, Event.NEED, "sale.ask", account=6, value=1)
    company.row(171, Event.ORIGIN, "sale.ask", account=6, since=171, value=2)
    company.row(171, Event.BEGIN, "sale.ask", 2, account=6, since=171)
    company.row(172, Event.NEED, "sale.ask", account=7, value=0)
    company.row(180, Event.ORIGIN, "sale.ask", account=7, person=0, since=172, value=3)
    company.row(180, Event.BEGIN, "sale.talk", 3, account=7, since=180)
    company.row(181, Event.BEGIN, "sale.ask", 9, account=1, since=181)  # of a customer: no opportunity
    company.task(181, 181, 182, "sale.talk", 1, case=9)
    company.task(182, 182, 183, "sale.talk", 1, case=1)
    company.task(183, 183, 184, "sale.talk", 1, case=4)
    company.task(184, 184, 185, "sale.talk", 1, case=1)
    company.task(185, 185, 186, "sale.talk", 1, case=3)
    company.row(200, Event.END, "sale.gone", 2, account=6, since=171)
    company.row(210, Event.END, "sale.won", 1, account=5, since=170)
    company.row(210, Event.WON, "sale.won", 1, account=5, since=170, value=100)
    company.row(160, Event.REFER, account=1, value=6)
    company.row(170, Event.REFER, account=1, value=6)
    company.row(180, Event.CALL, person=0, value=5)


@pytest.mark.parametrize("cuts", [(), (7,), (3, 11, 30)])
def test_each_opportunity_counts_for_its_origin(company, cuts):
    story(company)
    found = company.measures(cuts, family=Origins)
    a_year = {"opportunities": (1, 0, 1, 1), "conversations": (2, 0, 0, 1), "new_customers": (1, 0, 0, 0)}
    for what, counts in a_year.items():
        for origin, n in zip(("inbound", "proposition", "referral", "cold"), counts, strict=True):
            assert found[f"origin.{origin}.{what}_per_year"] == n * 52, (what, origin)
    assert found["origin.cold.touches_per_year"] == 5 * 52
    assert found["origin.referral.referrals_per_year"] == 52


def marketing_plan():
    """The small company with campaigns of two kinds and calls, all done by sellers."""
    jobs = {"loud": "advertise", "smart": "compose", "calls": "call"}
    org = {**COMPANY["org"], "calls": {"work": "call"}}
    seller = {**org["roles"]["seller"]}
    seller["background"] = {job: {"activity": a, "hours_per_week": 4} for job, a in jobs.items()}
    org["roles"] = {**org["roles"], "seller": seller}
    smart = {"work": "compose", "makes": "propositions", "share": 0.25}
    org["campaigns"] = {"loud": {"work": "advertise", "share": 0.75}, "smart": smart}
    own = {name: {"kind": "marketing", "effort_h": 1.0} for name in jobs.values()}
    market = {**COMPANY["market"], "touch": {"success": 0.1}, "propositions": {"lift": 0.1}}
    activity = {**COMPANY["activity"], **own}
    return plan_of(Scenario.read({**COMPANY, "org": org, "activity": activity, "market": market}))


def row(h, event, step=-1, person=-1, since=-1.0, value=0.0):
    return (round(h * HOUR_MS), int(event), -1, -1, step, 0, person, round(since * HOUR_MS), value)


def test_hours_and_money_belong_to_what_they_bring():
    plan = marketing_plan()
    step = {s.name: s.index for s in plan.steps if s.journey == len(plan.journeys) - 1}
    # From Monday of the second week at 9: three hours of advertising, two of composing, one of calls.
    work = [("advertise", 177, 180), ("compose", 180, 182), ("call", 182, 183)]
    rows = [row(b, Event.FINISH, step[name], 0, a, (b - a) * HOUR_MS) for name, a, b in work]
    rows.append(row(168, Event.SPEND, since=0, value=700.0))
    rows.append(row(336, Event.SPEND, since=168, value=100.0))
    fold = Fold(plan, [Origins])
    fold.add(block_of(rows))
    found = {name: measure.value for name, measure in fold.result().items()}
    hour = (60_000 * 1.25 + 3_000) / (52 * 40)
    for origin, hours, money in (("inbound", 3, 75), ("proposition", 2, 25), ("cold", 1, 0)):
        assert found[f"origin.{origin}.hours_per_year"] == pytest.approx(hours * 52)
        assert found[f"origin.{origin}.usd_per_year"] == pytest.approx((hours * hour + money) * 52)
    assert found["origin.referral.hours_per_year"] == 0
    assert math.isnan(found["origin.referral.conversations_per_1000_h"])


def test_a_week_of_money_counts_as_far_as_it_lies_in_the_window():
    plan = marketing_plan()
    spending = Spending(plan)
    rows = [row(252, Event.SPEND, since=84, value=168.0), row(336, Event.SPEND, since=252, value=42.0)]
    spending.add(Reader(plan).read([block_of(rows)]))
    assert spending.usd_per_year() == pytest.approx((84 + 42) * 52)


def test_without_campaigns_all_the_money_is_spent(company):
    assert company.measures()["money.marketing_spent_usd_per_year"] == 7_000.0


def test_the_families_agree_on_new_customers():
    from experiments import compose
    from sim import simulate

    trace = simulate(compose(["org=traditional", "run.weeks=30", "run.warmup_weeks=5"]))
    fold = Fold(trace.plan)
    for block in trace.blocks():
        fold.add(block)
    found = {name: measure.value for name, measure in fold.result().items()}
    origins = ("inbound", "proposition", "referral", "cold")
    won = sum(found[f"origin.{origin}.new_customers_per_year"] for origin in origins)
    assert won == pytest.approx(found["throughput.new_customers_per_week"] * 52)
    begun = sum(found[f"origin.{origin}.opportunities_per_year"] for origin in origins)
    assert begun == pytest.approx(found["throughput.opportunity.begins_per_week"] * 52)
    assert all(found[f"origin.{origin}.conversations_per_year"] > 0 for origin in ("inbound", "referral", "cold"))
