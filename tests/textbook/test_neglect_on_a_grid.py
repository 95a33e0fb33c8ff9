"""Expectations that lapse: zero once, nothing afterwards; and what neglect does to special terms."""

import pytest

from sim import Scenario, simulate
from sim.worktime import HOUR_MS

TOLD = ("begin", "lapse", "touch", "milestone", "missed", "end")


def care(wait_h, neglect=True, hours=2.0, asks=None, left_h=None):
    """One customer is due a visit of an hour, for which wait_h pass first; a visit is expected within 2 h."""
    visit = {"do": "care"}
    steps = {"first": {"wait": 1.0}, "before": {"wait": wait_h}, "visit": visit, "out": {"end": "done"}}
    if asks:
        steps["before"]["asks"] = "care"
    if left_h is not None:
        visit |= {"patience": "patience", "left": "gone"}
        steps["gone"] = {"end": "gone"}
    data = {
        "market": {
            "segments": {"all": {"customers": 1}},
            "recurring": {"care": {"journey": "care", "per_account_per_year": 52, "pattern": "regular"}},
            "expectations": {"care": {"hours": hours, "neglect": neglect}},
            "laws": {"patience": left_h or 0.0},
        },
        "journey": {"care": {"steps": steps}},
        "activity": {"care": {"kind": "account_care", "effort_h": 1.0, "milestone": "care"}},
        "org": {
            "roles": {"manager": {"headcount": 1, "hours": "always" if left_h is None else {"sun": "23-24"}}},
            "who": {"care": "manager"},
        },
        "run": {"weeks": 2},
    }
    return simulate(Scenario.read(data), seed=1).table.to_pylist()


def told(rows):
    """Give what happened to the first case: hours since it began, event, and what it scored."""
    case = next(r for r in rows if r["event"] == "begin")
    return [
        (
            round((r["time_ms"] - case["time_ms"]) / HOUR_MS, 9),
            r["event"],
            *([r["value"]] if r["event"] == "touch" else []),
        )
        for r in rows
        if r["event"] in TOLD and r["case"] == case["case"]
    ]


def test_in_time_it_scores_as_ever():
    rows = told(care(0.25, hours=4.0))
    assert rows == [(0, "begin"), (2.25, "milestone"), (2.25, "touch", 1 / (1 + 2.25 / 4)), (2.25, "end")]


def test_what_lapses_scores_zero_then_and_nothing_when_it_comes_after_all():
    assert told(care(3.0)) == [(0, "begin"), (2, "lapse"), (2, "touch", 0.0), (5, "milestone"), (5, "end")]


def test_at_the_last_instant_is_in_time():
    assert told(care(1.0, hours=3.0)) == [(0, "begin"), (3, "milestone"), (3, "touch", 0.5), (3, "end")]


def test_without_the_switch_late_is_only_late():
    assert told(care(3.0, neglect=False)) == [(0, "begin"), (5, "milestone"), (5, "touch", 1 / (1 + 5 / 2)), (5, "end")]


def test_the_time_runs_from_when_it_is_asked_for():
    assert told(care(3.0, asks="care")) == [(0, "begin"), (3, "lapse"), (3, "touch", 0.0), (5, "milestone"), (5, "end")]


@pytest.mark.parametrize("neglect", [True, False])
def test_who_gives_up_waiting_scores_zero_once_when_it_was_due(neglect):
    # Patience of half an hour in a queue that never moves; due 3 h after the case began.
    rows = told(care(0.0, neglect, hours=3.0, left_h=0.5))
    lapse = [(3, "lapse")] if neglect else []
    assert rows == [(0, "begin"), (1.5, "missed"), (1.5, "end"), *lapse, (3, "touch", 0.0)]


def test_a_neglected_account_has_its_special_terms_forgotten_until_somebody_comes():
    """Unmet terms are all but impossible with care and certain without; a delivery with one is always wrong."""
    data = {
        "market": {
            "segments": {"all": {"customers": 3}},
            "recurring": {
                "care": {"journey": "care", "per_account_per_year": 52, "pattern": "regular"},
                "order": {"journey": "order", "per_account_per_year": 1500, "pattern": "regular"},
            },
            "account_marks": {"special": 1.0},
            "expectations": {"care": {"hours": 10.0, "neglect": True}},
            "rules": {
                "arrange": {"mean_unmet": 1e-9, "neglect_factor": 1e11},
                "delivers_right": {"base_issue": 0.0, "per_defect": 1.0},
            },
        },
        "journey": {
            "care": {"steps": {"late": {"wait": 60.0}, "visit": {"do": "care"}, "out": {"end": "done"}}},
            "order": {
                "steps": {
                    "special": {"choose": "special", "to": {"yes": "arrange", "no": "plain"}},
                    "arrange": {"do": "arrange"},
                    "right": {"choose": "delivers_right", "to": {"right": "good", "issue": "bad"}},
                    "good": {"end": "good"},
                    "bad": {"end": "bad"},
                    "plain": {"end": "plain"},
                }
            },
        },
        "activity": {
            "care": {"kind": "account_care", "effort_h": 0.0, "milestone": "care"},
            "arrange": {"kind": "account_care", "effort_h": 0.0, "effect": "arrange"},
        },
        "org": {
            "roles": {"manager": {"headcount": 1, "hours": "always"}},
            "who": {"care": "manager", "arrange": "manager"},
        },
        "run": {"weeks": 3},
    }
    neglected, outcomes = {}, {"good": 0, "bad": 0}
    for row in simulate(Scenario.read(data)).table.to_pylist():
        if row["event"] in ("lapse", "milestone"):
            neglected[row["account"]] = row["event"] == "lapse"
        if row["event"] == "end" and row["journey"] == "order":
            outcomes[row["step"]] += 1
            assert row["step"] == ("bad" if neglected.get(row["account"]) else "good")
    assert min(outcomes.values()) > 20


@pytest.mark.parametrize(
    ("help_h", "scored"),
    [
        (0.5, [(2, "milestone"), (2, "touch", 1 / (1 + 2 / 3)), (2, "end")]),
        (2.0, [(3, "touch", 0.0), (3.5, "milestone"), (3.5, "end")]),
    ],
)
def test_who_gives_up_one_way_and_gets_it_another_scores_once(help_h, scored):
    """Due 3 h after the case began; out of patience at 1.5, then served by a machine in time, or too late."""
    data = {
        "market": {
            "segments": {"all": {"customers": 1}},
            "recurring": {"care": {"journey": "care", "per_account_per_year": 52, "pattern": "regular"}},
            "expectations": {"care": {"hours": 3.0}},
            "laws": {"patience": 0.5},
        },
        "journey": {
            "care": {
                "steps": {
                    "first": {"wait": 1.0},
                    "visit": {"do": "visit", "patience": "patience", "left": "help", "then": "out"},
                    "help": {"do": "help"},
                    "out": {"end": "done"},
                }
            }
        },
        "activity": {
            "visit": {"kind": "account_care", "effort_h": 1.0, "milestone": "care"},
            "help": {"kind": "service", "effort_h": help_h, "milestone": "care"},
        },
        "org": {
            "roles": {
                "manager": {"headcount": 1, "hours": {"sun": "23-24"}},
                "robot": {"headcount": 1, "machine": True},
            },
            "who": {"visit": "manager", "help": "robot"},
        },
        "run": {"weeks": 2},
    }
    assert told(simulate(Scenario.read(data), seed=1).table.to_pylist()) == [(0, "begin"), *scored]
