"""Campaigns, propositions, word of mouth and cold calls, derived by hand; needs of one prospect at recorded hours."""

from typing import Any

import pytest
from grid import WEEK, lines_of, scenario_of, written

from sim import Scenario, simulate
from sim.plan import ORIGINS
from sim.planning import plan_of
from sim.reach import Reach
from sim.trace import Trace
from sim.worktime import HOUR_MS

FOREVER = 1e12
ALL, NOBODY = 1e12, 0.0
INQUIRY = {"inquiry": {"steps": {"answer": {"do": "answer"}, "out": {"end": "done"}}}}
"""Nobody rests, and an answer takes no time: the account is available again at once."""


def company(
    needs=(),
    journey=INQUIRY,
    weeks=4.0,
    heard=NOBODY,
    prospects=1,
    customers=0,
    background=None,
    callers=1,
    market: dict[str, Any] | None = None,
    recorded=True,
    **org,
):
    """Give a company with needs at some hours, of which without money it hears of all or none."""
    response = {
        "base_per_week": heard,
        "max_per_week": 1e12,
        "half_effect_usd": 1.0,
        "shape": 1.0,
        "carry_over_half_life_weeks": 0.0,
        "reference_per_week": 1.0,
    }
    stream: dict[str, Any] = {"journey": "inquiry", "per_account_per_year": 52.0, "response": response}
    stream["marks"] = {"value": {"law": {"exponential": {"mean": 100.0}}}}
    if recorded:
        epochs = [round(h * HOUR_MS) for h in (*needs, 5000.0)]
        stream["recorded"] = {"path": "a.csv", "time": "t", "epochs_ms": epochs}
    roles = {
        "desk": {"headcount": 1, "hours": "always"},
        "caller": {"headcount": callers, "hours": "always", "background": background or {}},
    }
    own = ("call", "advertise", "compose")
    activity = {name: {"kind": "marketing", "effort_h": 1.0} for name in own}
    activity |= {"answer": {"kind": "service", "effort_h": 0}}
    activity |= {"meet": {"kind": "persuasion", "effort_h": 0.5}}
    activity |= {"persuade": {"kind": "persuasion", "effort_h": 0, "effect": "talk"}}
    return Scenario.read(
        {
            "market": {
                "segments": {"all": {"customers": customers, "prospects": prospects}},
                "needs": stream,
                **(market or {}),
            },
            "journey": journey,
            "activity": activity,
            "org": {"roles": roles, "who": {"answer": "desk", "persuade": "desk"}, **org},
            "run": {"weeks": weeks},
        }
    )


def rows(trace: Trace, *events: str) -> list[dict[str, Any]]:
    """Give the rows of some events, with hours in place of ms."""
    return [
        {**row, "h": row["time_ms"] / HOUR_MS, "since_h": (row["since_ms"] or 0) / HOUR_MS}
        for row in trace.table.to_pylist()
        if row["event"] in events
    ]


def ran(scenario: Scenario, *events: str, seed: int = 1) -> list[dict[str, Any]]:
    return rows(simulate(scenario, seed=seed), *events)


def reached(found: list[dict[str, Any]]) -> list[tuple[float, float]]:
    return [(row["h"], row["value"]) for row in found]


# -- campaigns


@pytest.mark.parametrize("seed", [1, 2, 3, 4, 5, 6])
def test_money_is_spent_in_the_week_in_which_its_work_is_done(seed):
    # A half week's block of work, begun at the same hour of each week: done by Sunday night, or in the week after. The
    # market forgets at once, and hears of the company in a week only if money was spent in the week before.
    scenario = company(
        needs=[50, 218, 386],
        background={"campaign": {"activity": "advertise", "hours_per_week": 84, "per": "role", "block_h": 84}},
        marketing_usd_per_year=52_000.0,
        campaigns={"loud": {"work": "advertise"}},
    )
    found = ran(scenario, "spend", "finish", "need", seed=seed)
    done = [row["h"] for row in found if row["event"] == "finish" and row["activity"] == "advertise"]
    in_time = done[0] <= WEEK
    spent = [(row["since_h"], row["h"], row["value"]) for row in found if row["event"] == "spend"]
    first = 1000.0 if in_time else 0.0
    assert spent == [(0, 168, first), (168, 336, 1000.0), (336, 504, 1000.0), (504, 672, 1000.0)]
    assert reached(r for r in found if r["event"] == "need") == [(50, 1), (218, 1 if in_time else 0), (386, 1)]


def test_both_outcomes_of_the_last_test_happen():
    scenario = company(background={"c": {"activity": "advertise", "hours_per_week": 84, "per": "role", "block_h": 84}})
    done = [ran(scenario, "finish", seed=seed)[0]["h"] for seed in (1, 2, 3, 4, 5, 6)]
    assert min(done) <= WEEK < max(done)


def test_a_campaign_takes_its_share_and_the_rest_is_spent_without_work():
    # Six of twelve planned hours can be worked, as half of the blocks wait for somebody who is never there.
    scenario = company(
        background={"campaign": {"activity": "advertise", "hours_per_week": 6, "per": "role", "block_h": 0.5}},
        marketing_usd_per_year=52_000.0,
        campaigns={"loud": {"work": "advertise", "share": 0.6}},
    )
    data = scenario.model_dump()
    other = {"activity": "advertise", "hours_per_week": 6.0, "per": "role", "block_h": 0.5}
    closed = list(range(0, 14))
    data["org"]["roles"]["holiday"] = {
        "headcount": 1,
        "hours": {"mon-sun": "9-17"},
        "closed_days": closed,
        "background": {"campaign": other},
    }
    found = ran(Scenario.read(data), "spend")
    # A block begun on Sunday night may end on Monday; there are twelve of half an hour.
    assert [row["value"] for row in found][:2] == [pytest.approx(400 + 600 * 0.5, abs=600 / 24)] * 2
    assert [row["value"] for row in found][2] == pytest.approx(1000, abs=600 / 12)


def test_machines_may_do_campaign_work_and_hours_over_plan_buy_nothing():
    scenario = company(
        background={"campaign": {"activity": "advertise", "hours_per_week": 10, "per": "person", "block_h": 0.1}},
        marketing_usd_per_year=52_000.0,
        campaigns={"loud": {"work": "advertise"}},
        callers=2,
    )
    data = scenario.model_dump()
    data["org"]["roles"]["caller"]["machine"] = True
    found = ran(Scenario.read(data), "spend")
    assert len(found) == 4
    assert all(950 <= row["value"] <= 1000 for row in found)


def test_without_campaigns_nothing_is_written_of_money():
    assert ran(company(marketing_usd_per_year=52_000.0), "spend") == []


# -- propositions

PITCH = {
    "inquiry": {
        "steps": {
            "talk": {"do": "persuade"},
            "convinced": {"choose": "convinced", "to": {"yes": "out", "again": "talk", "no": "no"}},
            "out": {"end": "done"},
            "no": {"end": "lost"},
        }
    }
}
# So strong that the buyer's luck does not matter: at -1,400 two talks of 1,000 convince, or one of 1,400 and more.
STRONG = {"offsets": {"openness": -1400.0}, "rules": {"talk": {"appeal": 1000.0, "delta": 1.0}}}


def talks(found: list[dict[str, Any]]) -> list[float]:
    """Give the hours of all talks."""
    return [row["h"] for row in found if row["step"] == "talk"]


def proposing(half_life_weeks=FOREVER, lift=0.5, **org):
    """Twenty hours of composing a week, begun at 6.7 h or later, make one proposition."""
    return company(
        needs=[1, 150, 420],
        journey=PITCH,
        heard=ALL,
        market={**STRONG, "propositions": {"lift": lift, "half_life_weeks": half_life_weeks}},
        background={"composing": {"activity": "compose", "hours_per_week": 20, "per": "role", "block_h": 20}},
        **org,
    )


CAMPAIGN = {"campaigns": {"smart": {"work": "compose", "makes": "propositions", "hours_each": 20.0}}}


def finished_first(scenario: Scenario) -> float:
    return next(row["h"] for row in ran(scenario, "finish") if row["activity"] == "compose")


def test_a_proposition_raises_the_appeal_of_cases_that_begin_when_it_is_in_use():
    scenario = proposing(**CAMPAIGN)
    assert 1 < finished_first(scenario) <= 150
    assert talks(ran(scenario, "finish")) == [1, 1, 150, 420]


def test_it_helps_with_who_walks_in_as_well():
    data = proposing(**CAMPAIGN).model_dump(exclude_defaults=True)
    data["market"]["rules"]["convinced"] = {"rival": 1400.0}
    data["source"] = {"walk_in": {"journey": "inquiry", "interarrival_h": 149.0, "first_h": 1.0, "count": 2}}
    assert talks(r for r in ran(Scenario.read(data), "finish") if r["account"] is None) == [1, 1, 150]


def test_it_wears_out():
    # The first, finished at hour f, is worth .5 x 2^-((150 - f) / 24) at hour 150: under .4 after 7.7 h. The law gives
    # the later ones nothing better.
    scenario = proposing(half_life_weeks=1 / 7, **CAMPAIGN)
    first = finished_first(scenario)
    worth = [0.5 * 2 ** -(((h - first) % WEEK) / 24) for h in (150, 420)]
    expected = [1, 1, *[h for h, w in zip((150, 420), worth, strict=True) for _ in range(1 if w >= 0.4 else 2)]]
    assert talks(ran(scenario, "finish")) == expected


def test_work_without_the_campaign_makes_no_proposition():
    assert talks(ran(proposing(), "finish")) == [1, 1, 150, 150, 420, 420]


def test_a_need_may_answer_a_proposition():
    market = {"propositions": {"lift": 0.0, "half_life_weeks": FOREVER, "reach": 1.0}}
    composing = {"composing": {"activity": "compose", "hours_per_week": 20, "per": "role", "block_h": 20}}
    found = ran(company(needs=[1, 150], market=market, background=composing, **CAMPAIGN), "need", "origin")
    assert [(r["h"], r["event"], r["value"]) for r in found] == [(1, "need", 0), (150, "need", 1), (150, "origin", 1)]


# -- automation


def answering(factor=1.0, substantive=False):
    """An automatic answer, then one at a desk that is taken until hour 9 by somebody before."""
    steps = {
        "auto": {"do": "reply"},
        "service": {"do": "serve", "patience": "patience", "left": "gone"},
        "out": {"end": "served"},
        "gone": {"end": "gone"},
    }
    scenario = scenario_of(
        {"a": {"service": {"do": "serve"}, "out": {"end": "served"}}, "b": steps},
        {"a": 0, "b": 1},
        {
            "serve": 9.0,
            "reply": {"kind": "service", "effort_h": 0, "patience_factor": factor, "substantive": substantive},
        },
        {"desk": 1, "machine": {"headcount": 1, "machine": True}},
        hours=30,
        who={"serve": "desk", "reply": "machine"},
        market={"laws": {"patience": 3.0}},
    )
    return lines_of(simulate(scenario), ("leave", "end"))


@pytest.mark.parametrize("substantive", [False, True])
def test_an_automatic_answer_stops_no_patience_that_begins_later(substantive):
    assert answering(substantive=substantive) == written("""
        4 b leave service since 1
        4 b end   gone
        9 a end   out
    """)


def test_it_lengthens_patience_where_the_activity_says_so():
    assert answering(2.0) == written("""
        7 b leave service since 1
        7 b end   gone
        9 a end   out
    """)
    assert answering(3.0) == written("""
        9  a end out
        18 b end out
    """)


def test_what_is_left_of_a_patience_that_runs_is_lengthened():
    # Patience of 8 h runs from hour 0 and is interrupted by service from 0 to 2; six hours are left at 2, twelve then.
    steps = {
        "first": {"do": "reply", "patience": "patience", "left": "gone"},
        "then": {"do": "serve", "patience": "patience", "left": "gone"},
        "out": {"end": "served"},
        "gone": {"end": "gone"},
    }
    scenario = scenario_of(
        {"a": {"s": {"do": "serve"}, "out": {"end": "served"}}, "b": steps},
        {"a": 0, "b": 0},
        {"serve": 20.0, "reply": {"kind": "service", "effort_h": 2.0, "patience_factor": 2.0}},
        {"desk": 1, "machine": {"headcount": 1, "machine": True}},
        hours=40,
        who={"serve": "desk", "reply": "machine"},
        market={"laws": {"patience": 8.0}},
    )
    assert lines_of(simulate(scenario), ("leave",)) == written("14 b leave then since 2")


def nurturing(nurtures, half_life_weeks=FOREVER):
    """A customer who leaves at once and has a need a week on average, of which the company does not hear by itself."""
    market = {
        "churn": {"per_account_per_year": 1e9},
        "nurture": {"reach": 1.0, "half_life_weeks": half_life_weeks},
    }
    scenario = company(customers=1, prospects=0, recorded=False, weeks=30.0, market=market, nurtures=nurtures)
    return ran(scenario, "need", "churn")


def test_who_has_met_the_company_is_reached_if_it_nurtures():
    with_, without = nurturing(True), nurturing(False)
    assert with_[0]["event"] == "churn"
    assert with_[0]["h"] == 0
    assert [r["h"] for r in with_] == [r["h"] for r in without]
    assert {r["value"] for r in with_[1:]} == {1.0}
    assert {r["value"] for r in without[1:]} == {0.0}


def test_what_nurturing_does_wears_out():
    # Each meeting renews it; with a half-life of an hour nothing is left of the first after days.
    assert {r["value"] for r in nurturing(True, half_life_weeks=1 / WEEK)[1:]} == {0.0}


# -- word of mouth


def test_a_referred_prospect_is_reached_while_it_remembers():
    # The customer tells the only prospect every Monday at 0:00, who remembers for half a week.
    market = {"referral": {"per_customer_per_year": 1e9, "fresh_weeks": 0.5, "reach": 1.0}}
    found = ran(company(needs=[10, 83, 85, 200, 300], customers=1, market=market, weeks=2.0), "refer", "need", "origin")
    assert [(r["h"], r["event"], r["account"], r["value"]) for r in found] == [
        (0, "refer", 0, 1),
        (10, "need", 1, 1),
        (10, "origin", 1, ORIGINS.index("referral")),
        (83, "need", 1, 1),
        (83, "origin", 1, ORIGINS.index("referral")),
        (85, "need", 1, 0),
        (168, "refer", 0, 1),
        (200, "need", 1, 1),
        (200, "origin", 1, ORIGINS.index("referral")),
        (300, "need", 1, 0),
    ]


def test_more_satisfied_customers_refer_more_and_the_same_prospects():
    def told(rate: float) -> dict[tuple[float, int], float]:
        market = {"referral": {"per_customer_per_year": rate, "fresh_weeks": 1.0, "reach": 0.5}}
        found = ran(company(customers=40, prospects=50, market=market), "refer")
        return {(r["h"], r["account"]): r["value"] for r in found}

    few, many = told(5.0), told(20.0)
    assert 0 < len(few) < len(many)
    assert few.items() <= many.items()


def test_reputation_is_smoothed_by_week_and_moves_the_share_reached():
    market = {"reputation": {"reach": 2.0, "half_life_weeks": 1.0}}
    reach = Reach(plan_of(company(needs=[1], heard=1e-3, market=market)))
    before = reach.share
    reach.remember(0.4)
    assert reach.reputation == pytest.approx(0.2)
    reach.remember(0.4)
    assert reach.reputation == pytest.approx(0.3)
    assert 1 - reach.share == pytest.approx((1 - before) ** 1.8221188003905089)  # e^.6
    reach.remember(-0.3)
    assert reach.reputation == pytest.approx(0.0)
    assert reach.share == pytest.approx(before)


def test_a_good_name_convinces_who_comes_afterwards():
    # The customer's need at some hour of each week is served at once, which scores 1 with so great a weight that
    # satisfaction is 1 from then on; half over neutral on the second Monday. Talks do nothing, -500 + 2,000 x .5 does.
    market = {
        "offsets": {"openness": -500.0},
        "rules": {"talk": {"appeal": 0.0}, "convinced": {"max_talks": 1}, "satisfaction": {"half_life_days": FOREVER}},
        "reputation": {"conviction": 2000.0, "half_life_weeks": 0.0},
        "expectations": {"helped": {"hours": 1.0, "weight": 100.0}},
        "recurring": {"help": {"journey": "help", "per_account_per_year": 52.0, "pattern": "regular"}},
    }
    scenario = company(
        needs=[10, 167, 169],
        journey={**PITCH, "help": {"steps": {"answer": {"do": "answer"}, "out": {"end": "done"}}}},
        heard=ALL,
        customers=1,
        market=market,
        weeks=2.0,
    )
    data = scenario.model_dump()
    data["activity"]["answer"]["milestone"] = "helped"
    found = [(r["h"], r["step"]) for r in ran(Scenario.read(data), "end") if r["journey"] == "inquiry"]
    assert found == [(10, "no"), (167, "no"), (169, "out")]


# -- cold calls

CALLS = {"calls": {"work": "call", "touch_h": 0.5}}


def calling(needs=(), success=1.0, push=0.0, callers=1, per="role", touch_h=0.5, hours=1.0, **others):
    journey = others.pop("journey", None) or {
        "inquiry": {
            "window": "window",
            "window_to": "late",
            "entry": {"cold": "think"},
            "steps": {
                "answer": {"do": "answer"},
                "think": {"wait": 1e4},
                "out": {"end": "done"},
                "late": {"end": "late"},
            },
        }
    }
    market = {"touch": {"success": success, "push": push}, "laws": {"window": 100.0}, **others.pop("market", {})}
    return company(
        needs=needs,
        journey=journey,
        market=market,
        callers=callers,
        background={"calls": {"activity": "call", "hours_per_week": hours, "per": per, "block_h": 1}},
        calls={"work": "call", "touch_h": touch_h},
        **others,
    )


@pytest.mark.parametrize("seed", range(1, 9))
def test_a_call_finds_a_need_that_is_open_and_its_window_runs_from_the_need(seed):
    # One block of calls a week, ended at hour h: two touches fit into it, but there is one account, called once. A need
    # arises at hour 10, of which nobody heard; it is open until 110, whoever found it.
    found = ran(calling(needs=[10], weeks=2.0), "need", "call", "origin", "begin", "end", seed=seed)
    h = next(row["h"] for row in found if row["event"] == "call")
    told = [(r["h"], r["event"], r["step"], r["since_h"]) for r in found]
    need, calls = (10, "need", "answer", 0), [(h, "call", None, 0), (h + WEEK, "call", None, 0)]
    assert [r["value"] for r in found if r["event"] == "call"] == [1, 1]
    if 10 <= h < 110:
        begun = [(h, "origin", "answer", 10), (h, "begin", "think", pytest.approx(h))]
        assert told == [need, calls[0], *begun, (110, "end", "late", pytest.approx(h)), calls[1]]
        assert next(r["value"] for r in found if r["event"] == "origin") == ORIGINS.index("cold")
    else:
        assert told == sorted([need, *calls])


def test_calls_make_no_demand():
    found = ran(calling(success=1.0), "call", "origin", "begin")
    assert {r["event"] for r in found} == {"call"}
    assert ran(calling(needs=[10], success=0.0), "origin") == []


def test_who_was_called_is_found_with_the_same_luck_as_who_asks():
    # What money brings at once, calls find later; the case is the same, and so is its value.
    needs = list(range(0, 160, 4))
    asked = ran(calling(needs=needs, heard=ALL, prospects=20, weeks=1.0), "begin")
    called = ran(calling(needs=needs, prospects=20, weeks=1.0, hours=40.0), "begin")
    value = {row["case"]: row["value"] for row in asked}
    shared = [row for row in called if row["case"] in value]
    assert len(shared) >= 5
    assert all(row["value"] == value[row["case"]] for row in shared)


def pushed(callers: int) -> list[int]:
    """Give the accounts in the order in which calls win them, one a call, whether they need anything or not."""
    scenario = calling(prospects=40, push=1.0, callers=callers, per="person", touch_h=1.0, hours=3.0)
    return [row["account"] for row in ran(scenario, "origin")]


def test_accounts_are_called_in_one_order_whoever_calls():
    one, three = pushed(1), pushed(3)
    assert 10 <= len(one) < len(three)
    assert three[: len(one)] == one


def test_half_touches_are_kept_for_later():
    # Blocks of an hour, touches of 1.5 h: one after two blocks, two after three.
    found = ran(calling(prospects=40, touch_h=1.5, hours=3.0, weeks=1.0), "call")
    assert [row["value"] for row in found][:3] == [0, 1, 1]


def test_who_called_owns_the_account_where_the_role_owns_books():
    journey = {"inquiry": {"entry": {"cold": "meet"}, "steps": {"meet": {"do": "meet"}, "out": {"end": "done"}}}}
    scenario = calling(
        prospects=30,
        push=1.0,
        callers=3,
        per="person",
        touch_h=1.0,
        hours=4.0,
        journey=journey,
        who={"meet": "caller"},
        books=["caller"],
    )
    found = ran(scenario, "origin", "start")
    caller = {row["account"]: row["person"] for row in found if row["event"] == "origin"}
    met = {row["account"]: row["person"] for row in found if row["step"] == "meet" and row["event"] == "start"}
    assert len(set(met.values())) == 3
    assert met.items() <= caller.items()


def test_a_case_that_begins_later_in_its_journey_owes_nothing_it_passed_over():
    data = calling(needs=[10], weeks=2.0).model_dump()
    data["activity"]["answer"]["milestone"] = "answered"
    scenario = Scenario.read(data)
    found = next(f for f in (ran(scenario, "origin", "missed", seed=s) for s in range(1, 9)) if f)
    assert [row["event"] for row in found] == ["origin"]
