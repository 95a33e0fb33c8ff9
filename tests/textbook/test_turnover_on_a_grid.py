"""People who quit: derived by hand, hour by hour."""

from math import log

from grid import DAY, OFFICE, WEEK, happened, lines_of, scenario_of, visit, written

from sim import measure, simulate
from sim.worktime import HOUR_MS

CERTAIN = 1e9
"""Quits a year with which everybody quits at the first Monday that asks."""
SOON = {"turnover": {"rate": 1.0}, "hiring": {"vacancy_weeks": 1}}
COMING_AND_GOING = ("start", "finish", "stop", "handoff", "setup", "join", "depart", "end")


def staffed(headcount=1, **role):
    return {"headcount": headcount, "hours": OFFICE, **role}


def test_who_quits_leaves_work_that_somebody_else_takes_over():
    found = happened(
        {"visit": visit()},
        {"visit": 4 * DAY + 16},  # Friday 16:00, an hour before the week ends
        {"serve": 3},
        {"clerk": staffed(quits_per_year=CERTAIN)},
        hours=3 * WEEK,
        people=SOON,
        handoff={"within_role": {"giver_h": 1.0, "taker_h": 0.5, "complete": 1.0}},
        events=COMING_AND_GOING,
    )
    assert found == written(
        f"""
        {4 * DAY + 16} visit start service clerk/1 3h
        {WEEK} visit stop service clerk/1 1h                   # an hour of three was done on Friday
        {WEEK} - depart clerk/1 quit
        {2 * WEEK} - join clerk/1
        {2 * WEEK + 9} visit handoff service clerk/1 0.5h      # the leaver gives nothing any more
        {2 * WEEK + 9} visit start service clerk/1 2.5h        # two hours are left, and taking over
        {2 * WEEK + 11.5} visit finish service clerk/1 2.5h
        {2 * WEEK + 11.5} visit end out
        """
    )


def test_in_a_role_that_never_closes_people_first_finish_what_they_have_in_hand():
    found = happened(
        {"visit": visit()},
        {"visit": WEEK - 2},
        {"serve": 5},
        {"clerk": {"headcount": 1, "quits_per_year": CERTAIN}},
        hours=2 * WEEK,
        people={"turnover": {"rate": 1.0}, "hiring": {"vacancy_weeks": 0}},
        events=("start", "finish", "depart", "join"),
    )
    assert found == written(
        f"""
        {WEEK - 2} visit start service clerk/1 5h
        {WEEK + 3} visit finish service clerk/1 5h
        {WEEK + 3} - depart clerk/1 quit
        {WEEK + 3} - join clerk/1
        """
    )


def owned_company(follow=0.0, firm=0.0):
    """One customer with a need a week; two sellers, each of whom quits on the second Monday with an even chance."""
    return scenario_of(
        {"visit": visit()},
        {},
        {"serve": {"kind": "service", "effort_h": 1, "customer_present": True}},
        {"seller": staffed(2, quits_per_year=52 * log(2))},
        hours=2 * WEEK,
        market={
            "segments": {"all": {"customers": 1}},
            "recurring": {"need": {"journey": "visit", "per_account_per_year": 52, "pattern": "regular"}},
        },
        people={
            "turnover": {"rate": 1.0},
            "hiring": {"vacancy_weeks": 1},
            "ties": {"follow": follow, "owner_at_start": 6, "firm_at_start": firm},
        },
        books=["seller"],
    )


def with_one_leaver(scenario):
    """Give rows of the first replications in which exactly one of two sellers quits, with the leaver."""
    for seed in range(80):
        rows = simulate(scenario, seed=seed).table.to_pylist()
        leavers = [r["person"] for r in rows if r["event"] == "depart"]
        if len(leavers) == 1:
            yield leavers[0], rows


def test_an_account_of_a_leaver_is_served_by_whoever_is_left():
    changed = 0
    for leaver, rows in with_one_leaver(owned_company()):
        before, after = (
            {r["person"] for r in rows if r["event"] == "start" and (r["time_ms"] >= WEEK * HOUR_MS) == late}
            for late in (False, True)
        )
        assert leaver not in after
        changed += before == {leaver} and bool(after)
    assert changed > 3


def test_an_account_follows_a_leaver_it_is_tied_to_and_nobody_else():
    followed, tied = 0, 0
    for leaver, rows in with_one_leaver(owned_company(follow=1.0)):
        owner = next((r["person"] for r in rows if r["event"] == "start"), None)
        ties = [r for r in rows if r["event"] == "tied"]
        gone = [r for r in rows if r["event"] == "follow"]
        if owner is not None and owner != leaver:
            assert not ties or rows.index(ties[0]) < next(i for i, r in enumerate(rows) if r["event"] == "start")
        assert all(r["value"] == 1.0 and r["person"] == leaver for r in ties)  # tied to nobody else, nor to the firm
        assert len(gone) == len(ties) == sum(r["event"] == "churn" for r in rows)
        followed, tied = followed + len(gone), tied + len(ties)
    assert followed > 3


def test_ties_to_the_firm_keep_accounts():
    for _, rows in with_one_leaver(owned_company(follow=1.0, firm=6.0)):
        for row in rows:
            if row["event"] == "tied":  # six of twelve, or one more after a week's fading at most
                kept = 6 * 2 ** (-1 / 52)
                assert 6 / 12 <= row["value"] <= (kept + 1) / (2 * kept + 1)


def test_a_newcomer_is_slow_and_a_colleague_trains():
    people = {
        "turnover": {"rate": 1.0},
        "hiring": {
            "vacancy_weeks": 0,
            "trainer_h_per_week": 2.0,
            "trainer_weeks": 2,
            "ramp_median_weeks": 4.0,
            "ramp_start": 0.5,
        },
    }
    scenario = scenario_of(
        {"visit": visit()},
        {"visit": 2 * WEEK + 9},
        {"serve": {"kind": "service", "effort_h": 3}},
        {"clerk": staffed(quits_per_year=CERTAIN), "veteran": staffed(quits_per_year=0.0)},
        hours=3 * WEEK,
        people=people,
    )
    found = lines_of(simulate(scenario), ("start", "join", "depart"))
    # Everybody of the role quits every Monday: nobody is left to train, and who serves began at that moment.
    assert found == written(
        f"""
        {WEEK} - depart clerk/1 quit
        {WEEK} - join clerk/1
        {2 * WEEK} - depart clerk/1 quit
        {2 * WEEK} - join clerk/1
        {2 * WEEK + 9} visit start service clerk/1 {hours_of(3, 9 / WEEK)}
        """
    )


def hours_of(effort_h: float, weeks: float) -> str:
    """Output rises evenly from a half to 1 in four weeks."""
    ms = round(effort_h * HOUR_MS / (0.5 + 0.5 * weeks / 4.0))
    return f"{ms / HOUR_MS:g}h"


def test_rostered_hours_are_those_of_people_who_are_there():
    scenario = scenario_of(
        {"visit": visit()},
        {"visit": 9},
        {"serve": 1},
        {"clerk": staffed(2, quits_per_year=CERTAIN)},
        hours=4 * WEEK,
        people=SOON,
    )
    measures = measure(simulate(scenario), scenario)
    weeks_there = 2 * 2  # each seat: the first week; empty the second; the third; empty the fourth
    assert measures["people.clerk.rostered_h_per_year"].value == weeks_there * 40 * 13
    assert measures["people.clerk.heads_there"].value == 1.0
    assert measures["people.clerk.turnover_per_year"].value == 4 / (weeks_there / 52)
    assert measures["people.clerk.left"].value == 4


def test_hiring_costs_a_share_of_pay():
    scenario = scenario_of(
        {"visit": visit()},
        {"visit": 9},
        {"serve": 1},
        {"clerk": staffed(pay_usd=50_000.0, variable_usd=10_000.0, quits_per_year=CERTAIN)},
        hours=52 * WEEK,
        people={"turnover": {"rate": 1.0}, "hiring": {"vacancy_weeks": 1, "pay_share": 0.25}},
    )
    measures = measure(simulate(scenario), scenario)
    joined = measures["people.clerk.joined"].value
    assert joined == 25  # weeks 2, 4, ... 50
    assert measures["money.hiring_usd_per_year"].value == joined * 15_000.0
