"""Measures of one segment are those of its accounts' rows alone."""

import pytest

from sim import Scenario, measure, simulate
from sim.kpis.by_segment import BySegment
from sim.trace import Event
from sim.worktime import HOUR_MS

# Accounts 0 to 2 are big, 3 to 5 small; the window is hour 168 to 336, a delivery is due 24 h after it was ordered.
DUE = 24 * HOUR_MS


def test_on_time_in_full_by_segment(company):
    for account, ordered, delivered in ((0, 180, 190), (0, 200, 300), (1, 210, 234), (3, 220, 221)):
        company.row(
            delivered,
            Event.MILESTONE,
            "order.ship",
            10 * account + ordered,
            account,
            since=ordered,
            value=DUE,
            person=0,
        )
    company.row(336, Event.OPEN_MILESTONE, "order.ship", 99, 4, since=250, value=DUE)
    for cuts in ((), range(1, len(company.rows))):
        found = company.measures(cuts, family=BySegment)
        assert found["satisfaction.on_time_in_full.big"] == pytest.approx(2 / 3)
        assert found["satisfaction.on_time_in_full.small"] == pytest.approx(1 / 2)


def test_a_market_without_resolutions_has_none(company):
    assert not [name for name in company.measures(family=BySegment) if name.startswith("flow")]


def test_resolutions_by_segment():
    scenario = Scenario.read(
        {
            "market": {
                "segments": {"big": {"customers": 3}, "small": {"customers": 5}},
                "recurring": {"question": {"journey": "issue", "per_account_per_year": {"big": 100, "small": 40}}},
            },
            "journey": {"issue": {"steps": {"fix": {"do": "fix"}, "out": {"end": "solved"}}}},
            "activity": {
                "fix": {
                    "kind": "service",
                    "effort_h": {"big": {"exponential": {"mean": 4.0}}, "small": 1.0},
                    "milestone": "resolution",
                }
            },
            "org": {"roles": {"desk": {"headcount": 1, "hours": "always"}}, "who": {"fix": "desk"}},
            "run": {"weeks": 8, "warmup_weeks": 2},
        }
    )
    trace = simulate(scenario)
    lo, hi = (t / HOUR_MS for t in trace.plan.window_ms)
    took = {"big": [], "small": []}
    for row in trace.table.to_pylist():
        if row["event"] == "milestone" and lo <= row["since_ms"] / HOUR_MS < hi:
            took["big" if row["account"] < 3 else "small"].append((row["time_ms"] - row["since_ms"]) / HOUR_MS)
    found = measure(trace)
    for segment, hours in took.items():
        assert len(hours) > 10
        assert found[f"flow.issue.resolution.{segment}.mean_h"].value == pytest.approx(sum(hours) / len(hours))
