"""Practices that accounts adopt: by which journey, who serves them then, and what a design that offers none sees."""

from collections import Counter

import pytest

from sim import Scenario, simulate
from sim.load import offered_load
from sim.planning import plan_of
from sim.worktime import WEEK_MS


def company(offers=("portal",), weeks=6, openness=50.0, stream=None, **practice):
    """20 customers order twice a week; where a portal is offered, everybody is asked about it each week."""
    return {
        "market": {
            "segments": {"all": {"customers": 20}},
            "recurring": {
                "order": {
                    "journey": "order",
                    "per_account_per_year": 104,
                    "pattern": "regular",
                    **({"by_practice": stream} if stream else {}),
                },
                "asked": {
                    "journey": "adoption",
                    "practice": "portal",
                    "per_account_per_year": 1e4,
                    "pattern": "weekly_hazard",
                },
            },
            "practices": {"portal": {"openness": openness, **practice}},
        },
        "journey": {
            "order": {
                "steps": {
                    "follows": {"choose": "portal", "to": {"yes": "take", "no": "take_by_hand"}},
                    "take": {"do": "take"},
                    "out": {"end": "taken"},
                    "take_by_hand": {"do": "take"},
                    "by_hand": {"end": "taken_by_hand"},
                }
            },
            "restock": {"steps": {"sense": {"wait": 1.0}, "done": {"end": "restocked"}}},
            "adoption": {
                "steps": {
                    "talk": {"do": "talk"},
                    "convinced": {"choose": "convinced", "to": {"yes": "adopted", "again": "no", "no": "no"}},
                    "adopted": {"end": "adopted", "adopts": "portal"},
                    "no": {"end": "no"},
                }
            },
        },
        "activity": {
            "take": {"kind": "transaction", "effort_h": 0.1, "customer_present": True, "milestone": "confirmation"},
            "talk": {"kind": "persuasion", "effort_h": 0.1, "effect": "talk"},
        },
        "org": {
            "offers": list(offers),
            "roles": {
                "clerk": {"headcount": 2, "hours": "always"},
                "machine": {"headcount": 3, "machine": True, "channel": "self"},
            },
            "who": {
                "take": {"by_practice": {"portal": "machine"}, "otherwise": {"shares": {"clerk": 1.0}}},
                "talk": "clerk",
            },
        },
        "run": {"weeks": weeks},
    }


def rows_of(data):
    return simulate(Scenario.read(data)).table.to_pylist()


def test_an_account_is_asked_until_it_adopts_and_served_by_the_machine_from_then_on():
    adopted, seen = {}, Counter()
    for row in rows_of(company()):
        account, event = row["account"], row["event"]
        if event == "adopt":
            assert row["value"] == 0.0
            adopted[account] = row["time_ms"]
        elif event == "begin" and row["journey"] == "adoption":
            assert account not in adopted
            seen["asked"] += 1
        elif event == "start" and row["activity"] == "take":
            assert row["role"] == ("machine" if adopted.get(account, row["time_ms"] + 1) <= row["time_ms"] else "clerk")
            seen[row["role"]] += 1
        elif event == "end" and row["journey"] == "order":
            seen[row["step"]] += 1
    assert len(adopted) == seen["asked"] == 20
    assert min(seen["machine"], seen["clerk"], seen["out"], seen["by_hand"]) > 5


def test_who_is_not_convinced_does_not_adopt_and_is_asked_again():
    rows = rows_of(company(openness=-50.0, weeks=4))
    assert not [r for r in rows if r["event"] == "adopt"]
    assert [r["step"] for r in rows if r["event"] == "end" and r["journey"] == "adoption"] == ["no"] * 80


def test_where_it_is_not_possible_nobody_is_asked():
    rows = rows_of(company(eligible=0.0, customers_at_start=1.0))
    assert not [r for r in rows if r["event"] == "adopt" or r["journey"] == "adoption"]


def test_some_follow_it_at_the_start():
    rows = rows_of(company(eligible=0.8, customers_at_start=0.5, weeks=1))
    at_start = {r["account"] for r in rows if r["event"] == "adopt" and r["time_ms"] == 0}
    asked = {r["account"] for r in rows if r["event"] == "begin" and r["journey"] == "adoption"}
    assert 2 <= len(at_start) <= 14
    assert asked.isdisjoint(at_start)
    assert len(asked | at_start) < 20  # not all are eligible


def test_a_design_that_does_not_offer_it_sees_none_of_it():
    """Bit for bit the run of a market without practices, although the design says who would serve them."""
    without = company(offers=())
    del without["market"]["practices"], without["market"]["recurring"]["asked"], without["journey"]["adoption"]
    without["org"]["who"] = {"take": "clerk"}
    without["journey"]["order"]["steps"]["follows"]["choose"] = "never"
    without["market"]["account_marks"] = {"never": 0.0}
    del without["activity"]["talk"]
    assert rows_of(company(offers=(), customers_at_start=1.0)) == rows_of(without)


def test_who_leaves_gives_up_what_it_had_adopted():
    data = company(customers_at_start=1.0, weeks=8)
    data["market"]["churn"] = {"per_account_per_year": 10.0}
    rows = rows_of(data)
    left = [(r["time_ms"], r["account"]) for r in rows if r["event"] == "churn"]
    dropped = [(r["time_ms"], r["account"]) for r in rows if r["event"] == "adopt" and r["value"] == -1.0]
    assert len(left) > 5
    assert dropped == left


def test_an_end_may_drop_a_practice():
    data = company(customers_at_start=1.0, weeks=3)
    data["journey"]["order"]["steps"]["out"]["drops"] = "portal"
    rows = rows_of(data)
    first = {}
    for row in rows:
        if row["event"] == "start" and row["activity"] == "take":
            first.setdefault(row["account"], row["role"])
    assert set(first.values()) == {"machine"}
    assert [r["value"] for r in rows if r["event"] == "adopt"][20:].count(-1.0) >= 20


def test_bins_that_reorder_by_themselves_ask_nobody():
    data = company(customers_at_start=1.0, stream={"portal": "restock"})
    rows = rows_of(data)
    begun = Counter(r["journey"] for r in rows if r["event"] == "begin")
    assert begun["restock"] > 200
    assert not begun["order"]
    assert not [r for r in rows if r["event"] == "start"]


def test_the_same_needs_arise_whichever_journey_they_take():
    def begun(stream):
        rows = rows_of(company(customers_at_start=1.0, stream=stream))
        return [(r["time_ms"], r["case"]) for r in rows if r["event"] == "begin"]

    assert begun(None) == begun({"portal": "restock"})


def test_the_load_check_walks_what_customers_follow_at_the_start():
    data = company(eligible=0.5, customers_at_start=0.6)
    data["org"]["roles"]["machine"] |= {"cannot": {"take": 0.25}, "fallback": "clerk"}
    found = offered_load(plan_of(Scenario.read(data)), samples=4000)
    orders = 20 * 104
    assert found.work_h["machine", "take"] == pytest.approx(0.1 * 0.3 * orders, rel=0.1)
    assert found.work_h["clerk", "take"] == pytest.approx(0.1 * (0.7 + 0.3 * 0.25) * orders, rel=0.05)
    assert found.needs["asked"] == pytest.approx(20 * 1e4 * 0.2)
    data["org"]["roles"]["machine"]["outages"] = {"every_h": 90.0, "length_h": 10.0}
    there = offered_load(plan_of(Scenario.read(data)), samples=1).capacity_h["machine"]
    assert there / found.capacity_h["machine"] == pytest.approx(0.9, abs=0.01)  # 90 % up, if outages are rare
    data["org"]["offers"] = []
    found = offered_load(plan_of(Scenario.read(data)), samples=200)
    assert found.work_h["clerk", "take"] == pytest.approx(0.1 * orders)
    assert "asked" not in found.needs


def test_measures_are_those_of_the_rows():
    from sim import measure

    data = company(eligible=0.7, customers_at_start=0.5, weeks=4)
    data["run"]["warmup_weeks"] = 1.0
    data["org"]["roles"]["machine"] |= {
        "cannot": {"take": 0.25},
        "fallback": "clerk",
        "outages": {"every_h": 30.0, "length_h": 5.0},
    }
    data["market"]["expectations"] = {"confirmation": {"hours": 1.0}}
    trace = simulate(Scenario.read(data))
    found = {name: one.value for name, one in measure(trace).items()}
    lo, hi = WEEK_MS, 5 * WEEK_MS
    adopted, by_role, of_adopters, contacts, scores, out, last = {}, Counter(), Counter(), Counter(), {}, 0, None
    adopter_ms, tried = 0, Counter()
    for row in trace.table.to_pylist():
        now = lo <= row["time_ms"] < hi
        if row["event"] == "adopt":
            adopted[row["account"]] = True
            adopter_ms += hi - max(lo, row["time_ms"])
        elif row["event"] == "finish" and row["activity"] == "take":
            contacts[row["case"]] += 1
            tried[row["role"]] += now
        elif row["event"] == "milestone" and now:
            by_role[row["role"]] += 1
            by_role["contacts", row["role"]] += contacts[row["case"]]
            of_adopters[row["role"]] += row["account"] in adopted
            last = row["role"]
        elif row["event"] == "touch" and now:
            scores.setdefault(last, []).append(row["value"])
        elif row["event"] == "cannot":
            by_role["fell"] += now
        elif row["event"] == "outage":
            out += max(0, min(hi, row["time_ms"]) - max(lo, row["since_ms"]))
    all_orders = by_role["machine"] + by_role["clerk"]
    assert by_role["fell"] > 5
    assert found["channels.self_service_share"] == pytest.approx(by_role["machine"] / all_orders)
    share = of_adopters["machine"] / sum(of_adopters.values())
    assert found["channels.self_service_of_adopters_share"] == pytest.approx(share)
    assert found["channels.orders.self_share"] == pytest.approx(by_role["machine"] / all_orders)
    assert found["satisfaction.contacts_per_order.self"] == pytest.approx(1.0)
    each = by_role["contacts", "clerk"] / by_role["clerk"]
    assert 1.0 < each
    assert found["satisfaction.contacts_per_order.remote"] == pytest.approx(each)
    for role, channel in (("machine", "self"), ("clerk", "remote")):
        mean = sum(scores[role]) / len(scores[role])
        assert found[f"satisfaction.touch.confirmation.{channel}.mean"] == pytest.approx(mean)
    assert found["channels.adoption.portal_share"] == pytest.approx(adopter_ms / (20 * (hi - lo)))
    assert found["channels.out.machine_share"] == pytest.approx(out / (hi - lo))
    assert out > 0
    assert found["channels.fallback.machine_share"] == pytest.approx(by_role["fell"] / tried["machine"])


@pytest.mark.parametrize("liking", [0.0, 0.1])
def test_liking_a_channel_is_a_term_of_its_own_that_can_be_zero(liking):
    data = company(customers_at_start=0.5, weeks=2)
    data["market"] |= {
        "channels": {"every": {"person": 0.0, "remote": 0.5, "self": 0.5}},
        "expectations": {"confirmation": {"hours": 0.2}},
        "rules": {"satisfaction": {"channel_liking": liking}},
    }
    reached, extra = {}, Counter()
    for row in rows_of(data):
        if row["event"] == "milestone":
            reached[row["case"]] = row["time_ms"] - row["since_ms"], row["value"]
        elif row["event"] == "touch":
            elapsed, expected = reached[row["case"]]
            extra[round(row["value"] - 1 / (1 + elapsed / expected), 9)] += 1
    assert set(extra) == ({0.0} if liking == 0.0 else {0.1, -0.05})
