"""What a lever of the org design must do, or must leave alone, whatever else is drawn."""

from collections import Counter

from happenings import ran, records
from hypothesis import given
from hypothesis import strategies as st
from small_companies import few, laws

from experiments import compose
from sim import simulate
from sim.trace import Event
from sim.worktime import HOUR_MS


def waits(interarrival, effort, headcount: int) -> dict[int, int]:
    """Give the time in queue of each case of a plain first-come queue, until the end of the run if still there."""
    data = {
        "journey": {"visit": {"steps": {"service": {"do": "serve"}, "out": {"end": "served"}}}},
        "activity": {"serve": {"kind": "service", "effort_h": effort}},
        "org": {"roles": {"server": {"headcount": headcount, "hours": "always"}}, "who": {"serve": "server"}},
        "source": {"customers": {"journey": "visit", "interarrival_h": interarrival}},
        "run": {"weeks": 2},
    }
    found = {}
    for row in ran(data)[1]:
        if row.event is Event.START or (row.event is Event.OPEN_TASK and row.person < 0):
            found[row.case] = row.time - row.since
    return found


@few
@given(laws(0.5, 6), laws(0.5, 12), st.integers(1, 4), st.integers(1, 2))
def test_more_people_let_nobody_wait_longer_in_a_first_come_queue(interarrival, effort, headcount, more):
    """With the same arrivals and efforts it holds for every customer, hence for the mean (Kiefer, Wolfowitz 1955)."""
    before, after = waits(interarrival, effort, headcount), waits(interarrival, effort, headcount + more)
    assert before.keys() == after.keys()
    assert all(after[case] <= before[case] for case in before)
    assert sum(after.values()) <= sum(before.values())


def shipped(*overrides: str):
    """Give the records of the base company over a few weeks."""
    return records(
        simulate(compose(["org=traditional", "run.weeks=6", "run.warmup_weeks=0", "run_in=null", *overrides]))
    )


def of(rows, *journeys: str):
    """Give the records of some journeys."""
    found = [r for r in rows if r[2] in journeys]
    assert found
    return found


def test_another_marketer_changes_only_what_marketers_do_in_the_shipped_company():
    """With no customer waiting for a marketer, more of them change nothing that a customer sees."""
    seen = ("opportunity", "expansion", "first_order", "order", "reorder", "issue", "account_care")
    assert of(shipped(), *seen) == of(shipped("org.roles.marketer.headcount=4"), *seen)


def test_pay_changes_no_record_at_all():
    assert shipped() == shipped(
        "org.roles.salesperson.pay_usd=90000", "org.overhead=1.5", "market.contribution_margin=0.5"
    )


def test_a_step_inserted_elsewhere_shifts_no_luck():
    """A wait put into the reorder journey leaves all other waits, which nobody serves, as long as they were."""
    plain = shipped()
    pause = ["journey.reorder.steps.fulfill.then=pause", "journey.reorder.steps.pause={wait: transport, then: make}"]
    longer = shipped(*pause)
    waits, its_waits = (
        {(*r[2:5], n): r[0] - r[8] for n, r in numbered(rows) if r[1] == "WAIT" and r[3] != "pause"}
        for rows in (plain, longer)
    )
    shared = waits.keys() & its_waits.keys()
    assert len(shared) > 100
    assert all(waits[key] == its_waits[key] for key in shared)
    assert any(r[3] == "pause" for r in longer)


def numbered(rows):
    """Give each row with how many alike there were before: the same event of the same case at the same step."""
    seen = Counter()
    for row in rows:
        yield seen[row[1:5]], row
        seen[row[1:5]] += 1


def company_with_a_window(kit: float) -> dict:
    """Give two roles that take over from one another, and a customer who decides after a day."""
    terms = {"giver_h": 0, "taker_h": 0.5, "complete": kit}
    return {
        "journey": {
            "deal": {
                "window": "decision",
                "window_to": "too_late",
                "steps": {
                    "prepare": {"do": "prepare"},
                    "meet": {"do": "meet"},
                    "won": {"end": "won"},
                    "too_late": {"end": "too_late"},
                },
            }
        },
        "activity": {
            "prepare": {"kind": "design", "effort_h": {"exponential": {"mean": 6}}},
            "meet": {"kind": "persuasion", "effort_h": 1, "customer_present": True},
        },
        "org": {
            "roles": {"back": {"headcount": 3}, "front": {"headcount": 3}},
            "who": {"prepare": "back", "meet": "front"},
            "handoff": {"across_roles": terms, "return_h": 20},
        },
        "market": {"laws": {"decision": 24}},
        "source": {"customers": {"journey": "deal", "interarrival_h": {"exponential": {"mean": 9}}}},
        "run": {"weeks": 8},
    }


def test_nobody_meets_a_customer_whose_window_has_passed():
    """Also not after an incomplete kit was sent back and completed too late."""
    for kit in (1.0, 0.3):
        trace, rows = ran(company_with_a_window(kit))
        meet = [s.index for s in trace.plan.steps if s.name == "meet"]
        begun = {r.case: r.time for r in rows if r.event is Event.BEGIN}
        starts = [r.time - begun[r.case] for r in rows if r.event is Event.START and r.step in meet]
        ends = {trace.plan.steps[r.step].name for r in rows if r.event is Event.END}
        assert ends == {"won", "too_late"}
        assert max(starts) <= 24 * HOUR_MS


def test_a_case_born_at_the_instant_its_account_leaves_does_no_work():
    """Work that ends at Monday 00:00 starts a child; then, at the same instant, customers leave."""
    steps = {"work": {"do": "work"}, "go": {"start": "child"}, "out": {"end": "out"}}
    data = {
        "journey": {
            "parent": {"survives_churn": True, "steps": steps},
            "child": {"steps": {"task": {"do": "task"}, "out": {"end": "out"}}},
        },
        "activity": {"work": {"kind": "service", "effort_h": 1}, "task": {"kind": "service", "effort_h": 1}},
        "org": {
            "roles": {
                "night": {"headcount": 200, "hours": {"sun": "23-24"}},
                "day": {"headcount": 1, "hours": "always"},
            },
            "who": {"work": "night", "task": "day"},
        },
        "market": {
            "segments": {"all": {"customers": 40}},
            "recurring": {"need": {"journey": "parent", "per_account_per_year": 52, "pattern": "regular"}},
            "churn": {"per_account_per_year": 30},
        },
        "run": {"weeks": 3},
    }
    trace, rows = ran(data)
    task = next(s.index for s in trace.plan.steps if s.name == "task")
    left = {r.account: r.time for r in rows if r.event is Event.CHURN}
    born = {r.case for r in rows if r.event is Event.BEGIN and r.step == task and r.time == left.get(r.account)}
    assert born
    assert not [r for r in rows if r.case in born and r.event is Event.START]
    assert all(trace.plan.steps[r.step].name == "void" for r in rows if r.case in born and r.event is Event.END)
