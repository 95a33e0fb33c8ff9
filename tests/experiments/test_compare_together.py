"""`orgsim compare` as a whole: what is told when all differences are looked at, and which designs may be the best."""

import json
from pathlib import Path

import numpy as np
import pytest

from experiments.answers.answer import summary_of
from experiments.answers.best import best_of
from experiments.answers.direction import larger_is_better
from experiments.answers.family import family_of
from experiments.answers.results import Results
from experiments.cli import main
from experiments.composing.compose import composed
from experiments.report import page
from experiments.report.comparison import Comparison
from experiments.verbs import compare
from sim.analysis.p_value import student_p

WON, ORDERS = "throughput.new_customers_per_week", "throughput.orders_per_week"
COST, OPEX = "money.cost_per_new_customer_usd", "money.operating_expense_usd_per_year"
CONTRIBUTION = "money.contribution_less_opex_usd_per_year"


def results(values):
    """Rows of designs, ``{DESIGN: {KPI: values by replication}}``."""
    return Results(
        [
            (design, r, kpi, float(value), "1")
            for design, cells in values.items()
            for kpi, found in cells.items()
            for r, value in enumerate(found)
        ]
    )


def compared(values):
    found, n = results(values), len(next(iter(next(iter(values.values())).values())))
    return Comparison(list(values), found.rows, summary_of(found, list(values)), {"replications": n})


BASE = np.array([1.0, 4.0, 2.0, 3.0, 5.0, 3.0])
SURE = BASE + 2.0 + 0.1 * np.array([1, -1, 2, -2, 0, 0])
UNSURE = BASE + np.array([1.0, 0.0, 1.8, 0.5, 1.4, 0.2])


def test_the_family_is_every_design_by_every_headline():
    """Four differences; Holm by hand: the smallest p times 4, the next times 3, ..., never falling."""
    comparison = compared(
        {
            "a": {WON: BASE, ORDERS: BASE},
            "b": {WON: SURE, ORDERS: UNSURE},
            "c": {WON: UNSURE, ORDERS: BASE[::-1]},
        }
    )
    family = family_of(comparison)
    assert [(m.design, m.kpi) for m in family.members] == [("b", WON), ("b", ORDERS), ("c", WON), ("c", ORDERS)]
    p = [student_p(SURE - BASE), student_p(UNSURE - BASE), student_p(UNSURE - BASE), student_p(BASE[::-1] - BASE)]
    assert p[0] < p[1] < 0.05 < p[3]
    assert [m.p for m in family.members] == pytest.approx(p, rel=1e-6)
    adjusted = [4 * p[0], 3 * p[1], 3 * p[1], max(3 * p[1], p[3])]
    assert [m.adjusted for m in family.members] == pytest.approx(adjusted, rel=1e-6)
    assert adjusted[1] > 0.05
    assert [(m.alone, m.told) for m in family.members] == [(True, True), (True, False), (True, False), (False, False)]
    first, second = family.lines()
    assert "of 4 differences looked at (2 designs, 2 headline measures) 1 are told" in first
    assert second == "Starred above and not told so: Orders of b; New customers of c."
    plain = family.plain()
    assert (plain["size"], plain["method"]) == (4, "Holm 1979")
    assert [one["told"] for one in plain["members"]] == [True, False, False, False]


def test_what_terms_set_is_no_member():
    family = family_of(compared({"a": {WON: BASE, OPEX: BASE}, "b": {WON: SURE, OPEX: SURE}}))
    assert [m.kpi for m in family.members] == [WON]


def test_no_family_of_one_design_or_one_replication():
    assert family_of(compared({"a": {WON: BASE}})).lines() == []
    assert family_of(compared({"a": {WON: BASE[:1]}, "b": {WON: SURE[:1]}})).members == ()


def test_which_may_be_the_best():
    """b is ahead of a by 2 with hardly any spread; c is not told from b."""
    found = best_of(
        results({"a": {WON: BASE}, "b": {WON: SURE}, "c": {WON: BASE + np.array([3.0, 1.0, 3.0, 0.5, 3.5, 2.0])}}),
        ["a", "b", "c"],
        WON,
    )
    assert found.may_be == ["c", "b"]
    assert found.plain()["beaten_by"] == {"a": "b"}
    assert found.line().startswith(f"Best by {WON} (larger is better): may be c, b; every other design")


def test_the_best_is_one_or_none():
    one = best_of(results({"a": {WON: BASE}, "b": {WON: SURE}}), ["a", "b"], WON)
    assert one.line() == f"Best by {WON} (larger is better): b; every other design is told to be behind (95 %)."
    none = best_of(results({"a": {WON: BASE}, "b": {WON: BASE[::-1]}}), ["a", "b"], WON)
    assert "none of the 2 designs is told from the best" in none.line()
    lone = best_of(results({"a": {WON: BASE[:1]}, "b": {WON: SURE[:1]}}), ["a", "b"], WON)
    assert "nothing can be told from 1 complete" in lone.line()


def test_cost_is_better_where_it_is_lower_and_of_totals():
    """Cost per customer is 52 times less a year where weekly customers are given; b has half the cost."""
    cheap = {OPEX: BASE * 1e5, WON: SURE, COST: BASE * 1e5 / SURE}
    found = best_of(results({"a": {OPEX: BASE * 2e5, WON: BASE, COST: [2e5] * 6}, "b": cheap}), ["a", "b"], COST)
    assert not found.larger
    assert found.may_be == ["b"]


def test_by_default_contribution_where_there_is_one():
    assert best_of(results({"a": {WON: BASE}, "b": {WON: SURE}}), ["a", "b"], None) is None
    both = results({"a": {CONTRIBUTION: BASE}, "b": {CONTRIBUTION: SURE}})
    assert best_of(both, ["a", "b"], None).kpi == CONTRIBUTION
    assert best_of(both, ["a"], None) is None


@pytest.mark.parametrize(
    ("kpi", "larger"),
    [
        (WON, True),
        (COST, False),
        ("satisfaction.churn_per_account_year", False),
        ("flow.opportunity.answer.reached_share", True),
        ("flow.issue.resolution.p90_h", False),
        ("people.all.new_customers_per_1000_h", True),
    ],
)
def test_which_way_is_wanted(kpi, larger):
    assert larger_is_better(kpi) == larger


def test_a_comparison_tells_it(capsys, monkeypatch):
    monkeypatch.setattr(page, "figures", lambda comparison: [])
    words = ["run.weeks=1", "run.warmup_weeks=0", "run_in=null", "replications=2", "engine=simpy", "quiet=true"]
    kpi = "throughput.orders_per_week"
    assert main(["compare", "designs=[traditional,self_service]", *words, f"best={kpi}", "out=answer"]) == 0
    told = capsys.readouterr().out
    found = json.loads((Path("answer") / "summary.json").read_text(encoding="utf-8"))
    assert found["best"]["kpi"] == kpi
    assert set(found["best"]["may_be_best"]) <= {"traditional", "self_service"}
    assert found["family"]["size"] == len(found["family"]["members"]) > 5
    for one in found["family"]["members"]:
        assert one["p"] <= one["p_adjusted"] <= 1.0
    assert f"Holm: of {found['family']['size']} differences looked at (1 design, " in told
    assert f"Best by {kpi} (larger is better)" in told
    html = (Path("answer") / "report.html").read_text(encoding="utf-8")
    assert "Which may be the best" in html


def test_a_measure_that_there_is_not(complaints, workplace):
    (told,) = complaints("compare", "best=throughput.orders_per_weak")
    assert told.startswith("best: no such measure; did you mean 'throughput.orders_per_week'?")
    assert list(workplace.iterdir()) == []


def test_caveats_name_the_reference_and_what_ran_before():
    here = composed(["run.warmup_weeks=13"])
    assert compare._caveats("ours", here) == (
        "Against ours as it is described, tuned or not; no verdict on any claim.",
        "Intervals show luck only: they say nothing about the assumptions behind the numbers.",
        "Every design takes over from traditional after 13 weeks, which started with the market's customers at neutral "
        "satisfaction and with empty queues.",
    )
    alone = composed(["run_in=null"])
    first, _, last = compare._caveats("traditional", alone)
    assert first == "Against the untuned traditional design; no verdict on any claim."
    assert last.startswith("Every design starts with the market's customers")
