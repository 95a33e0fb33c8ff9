"""Work in hand while people leave or move and customers go: what of it counts, and what becomes of the case."""

from grid import DAY, OFFICE, WEEK, changed, happened, lines_of, scenario_of, visit, written

from sim import simulate
from sim.worktime import HOUR_MS

CERTAIN = 1e9
"""Quits or departures a year with which everybody goes at the first Monday that asks."""
MOVES = ("start", "finish", "leave", "pay", "join", "depart", "end")


# -- whoever moves to another role


def moved(steps, arrive, **more):
    """Give the trace of a clerk who becomes an expert at the end of the task that is in hand when week 1 begins."""
    pool = {"pool": "desk", "speed": {"serve": 1.0}}
    roles = {
        "clerk": {"headcount": 1, "commission": {"deal": 0.1}, **pool},
        "expert": {"headcount": 0, "commission": {"deal": 0.5}, **pool},
        "filer": 1,
    }
    before = scenario_of(
        {"deal": steps},
        {"deal": arrive},
        {"serve": {"kind": "service", "effort_h": 3.0, "milestone": "answer"}, "file": 1.0},
        roles,
        hours=2 * WEEK,
        marks={"deal": {"value": {"law": 1000.0}}},
        who={"serve": "clerk", "file": "filer"},
        **more,
    )
    return changed(before, who={"serve": "expert"}, clerk={"headcount": 0}, expert={"headcount": 1})


def test_what_was_done_in_the_old_role_counts_for_the_old_role():
    trace = moved({"serve": {"do": "serve"}, "done": {"end": "done", "books": True}}, WEEK - 1)
    assert lines_of(trace, MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} deal pay done clerk/1 100usd    # .1 of 1,000: the clerk's rate, not the expert's half
        {WEEK + 2} deal end done
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        """
    )
    rows = trace.table.to_pylist()
    assert {row["role"] for row in rows if row["event"] in ("start", "finish", "milestone", "pay")} == {"clerk"}
    assert [row["role"] for row in rows if row["event"] in ("depart", "join")] == ["clerk", "expert"]


def test_who_has_left_the_role_is_paid_nothing_when_the_case_is_booked_later():
    steps = {"serve": {"do": "serve"}, "file": {"do": "file"}, "done": {"end": "done", "books": True}}
    assert lines_of(moved(steps, WEEK - 1), MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        {WEEK + 2} deal start file filer/1 1h
        {WEEK + 3} deal finish file filer/1 1h     # no clerk is there any more, and no expert worked on it
        {WEEK + 3} deal end done
        """
    )


def test_a_case_goes_along_with_whoever_must_go_on_with_it():
    # The second hour of service would have been the same clerk's; the design that holds gives it to an expert.
    steps = {"serve": {"do": "serve"}, "again": {"do": "serve"}, "done": {"end": "done", "books": True}}
    assert lines_of(moved(steps, WEEK - 1, same_person=["serve"]), MOVES) == written(
        f"""
        {WEEK - 1} deal start serve clerk/1 3h
        {WEEK + 2} deal finish serve clerk/1 3h
        {WEEK + 2} - depart clerk/1 moved
        {WEEK + 2} - join clerk/1
        {WEEK + 2} deal start again clerk/1 3h
        {WEEK + 5} deal finish again clerk/1 3h
        {WEEK + 5} deal pay done clerk/1 500usd    # as the expert of now, and not as the clerk of then as well
        {WEEK + 5} deal end done
        """
    )


def test_who_was_away_in_the_old_role_is_there_in_the_new_one():
    # Away on every day of the office, which is never asked again in a role that never closes.
    steps = {"serve": {"do": "serve"}, "again": {"do": "serve"}, "done": {"end": "done"}}
    before = scenario_of(
        {"deal": steps},
        {"deal": WEEK - 10},
        {"serve": 3.0},
        {
            "clerk": {"headcount": 1, "pool": "desk", "hours": OFFICE, "absence_days_per_year": 259.9999},
            "expert": {"headcount": 0, "pool": "desk"},
        },
        hours=2 * WEEK,
        same_person=["serve"],
    )
    trace = changed(before, who={"serve": "expert"}, clerk={"headcount": 0}, expert={"headcount": 1})
    assert lines_of(trace, ("start", "end")) == written(
        f"""
        {WEEK} deal start serve clerk/1 3h
        {WEEK + 3} deal start again clerk/1 3h
        {WEEK + 6} deal end done
        """
    )


def test_who_moves_in_the_middle_of_a_shift_goes_on_in_the_new_role_at_once():
    # An hour of three is done on Friday, two on Monday from 9; the next customer has waited for an expert since 10.
    pool = {"pool": "desk", "hours": OFFICE}
    before = scenario_of(
        {"deal": visit(), "next": visit()},
        {"deal": 4 * DAY + 16, "next": WEEK + 10},
        {"serve": 3.0},
        {"clerk": {"headcount": 1, **pool}, "expert": {"headcount": 0, **pool}},
        hours=2 * WEEK,
    )
    trace = changed(before, who={"serve": "expert"}, clerk={"headcount": 0}, expert={"headcount": 1})
    assert lines_of(trace, ("start", "finish", "depart")) == written(
        f"""
        {4 * DAY + 16} deal start service clerk/1 3h
        {WEEK + 11} deal finish service clerk/1 3h
        {WEEK + 11} - depart clerk/1 moved
        {WEEK + 11} next start service clerk/1 3h
        {WEEK + 14} next finish service clerk/1 3h
        """
    )


# -- cases that were over while somebody still worked for them


def test_what_is_broken_off_does_not_go_back_to_a_queue_after_the_window():
    # The window of 3 h passes on Friday at 18, with the customer at the desk until the shift ended at 17; the clerk
    # does not come back on Monday.
    steps = {**visit(), "lost": {"end": "lost"}, "window_to": "lost"}
    found = happened(
        {"visit": steps},
        {"visit": 4 * DAY + 15},
        {"serve": {"kind": "service", "effort_h": 3.0, "customer_present": True}},
        {"clerk": {"headcount": 1, "hours": OFFICE, "quits_per_year": CERTAIN}},
        hours=3 * WEEK,
        people={"turnover": {"rate": 1.0}, "hiring": {"vacancy_weeks": 1}},
        market={"laws": {"window": 3.0}},
        events=("start", "stop", "finish", "leave", "depart", "end"),
    )
    assert found == written(
        f"""
        {4 * DAY + 15} visit start service clerk/1 3h
        {WEEK} visit stop service clerk/1 2h
        {WEEK} - depart clerk/1 quit
        {WEEK} visit end lost
        """
    )


def test_what_is_broken_off_ends_if_the_account_follows_the_leaver():
    # Work of 100 h, which no week holds; the only customer is tied to nobody but the clerk, who leaves on Monday.
    scenario = scenario_of(
        {"visit": visit()},
        {},
        {"serve": 100.0},
        {"clerk": {"headcount": 1, "hours": OFFICE, "quits_per_year": CERTAIN}},
        hours=2 * WEEK,
        books=["clerk"],
        market={
            "segments": {"all": {"customers": 1}},
            "recurring": {"need": {"journey": "visit", "per_account_per_year": 104, "pattern": "regular"}},
        },
        people={
            "turnover": {"rate": 1.0},
            "hiring": {"vacancy_weeks": 1},
            "ties": {"follow": 1.0, "owner_at_start": 1, "firm_at_start": 0},
        },
    )
    rows = [row for row in simulate(scenario).table.to_pylist() if row["time_ms"] == WEEK * HOUR_MS]
    (stopped,) = [row["case"] for row in rows if row["event"] == "stop"]
    found = [(row["event"], row["step"]) for row in rows if row["event"] == "churn" or row["case"] == stopped]
    assert found == [("stop", "service"), ("churn", None), ("end", "void")]
