"""Who owns an account serves it, waits and all; needs on a grid of hours."""

import pytest
from grid import lines_of, scenario_of, written

from sim import Scenario, simulate
from sim.worktime import HOUR_MS


def books(salespeople=2, needs=60, books=("sales",)):
    """Prospects with a need every hour, an hour and a half of work each, owned by salespeople."""
    return Scenario.read(
        {
            "market": {
                "segments": {"all": {"prospects": 12}},
                "needs": {
                    "journey": "inquiry",
                    "per_account_per_year": 1.0,
                    "response": {
                        "base_per_week": 1e6,
                        "max_per_week": 2e6,
                        "half_effect_usd": 1.0,
                        "shape": 1.0,
                        "carry_over_half_life_weeks": 0.0,
                        "reference_per_week": 1.0,
                    },
                    "recorded": {"path": "a.csv", "time": "t", "epochs_ms": [HOUR_MS * n for n in range(1, needs + 1)]},
                },
            },
            "journey": {"inquiry": {"steps": {"answer": {"do": "answer"}, "out": {"end": "done"}}}},
            "activity": {"answer": {"kind": "service", "effort_h": 1.5}},
            "org": {
                "roles": {"sales": {"headcount": salespeople, "hours": "always"}},
                "who": {"answer": "sales"},
                "books": list(books),
            },
            "run": {"weeks": 1.0},
        }
    )


def owners(rows):
    found = {}
    for row in rows:
        if row["event"] == "start":
            found.setdefault(row["account"], set()).add(row["person"])
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_owned_accounts_wait_for_their_owner(seed):
    # Each salesperson is a single server for the own accounts, first come: start = max(arrival, end of the one before).
    rows = simulate(books(), seed=seed).table.to_pylist()
    owner = owners(rows)
    assert all(len(people) == 1 for people in owner.values())
    assert {person for people in owner.values() for person in people} == {"sales/1", "sales/2"}
    free, expected = {"sales/1": 0, "sales/2": 0}, []
    for row in rows:
        if row["event"] == "begin":
            (person,) = owner[row["account"]]
            begins = max(row["time_ms"], free[person])
            free[person] = begins + 3 * HOUR_MS // 2
            expected.append((begins, row["case"], person))
    started = [(row["time_ms"], row["case"], row["person"]) for row in rows if row["event"] == "start"]
    assert sorted(started) == sorted(expected)
    # At a load of .75 apiece some wait for their owner though the other is idle; one queue would keep nobody waiting.
    assert any(row["event"] == "start" and row["time_ms"] > row["since_ms"] for row in rows)


def test_without_books_anybody_answers():
    rows = simulate(books(books=())).table.to_pylist()
    assert any(len(people) == 2 for people in owners(rows).values())
    assert all(row["time_ms"] == row["since_ms"] for row in rows if row["event"] == "start")


def test_one_more_owner_takes_accounts_but_shuffles_none():
    before, after = (owners(simulate(books(n, needs=150)).table.to_pylist()) for n in (2, 3))
    both = before.keys() & after.keys()
    assert len(both) >= 10
    moved = [a for a in both if before[a] != after[a]]
    assert moved
    assert all(after[a] == {"sales/3"} for a in moved)


def test_throw_away_accounts_have_no_owner():
    scenario = scenario_of(
        {"a": {"s": {"do": "serve"}, "out": {"end": "done"}}, "b": {"s": {"do": "serve"}, "out": {"end": "done"}}},
        {"a": 0, "b": 1},
        {"serve": 2.0},
        {"sales": 2},
        books=["sales"],
    )
    assert lines_of(simulate(scenario), ("start",)) == written("""
        0  a start s sales/1 2h
        1  b start s sales/2 2h
    """)
