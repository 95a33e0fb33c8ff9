import json
import math

import pytest

from sim.analysis import mean_interval, paired_difference, summarize

A = [1.0, 2.0, 3.0]
B = [2.0, 4.0, 9.0]


def rows_of(**designs):
    return [
        (name, replication, "throughput.orders", value, "per week")
        for name, values in designs.items()
        for replication, value in enumerate(values)
    ]


def test_carries_intervals_and_paired_differences():
    summary = summarize(rows_of(A=A, B=B))
    interval, found = mean_interval(B), paired_difference(A, B)
    assert summary["designs"]["B"]["throughput.orders"] == {
        "mean": interval.mean,
        "low": interval.low,
        "high": interval.high,
        "n": 3,
        "unit": "per week",
    }
    assert summary["paired"] == {
        "B - A": {
            "throughput.orders": {
                "mean": found.interval.mean,
                "low": found.interval.low,
                "high": found.interval.high,
                "n": 3,
                "unit": "per week",
                "t": found.t,
                "correlation": found.correlation,
                "variance_ratio": found.variance_ratio,
            }
        }
    }


def test_rows_may_come_in_any_order():
    rows = rows_of(A=A, B=B)
    assert summarize(rows[::-1], designs=["A", "B"]) == summarize(rows)


def test_replications_are_matched_by_number():
    # B lacks replication 0; B's 4 and 9 belong to A's 2 and 3.
    rows = [row for row in rows_of(A=A, B=B) if row[:2] != ("B", 0)]
    cell = summarize(rows)["paired"]["B - A"]["throughput.orders"]
    assert (cell["mean"], cell["n"]) == (4.0, 2)


def test_differences_are_to_the_first_design_unless_asked_for():
    rows = rows_of(A=A, B=B, C=B)
    assert list(summarize(rows)["paired"]) == ["B - A", "C - A"]
    assert list(summarize(rows, designs=["C", "A"])["paired"]) == ["A - C"]
    assert summarize(rows, pairs=[("C", "B")])["paired"]["C - B"]["throughput.orders"]["mean"] == 0.0


def test_kpi_of_one_design_only_has_no_difference():
    rows = [*rows_of(A=A, B=B), ("B", 0, "people.designer.utilization", 0.5, "share")]
    summary = summarize(rows)
    assert "people.designer.utilization" in summary["designs"]["B"]
    assert "people.designer.utilization" not in summary["paired"]["B - A"]


def test_is_json_even_where_nothing_is_defined():
    summary = summarize(rows_of(A=[math.nan, math.nan], B=[1.0, math.inf]))
    assert json.loads(json.dumps(summary, allow_nan=False)) == summary
    assert summary["designs"]["A"]["throughput.orders"]["mean"] is None
    assert summary["paired"]["B - A"]["throughput.orders"]["n"] == 0


def test_no_rows_give_an_empty_summary():
    assert summarize([]) == {"confidence": 0.95, "designs": {}, "paired": {}}


def test_one_replication_twice_is_refused():
    with pytest.raises(ValueError, match=r"orders.*'A'.*replication 0"):
        summarize([*rows_of(A=A), *rows_of(A=A)])


def test_two_units_of_one_kpi_are_refused():
    with pytest.raises(ValueError, match="one unit, got 'per week' and 'per year'"):
        summarize([*rows_of(A=A), ("B", 0, "throughput.orders", 1.0, "per year")])


def test_unknown_design_is_refused_by_name():
    with pytest.raises(ValueError, match="'C' has no rows"):
        summarize(rows_of(A=A), designs=["A", "C"])
    with pytest.raises(ValueError, match="'C' has no rows"):
        summarize(rows_of(A=A, B=B), pairs=[("C", "A")])
