"""Two companies and one prospect, derived by hand: who is first, whose offer is better, who leaves whom."""

from typing import Any

import pytest
from grid import written

from sim import Scenario, ScenarioError, measure, simulate
from sim.trace import Trace
from sim.worktime import HOUR_MS

TOLD = ("need", "milestone", "leave", "wait", "outdone", "end", "won", "won_from", "left_for", "churn")
SALE = {
    "offer": {"do": "write"},
    "think": {"wait": 24.0},
    "meeting": {"do": "meet"},
    "closes": {
        "choose": "closes",
        "to": {"won": "won", "incumbent": "stayed", "rival": "beaten", "no_decision": "nothing"},
    },
    "won": {"end": "won", "account": "becomes_customer"},
    "beaten": {"end": "beaten", "account": "rests"},
    "stayed": {"end": "stayed", "account": "rests"},
    "nothing": {"end": "nothing"},
}


def design(write_h: float, closer: Any = "always", quality: float = 1.0, speed: float = 1.0) -> dict[str, Any]:
    """Give a company whose offers take so many hours; meetings are of no length, in the hours of the closer."""
    return {
        "roles": {
            "writer": {
                "headcount": 1,
                "hours": "always",
                "speed": {"write": speed / write_h},
                "quality": {"write": quality},
            },
            "closer": {"headcount": 1, "hours": closer},
        },
        "who": {"write": "writer", "meet": "closer"},
    }


def market(
    *designs: dict[str, Any],
    needs: tuple[float, ...] = (10.0,),
    worth: float = 1000.0,
    weeks: float = 3.0,
    customers: int = 0,
    rest_weeks: float = 0.0,
    **rivalry: Any,
) -> Scenario:
    """Give companies that all hear of every need of one prospect; an offer alone in hand is worth so much."""
    heard = {
        "base_per_week": 1e12,
        "max_per_week": 1e12,
        "half_effect_usd": 1.0,
        "shape": 1.0,
        "carry_over_half_life_weeks": 0.0,
        "reference_per_week": 1.0,
    }
    epochs = [round(h * HOUR_MS) for h in (*needs, 5000.0)]
    stream = {
        "journey": "sale",
        "per_account_per_year": 52.0,
        "response": heard,
        "recorded": {"path": "a.csv", "time": "t", "epochs_ms": epochs},
    }
    closes = {"intercept": worth, "slope": 0.0, "defect_penalty": 100.0, "incumbent_share": 1.0, "rival_share": 0.0}
    write = {"kind": "proposal", "effort_h": 1.0, "effect": "draft", "milestone": "offer"}
    meet = {"kind": "persuasion", "effort_h": 0.0, "customer_present": True}
    return Scenario.read(
        {
            "market": {
                "segments": {"all": {"customers": customers, "prospects": 1}},
                "needs": stream,
                "rest_weeks": rest_weeks,
                "rules": {"closes": closes, "draft": {"mean_defects": 2.0}},
                "rivalry": rivalry,
            },
            "journey": {"sale": {"steps": SALE}},
            "activity": {"write": write, "meet": meet},
            "org": designs[0],
            "rivals": list(designs[1:]),
            "run": {"weeks": weeks},
        }
    )


def lines(trace: Trace, events: tuple[str, ...] = TOLD) -> list[str]:
    """Give a line per row: hour, company, event, step or value."""
    found = []
    for one in (trace, *trace.rivals):
        for row in one.table.to_pylist():
            if row["event"] in events:
                numbered = row["event"] in ("need", "outdone", "won_from", "left_for")
                what = f"{row['value']:g}" if numbered else row["step"] or ""
                words = [f"{row['time_ms'] / HOUR_MS:g}", str(row["company"]), row["event"], what]
                found.append((row["time_ms"], one.company, " ".join(words).strip()))
    return [line for _, _, line in sorted(found, key=lambda f: f[:2])]


FLAWED, CLEAN = 0.001, 1000.0
"""Quality of who writes thousands of defects into every offer, and of who hardly writes any."""


def test_who_comes_first_wins_and_the_other_learns_at_its_next_contact():
    assert lines(simulate(market(design(2), design(4)))) == written(
        """
        10 1 need 1
        10 2 need 1
        12 1 milestone offer
        14 2 milestone offer
        36 1 wait think
        36 1 end won
        36 1 won won
        38 2 wait think             # runs on: the customer says nothing until it is asked to a meeting
        38 2 outdone 1
        38 2 end beaten
        """
    )


def test_who_queues_for_the_customer_is_told_at_once():
    # Hour 36 is a Tuesday noon; the rival's closer works on Thursdays.
    found = lines(simulate(market(design(8), design(2, closer={"thu": "9-17"}))))
    assert found[4:] == written(
        """
        36 2 wait think
        42 1 wait think
        42 1 end won
        42 1 won won
        42 2 leave meeting
        42 2 outdone 1
        42 2 end beaten
        """
    )


def test_the_better_of_two_offers_in_hand_is_taken_whoever_asks_first():
    scenario = market(design(2, quality=FLAWED), design(4, quality=CLEAN), offer="offer")
    assert lines(simulate(scenario))[4:] == written(
        """
        36 1 wait think
        36 1 outdone 2              # the rival's offer is in hand and better
        36 1 end beaten
        38 2 wait think
        38 2 end won
        38 2 won won
        """
    )
    # An offer that is not in hand yet, or does not count as one until its closing, is not compared.
    late = lines(simulate(market(design(2, quality=FLAWED), design(40, quality=CLEAN), offer="offer", worth=1e7)))
    assert "36 1 end won" in late
    assert "36 1 end won" in lines(simulate(market(design(2, quality=FLAWED), design(4, quality=CLEAN), worth=1e7)))


def test_nobody_wins_where_staying_as_one_is_is_worth_more():
    found = lines(simulate(market(design(2), design(4), worth=-1000.0)))
    assert [line for line in found if "end" in line] == ["36 1 end stayed", "38 2 end stayed"]


def test_a_customer_that_another_company_wins_leaves_its_supplier():
    scenario = market(design(4), design(2), needs=(10, 200))
    trace = simulate(scenario)
    assert lines(trace)[4:] == written(
        """
        36 2 wait think
        36 2 end won
        36 2 won won
        38 1 wait think
        38 1 outdone 2
        38 1 end beaten
        200 1 need 1                # the account is the rival's customer, and looks around
        200 2 need 2                # who is its own customer is no prospect
        204 1 milestone offer
        228 1 wait think
        228 1 end won
        228 1 won won
        228 1 won_from 2
        228 2 left_for 1
        228 2 churn
        """
    )
    ours, theirs = (measure(one) for one in (trace, trace.rivals[0]))
    years = 3 / 52
    assert ours["market_share.share_at_end"].value == 1.0
    assert theirs["market_share.share_at_end"].value == 0.0
    assert ours["market_share.accounts_won_from_rivals_per_year"].value == pytest.approx(1 / years)
    assert ours["market_share.needs_lost_to_rivals_per_year"].value == pytest.approx(1 / years)
    assert theirs["market_share.accounts_lost_to_rivals_per_year"].value == pytest.approx(1 / years)
    assert theirs["market_share.customers_at_end"].value == 0.0


def test_an_incumbent_has_an_advantage_in_log_odds():
    held = market(design(4), design(2), needs=(10, 200), incumbent_advantage=2000.0)
    assert lines(simulate(held))[-1] == "228 1 end stayed"
    # At neutral satisfaction its effect is nothing.
    neutral = market(design(4), design(2), needs=(10, 200), satisfaction_effect=1e9)
    assert lines(simulate(neutral))[-1] == "228 2 churn"


def test_an_account_rests_from_the_company_it_left_or_refused_only():
    found = lines(simulate(market(design(4), design(2), needs=(10, 200), rest_weeks=1.0)), ("need",))
    assert found[2:] == ["200 1 need 2", "200 2 need 2"]  # the first company was refused at 38, until 206
    found = lines(simulate(market(design(4), design(2), needs=(10, 220), rest_weeks=1.0)), ("need",))
    assert found[2:] == ["220 1 need 1", "220 2 need 2"]


@pytest.mark.parametrize(
    ("rivalry", "told"),
    [
        ({"shares_at_start": [1.0]}, "market.rivalry.shares_at_start: one share for each company"),
        ({"shares_at_start": [0.7, 0.7]}, "market.rivalry.shares_at_start: must sum to 1"),
        ({"offer": "offr"}, "market.rivalry.offer: no milestone of an activity of this name; did you mean 'offer'"),
        ({"incumbent_advantage": -1.0}, "market.rivalry.incumbent_advantage: input should be greater than or equal"),
    ],
)
def test_wrong_terms_are_told(rivalry, told):
    with pytest.raises(ScenarioError) as error:
        market(design(2), design(4), **rivalry)
    assert [str(p).startswith(told) for p in error.value.problems] == [True], error.value.problems


def test_a_rival_that_does_not_fit_is_told_with_its_place():
    wrong = design(4)
    wrong["who"]["meet"] = "closr"
    with pytest.raises(ScenarioError, match=r"rivals\.1\.who\.meet: no role of this name; did you mean 'closer'"):
        market(design(2), design(2), wrong)
    with pytest.raises(ScenarioError, match="rivals: list should have at most 7 items"):
        market(*[design(2)] * 9)


def test_rivals_need_accounts():
    data = market(design(2)).model_dump(exclude_defaults=True)
    data["market"] = {}
    data["journey"]["sale"]["steps"] = {"offer": {"do": "write"}, "out": {"end": "out"}}
    data["source"] = {"walk_in": {"journey": "sale", "interarrival_h": 5.0}}
    with pytest.raises(ScenarioError, match="rivals: nothing to compete for"):
        Scenario.read({**data, "rivals": [data["org"]]})
