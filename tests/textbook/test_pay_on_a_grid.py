"""Who is paid for what, and what people do for it, derived by hand on a grid of hours."""

import math

import pytest
from grid import DAY, WEEK, changed, happened, lines_of, scenario_of, written

from experiments.composing.compose import compose
from sim import simulate
from sim.cost import head_usd
from sim.engine import World
from sim.planning import plan_of
from sim.trace import Trace
from sim.worktime import HOUR_MS

SALE = {"pitch": {"do": "pitch"}, "file": {"do": "file"}, "done": {"end": "done", "books": True}}
FORM = {"file": {"do": "file"}, "done": {"end": "done", "books": True}}
WORK = {"pitch": 2.0, "file": 1.0}
WHO = {"pitch": "seller", "file": "clerk"}


def worth(**usd):
    """Give the marks that make a case of each journey worth so much."""
    return {journey: {"value": {"law": float(value)}} for journey, value in usd.items()}


def test_who_of_the_role_had_the_case_last_is_paid_when_it_is_booked():
    # 10 % of 1,000 and of 500, to whoever pitched; nobody of the role ever saw c.
    assert happened(
        {"a": SALE, "b": SALE, "c": FORM},
        {"a": 0, "b": 1, "c": 10},
        WORK,
        {"seller": {"headcount": 2, "commission": {"a": 0.1, "b": 0.1, "c": 0.1}}, "clerk": 1},
        who=WHO,
        marks=worth(a=1000, b=500, c=1000),
        events=("start", "pay"),
    ) == written("""
        0  a start pitch seller/1 2h
        1  b start pitch seller/2 2h
        2  a start file  clerk/1  1h
        3  a pay   done  seller/1 100usd
        3  b start file  clerk/1  1h
        4  b pay   done  seller/2 50usd
        10 c start file  clerk/1  1h
    """)


def test_each_role_that_earns_on_a_journey_is_paid_its_own_rate():
    assert happened(
        {"a": SALE},
        {"a": 0},
        WORK,
        {"seller": {"headcount": 1, "commission": {"a": 0.1}}, "clerk": {"headcount": 1, "commission": {"a": 0.01}}},
        who=WHO,
        marks=worth(a=1000),
        events=("pay",),
    ) == written("""
        3 a pay done seller/1 100usd
        3 a pay done clerk/1  10usd
    """)


def test_who_owns_the_account_is_paid_for_what_others_did():
    streams = {
        "need": {"journey": "talk", "per_account_per_year": 52, "pattern": "regular"},
        "order": {
            "journey": "form",
            "per_account_per_year": 52,
            "pattern": "regular",
            "marks": {"value": {"law": 100.0}},
        },
    }
    scenario = scenario_of(
        {"talk": {"pitch": {"do": "pitch"}, "done": {"end": "done"}}, "form": FORM},
        {},
        WORK,
        {"seller": {"headcount": 3, "commission": {"form": 0.1}}, "clerk": 5},
        2.9 * WEEK,
        market={"segments": {"all": {"customers": 12}}, "recurring": streams},
        books=["seller"],
        who=WHO,
    )
    rows = simulate(scenario).table.to_pylist()
    owner = {row["account"]: row["person"] for row in rows if row["event"] == "start" and row["step"] == "pitch"}
    paid = [(row["account"], row["person"]) for row in rows if row["event"] == "pay"]
    assert len(set(owner.values())) == 3
    assert len(paid) > 20
    assert all(owner[account] == person for account, person in paid)


def test_commission_pays_and_does_nothing_else():
    weeks = ["org=traditional", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    paid, unpaid = (
        simulate(compose([*weeks, *more])).table.to_pylist()
        for more in ([], ["org.roles.salesperson.commission={reorder: 0, opportunity: 0, expansion: 0}"])
    )
    assert any(row["event"] == "pay" for row in paid)
    assert [row for row in paid if row["event"] != "pay"] == unpaid


# -- which task pays best


@pytest.mark.parametrize(
    ("probability", "order"),
    [
        # .03 x 10,000 x .2 / 3 h is 20 an hour, before the 10 of the form: .01 x 1,000 / 1 h; chores pay nothing.
        (0.2, [(5, "deal", "pitch"), (7, "form", "file"), (8, "chore", "serve"), (31, "deal", "close")]),
        # .05 gives 5 an hour.
        (0.05, [(5, "form", "file"), (6, "deal", "pitch"), (8, "chore", "serve"), (32, "deal", "close")]),
    ],
)
def test_the_task_that_promises_most_an_hour_goes_first(probability, order):
    chore = {"serve": {"do": "serve"}, "done": {"end": "done"}}
    deal = {
        "pitch": {"do": "pitch"},
        "think": {"wait": 24.0},
        "close": {"do": "close"},
        "done": {"end": "done", "books": True},
    }
    found = happened(
        {"first": {"wide": {"do": "wide"}, "done": {"end": "done"}}, "chore": chore, "form": FORM, "deal": deal},
        {"first": 0, "chore": 1, "form": 2, "deal": 3},
        {
            "wide": 5.0,
            "serve": 1.0,
            "file": 1.0,
            "pitch": {"kind": "persuasion", "effort_h": 2.0, "stage_probability": probability},
            "close": 1.0,
        },
        {"seller": {"headcount": 1, "dispatch": "best_paid_first", "commission": {"form": 0.01, "deal": 0.03}}},
        marks=worth(form=1000, deal=10000),
        events=("start",),
    )
    assert [tuple(line.split()[:4]) for line in found[1:]] == [
        (str(hour), journey, "start", step) for hour, journey, step in order
    ]


def test_the_way_to_a_booking_is_the_shortest_and_the_case_s_own_by_whether_it_is_technical():
    # The seller talks (2 h, and half of the time drives 1 h), does a third of the drafts of 3 h and all closing of 1 h;
    # a technical need takes a design of 8 h, too. After closing nothing is left to do until the booking.
    steps = {
        "talk": {"do": "talk"},
        "which": {"choose": "technical", "to": {"yes": "design", "no": "draft"}},
        "design": {"do": "design"},
        "draft": {"do": "draft"},
        "flawed": {"choose": {"yes": 0.9, "no": 0.1}, "to": {"yes": "draft", "no": "close"}},
        "close": {"do": "close"},
        "open": {"choose": {"won": 0.5, "lost": 0.5}, "to": {"won": "won", "lost": "sorry"}},
        "won": {"end": "won", "books": True},
        "sorry": {"do": "talk"},
        "lost": {"end": "lost"},
    }
    roles = {"seller": {"dispatch": "best_paid_first", "commission": {"deal": 0.1}, "headcount": 1}, "other": 1}
    plan = plan_of(
        scenario_of(
            {"deal": steps},
            {"deal": 0},
            {"talk": 2.0, "design": 8.0, "draft": 3.0, "close": 1.0, "drive": {"kind": "travel", "effort_h": 1.0}},
            roles,
            who={"talk": "seller", "design": "seller", "draft": {"shares": {"seller": 1 / 3, "other": 2 / 3}}}
            | {"close": "seller"},
            before={"talk": {"trip": {"do": "drive", "share": 0.5}}},
            marks={"deal": {"technical": {"chance": 0.5}}},
        )
    )
    ways = {
        step.name: tuple(ms / HOUR_MS if ms >= 0 else None for ms in plan.roles[0].ways_ms[step.index])
        for step in plan.steps
    }
    assert ways["talk"] == pytest.approx((2.5 + 1 + 1, 2.5 + 8 + 1 + 1))
    assert ways["design"] == pytest.approx((10.0, 10.0))
    assert ways["draft"] == pytest.approx((3 + 1, 3 + 1))
    assert ways["close"] == pytest.approx((1.0, 1.0))
    assert ways["sorry"] == (None, None)
    assert plan.roles[1].ways_ms == ()


# -- deals at the end of a period

DEAL = {
    "pitch": {"do": "pitch"},
    "think": {"wait": 20.0, "movable": True},
    "close": {"do": "close"},
    "done": {"end": "done", "books": True},
}
DEALS = dict.fromkeys(("a", "b", "c"), DEAL)
ARRIVE = {"a": 10, "b": 129, "c": 142}


def deals(quota_usd, near_h=2 * DAY, events=("wait", "pull", "push", "pay"), **response):
    """Three deals of 600 in a week whose last two days matter; 1 h to pitch, 20 h to think, 1 h to close."""
    timing = {"near_weeks": near_h / WEEK, "reach": 0.5, "hurried": 0.5, "concession": 0.1, **response}
    return happened(
        DEALS,
        ARRIVE,
        {"pitch": 1.0, "close": 1.0},
        {
            "seller": {
                "headcount": 1,
                "commission": dict.fromkeys(DEALS, 0.1),
                "quota": {"usd": float(quota_usd), "weeks": 1},
            }
        },
        2 * WEEK,
        marks=worth(a=600, b=600, c=600),
        people={"timing": timing},
        events=events,
    )


def test_deals_are_pulled_in_while_the_quota_is_in_reach_and_pushed_out_once_it_is_met():
    # With 600 of 1,000 booked b is hurried: 10 h in place of 20, at 540. That makes 1,140, and c has to wait till 168.
    assert deals(1000) == written("""
        31  a wait think since 11
        32  a pay  done  seller/1 60usd
        130 b pull think seller/1 60usd
        140 b wait think since 130
        141 b pay  done  seller/1 54usd
        163 c push think seller/1 5h
        168 c wait think since 143
        169 c pay  done  seller/1 60usd
    """)


def test_deals_are_pushed_out_where_the_quota_is_hopeless():
    # 4,400 of 5,000 are missing, more than half. Both are ready at 168; which comes first is a matter of rank.
    found = deals(5000)
    assert found[2:4] == written("""
        150 b push think seller/1 18h
        163 c push think seller/1 5h
    """)
    assert sorted(found[4:6]) == written("""
        168 b wait think since 130
        168 c wait think since 143
    """)
    assert sorted(line.split()[0] for line in found[6:]) == ["169", "170"]


def test_who_has_left_asks_nobody_to_wait():
    # Both quotas of two weeks are hopeless; seller/2, who had a, has left when a is ready, so that nobody holds it.
    seller = {"headcount": 2, "commission": dict.fromkeys("ab", 0.1), "quota": {"usd": 5000.0, "weeks": 2}}
    before = scenario_of(
        {"a": DEAL, "b": DEAL},
        {"b": WEEK - 12.5, "a": WEEK - 12},
        {"pitch": 1.0, "close": 1.0},
        {"seller": seller},
        2 * WEEK,
        marks=worth(a=600, b=600),
        people={"timing": {"near_weeks": 1.5, "reach": 0.5, "hurried": 0.5, "concession": 0.1}},
    )
    found = lines_of(changed(before, seller={"headcount": 1}), ("start", "wait", "push", "depart"))
    assert found == written(
        f"""
        {WEEK - 12.5} b start pitch seller/1 1h
        {WEEK - 12} a start pitch seller/2 1h
        {WEEK} - depart seller/2 dismissed
        {WEEK + 8.5} b push think seller/1 159.5h
        {WEEK + 9} a wait think since {WEEK - 11}
        {WEEK + 9} a start close seller/1 1h
        """
    )


def test_far_from_the_date_or_without_response_nothing_moves():
    usual = written("""
        31  a wait think since 11
        32  a pay  done  seller/1 60usd
        150 b wait think since 130
        151 b pay  done  seller/1 60usd
        163 c wait think since 143
        164 c pay  done  seller/1 60usd
    """)
    assert deals(1000, near_h=0) == usual
    assert deals(1000, near_h=1) == usual


def test_only_deals_of_journeys_that_count_are_moved():
    off = {"people": {"timing": {"near_weeks": 0.4}}}
    roles = {
        "seller": {
            "headcount": 1,
            "commission": dict.fromkeys(DEALS, 0.1),
            "quota": {"usd": 5000.0, "weeks": 1, "counts": ["a"]},
        }
    }
    found = happened(
        DEALS, ARRIVE, {"pitch": 1.0, "close": 1.0}, roles, 2 * WEEK, marks=worth(a=600), events=("push", "pull"), **off
    )
    assert found == []


# -- whom pay draws, and keeps


def persons_of(plan):
    return World(plan, 1, 0, Trace(plan)).staff.people()


def test_those_hired_for_variable_pay_are_better_by_the_same_factor_for_all():
    weeks = ["org=traditional", "run.weeks=1", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    plain, drawn, later = (
        persons_of(plan_of(compose([*weeks, *more])))
        for more in (
            [],
            ["people.incentive.sorting=0.5", "people.incentive.sorted_at_start=true"],
            ["people.incentive.sorting=0.5"],
        )
    )
    for before, after, same in zip(plain, drawn, later, strict=True):
        share = {"salesperson": 0.4}.get(before.role.name, 0.0)
        assert after.skill("persuasion") == pytest.approx(before.skill("persuasion") * math.exp(0.5 * share))
        assert same.skill("persuasion") == before.skill("persuasion")


@pytest.mark.parametrize(
    ("weeks", "earned_usd"),
    [
        (14, 1000),  # 13 whole weeks: what was booked in week 5, not in week 0
        (4, 2000 + 9 * 500),  # nine weeks before the run, at target
        (3.5, 2000 + 10 * 500),  # of a week that is not over nothing counts
    ],
)
def test_quitting_hangs_on_the_pay_of_the_last_13_weeks(weeks, earned_usd):
    # 1,000 a week fixed and 500 at target; 10 % of 20,000 at hour 3, and of 10,000 in week 5.
    scenario = scenario_of(
        {"a": SALE, "b": SALE},
        {"a": 0, "b": 5 * WEEK},
        WORK,
        {
            "seller": {
                "headcount": 1,
                "pay_usd": 52_000.0,
                "variable_usd": 26_000.0,
                "commission": {"a": 0.1, "b": 0.1},
            },
            "clerk": 1,
        },
        weeks * WEEK,
        who=WHO,
        marks=worth(a=20_000, b=10_000),
        people={"incentive": {"leaving": 2.0}},
    )
    plan = plan_of(scenario)
    world = World(plan, 1, 0, Trace(plan))
    world.run()
    seller, clerk = world.staff.people()
    ratio = (13 * 1000 + earned_usd) / (13 * 1500)
    assert world.pay.leaving_factor(seller) == pytest.approx(math.exp(-2.0 * (ratio - 1.0)))
    assert world.pay.leaving_factor(clerk) == 1.0
    seller.key += 1  # somebody else in the same seat
    world.pay.joins(seller)
    assert world.pay.leaving_factor(seller) == pytest.approx(1.0)


def test_who_was_the_last_but_has_left_is_paid_nothing():
    plan = plan_of(
        scenario_of(
            {"a": SALE},
            {"a": 0},
            WORK,
            {"seller": {"headcount": 1, "commission": {"a": 0.1}}, "clerk": 1},
            who=WHO,
            marks=worth(a=1000),
        )
    )
    trace = Trace(plan)
    world = World(plan, 1, 0, trace)
    world.clock.run_until(2 * HOUR_MS + 1, lambda: None)
    world.staff.seats[0].key += 1
    world.run()
    events = trace.table.column("event").to_pylist()
    assert "book" in events
    assert "pay" not in events


def test_risk_costs_a_premium():
    def cost(premium):
        role = {"headcount": 1, "pay_usd": 60_000.0, "variable_usd": 40_000.0, "travel_usd": 5_000.0}
        people = {"incentive": {"risk_premium": premium}}
        scenario = scenario_of({"a": SALE}, {"a": 0}, WORK, {"one": role}, people=people, overhead=1.25)
        return head_usd(plan_of(scenario).roles[0])

    assert cost(0.0) == 130_000.0
    assert cost(0.2) == 130_000.0 + 0.2 * 40_000.0 * 1.25


def test_effort_follows_commission_pay_and_nothing_else_does():
    # With 40 % variable and k .5, paid work of 2 h takes 2 / 1.2; the clerk's, unpaid, takes as long as before.
    seller = {"headcount": 1, "pay_usd": 60e3, "variable_usd": 40e3, "paid_for": ["pitch"], "commission": {"a": 0.1}}
    found = happened(
        {"a": SALE},
        {"a": 0},
        {"pitch": 2.4, "file": 1.0},
        {"seller": seller, "clerk": 1},
        who=WHO,
        marks=worth(a=1000),
        people={"incentive": {"effort": 0.5}},
        events=("start", "pay"),
    )
    assert found == written("""
        0 a start pitch seller/1 2h
        2 a start file  clerk/1  1h
        3 a pay   done  seller/1 100usd
    """)


def test_everything_off_changes_nothing():
    weeks = ["org=traditional", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    off = ["people.timing.reach=0.9", "people.timing.concession=0.5", "people.incentive.sorted_at_start=true"]
    quota = ["+org.roles.salesperson.quota={usd: 1000}"]
    assert simulate(compose([*weeks, *off, *quota])).table.equals(simulate(compose(weeks)).table)


def test_moving_deals_moves_no_need():
    weeks = ["org=traditional", "run.weeks=26", "run.warmup_weeks=0", "run_in=null", "people=steady"]
    more = ["+org.roles.salesperson.quota={usd: 90000, counts: [opportunity, expansion]}", "people.timing.near_weeks=3"]
    calm, moved = (simulate(compose([*weeks, *extra])).table.to_pylist() for extra in ([], more))
    assert {"pull", "push"} <= {row["event"] for row in moved}
    keys = ("time_ms", "account")
    needs = [[[row[k] for k in keys] for row in rows if row["event"] == "need"] for rows in (calm, moved)]
    assert needs[0] == needs[1]


def test_a_quota_counts_what_pays_a_commission_unless_it_says_what():
    for counts, counted in (([], (True, False, False)), (["b"], (False, True, False))):
        quota = {"usd": 10.0, "weeks": 2, "counts": counts}
        role = {"headcount": 1, "commission": {"a": 0.1, "b": 0}, "quota": quota}
        plan = plan_of(scenario_of({"a": SALE, "b": SALE}, {"a": 0, "b": 1}, WORK, {"one": role}))
        assert plan.roles[0].quota.counts == counted  # the last is the background
