"""What is published, held against runs: the data names what exists, and what is off is explained."""

import re
from pathlib import Path

import pytest

from experiments import compose
from experiments.answers.both_ways import ALL, Hours
from experiments.answers.results import Results
from experiments.pages.validation import Line, Work, figure, hours_of, read, verdict
from sim import measure, simulate
from sim.analysis import Interval

PAGE = Path(__file__).parents[2] / "docs" / "validation.md"


def line(**more):
    return Line.model_validate({"what": "it", "published": [1, 2], "source": "A 2020", "sum": ["a"], **more})


def test_every_figure_is_made_of_measures_that_there_are():
    scenario = compose(["org=traditional", "run.weeks=2", "run.warmup_weeks=1", "run_in=null"])
    known = measure(simulate(scenario), scenario)
    data = read()
    for one in data.figures.lines:
        assert one.published[0] < one.published[1]
        names = [f"{s}.median_h" for s in one.sum] if one.patient_within_h is not None else one.sum
        assert {*names, *one.over} <= known.keys(), one.what
    for design, works in data.loads.designs.items():
        roles = compose([f"org={design}", "run_in=null"]).org.roles
        assert {work.role for work in works} <= roles.keys()


def test_a_figure_is_a_ratio_of_totals():
    rows = [
        ("it", r, kpi, v, "1") for kpi, values in (("a", (1.0, 5.0)), ("b", (2.0, 2.0))) for r, v in enumerate(values)
    ]
    assert figure(line(sum=["a", "b"]), Results(rows)).mean == 5.0
    assert figure(line(over=["b"], times=10.0), Results(rows)).mean == pytest.approx(15.0)


def test_who_gives_up_says_nothing_of_how_long_the_others_would_wait():
    # Of four, one is answered after 1 h, one leaves after 2, one is answered after 3, one is still waiting after 5.
    cells = [(1.0, "reached"), (2.0, "missed"), (3.0, "reached"), (5.0, "open")]
    cohorts = [("it", r, "stage", fate, hours, 1) for r in range(2) for hours, fate in cells]
    results = Results([("it", r, "a", 0.0, "1") for r in range(2)], cohorts)
    within = [figure(line(sum=["stage"], patient_within_h=h), results).mean for h in (2.0, 4.0)]
    assert within == pytest.approx([1 / 4, 1 - 3 / 4 * 1 / 2])


def test_a_verdict_says_where_the_interval_lies():
    places = ((1.2, 1.8, "inside"), (0.5, 1.5, "overlaps"), (0.1, 0.9, "below"), (2.1, 3.0, "above"))
    assert [verdict(Interval((a + b) / 2, a, b, 9), (1.0, 2.0)) for a, b, _ in places] == [
        said for _, _, said in places
    ]


def test_hours_of_several_activities_are_added():
    hours = [
        Hours("clerk", "a", 1.0, 2.0, 3.0),
        Hours("clerk", "b", 10.0, 20.0, 30.0),
        Hours("clerk", ALL, 11.0, 22.0, 33.0),
    ]
    assert hours_of(Work(role="clerk", work=["a", "b"], arithmetic_h=1.0), hours) == (11.0, 22.0, 33.0)
    assert hours_of(Work(role="clerk", arithmetic_h=1.0), hours) == (11.0, 22.0, 33.0)
    with pytest.raises(KeyError, match="does not do all of"):
        hours_of(Work(role="clerk", work=["c"], arithmetic_h=1.0), hours)


def test_what_is_off_by_more_than_a_little_is_explained():
    loads = read().loads.designs
    because = {(w.role, "all" if w.work is None else ", ".join(w.work)): w.because for ws in loads.values() for w in ws}
    marked = re.findall(r"^\| (\w+) \| ([^|]+) \|.*\*\* \|$", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert marked
    assert all(because[role, work] for role, work in marked)
