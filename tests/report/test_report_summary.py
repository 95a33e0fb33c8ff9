"""The summary in plain words, from comparisons made by hand."""

import math

import pytest

from experiments.report import Comparison
from experiments.report.finding import findings
from experiments.report.headline import OPERATING_EXPENSE, PRIMARY
from experiments.report.summary import in_words

WON = "throughput.new_customers_per_week"
CHURN = "satisfaction.churn_per_account_year"
ANSWER = "flow.opportunity.answer.median_h"
PROFIT = PRIMARY
UNITS = {WON: "1/week", CHURN: "1/year", ANSWER: "h", PROFIT: "USD/year", OPERATING_EXPENSE: "USD/year"}
LEVELS = {WON: 1.0, CHURN: 0.1, ANSWER: 30.0, PROFIT: 1e6, OPERATING_EXPENSE: 3e6}


def cell(mean, half=None, n=12):
    bounds = (None, None) if half is None else (mean - half, mean + half)
    return {"mean": mean, "low": bounds[0], "high": bounds[1], "n": n}


def by_hand(differences, n=12, **summary):
    """A comparison of the base with designs whose differences, {KPI: cell}, are given by name."""
    half = None if n == 1 else 0.01
    kpis = dict.fromkeys(kpi for cells in differences.values() for kpi in cells)
    level = {kpi: {**cell(LEVELS[kpi], half, n), "unit": UNITS[kpi]} for kpi in kpis}
    designs = {"base": level}
    for name, cells in differences.items():
        designs[name] = {kpi: {**level[kpi], "mean": LEVELS[kpi] + (c["mean"] or 0.0)} for kpi, c in cells.items()}
    paired = {f"{name} - base": cells for name, cells in differences.items()}
    return Comparison(
        list(designs), [], {"designs": designs, "paired": paired, **summary}, provenance={"replications": n}
    )


def said(comparison, adjust=None):
    return [f"{statement.text} [{statement.sure}]" for statement in in_words(comparison, adjust)]


def one(texts, part):
    found = [text for text in texts if part in text]
    assert len(found) == 1, texts
    return found[0]


def test_a_decided_difference_comes_after_the_count_with_size_and_bounds():
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), WON: cell(12 / 52, 7 / 52), CHURN: cell(0.0, 0.03)}}))
    assert texts[0].startswith(
        "new against base in 12 replications with the same customers: 3 headline measures, 3 diff"
    )
    assert "of the 3 there are about 0.15 would by chance alone" in texts[0]
    assert "new earns about $500,000 more a year, between $300,000 and $700,000. [decided at 95 %]" in texts[1]
    assert "wins about 12 more new customers a year, between 5 and 19" in one(texts, "decided and better")
    assert one(texts, "not decided").startswith("new, not decided: churn.")
    assert not any("worse" in text for text in texts)


def test_what_is_not_decided_is_said_with_how_far_it_may_go():
    texts = said(by_hand({"new": {PROFIT: cell(1e5, 3e5), WON: cell(0.1, 0.2)}}))
    assert "Whether new earns more or less is not decided" in texts[1]
    assert "“earns $200,000 less a year” to “earns $400,000 more a year”" in texts[1]
    assert "could be chance: not shown to differ, nor shown to be equal" in texts[1]
    assert not any("decided and" in text or "about" in text for text in texts[1:])


def test_contradictory_results_are_not_weighed():
    texts = said(by_hand({"new": {PROFIT: cell(-5e5, 2e5), WON: cell(0.5, 0.1), CHURN: cell(0.05, 0.02)}}))
    assert "earns about $500,000 less" in texts[1]
    assert "more new customers" in one(texts, "decided and better")
    assert "loses about 5.0 more of 100 customers a year, between 3.0 and 7.0" in one(texts, "decided and worse")
    assert "which weighs more, these numbers do not say" in one(texts, "matter of judgment")


def test_one_replication_decides_nothing():
    texts = said(by_hand({"new": {PROFIT: cell(9e5, n=1), WON: cell(0.9, n=1)}}, n=1))
    assert "in 1 replication " in texts[0] and "no difference can be told from chance" in texts[0]
    assert "Whether new earns more or less cannot be said." in texts[1]
    assert not any(word in text for text in texts for word in ("decided", "better", "about", "interval excludes"))


def test_missing_measures_are_called_so():
    texts = said(by_hand({"new": {WON: cell(0.5, 0.1)}}))
    assert one(texts, "was not measured") == "Whether new earns more or less was not measured. [no such number]"
    missing = {PROFIT: {"mean": None, "low": None, "high": None, "n": 0}, WON: cell(0.5, 0.1)}
    assert any("was not measured" in text for text in said(by_hand({"new": missing})))
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), WON: {"mean": None, "low": None, "high": None, "n": 0}}}))
    assert "new customers (not defined under one of the two)" in one(texts, "not compared")
    nothing = Comparison(["a", "b"], [], {})
    assert said(nothing) == ["None of the headline measures is among the results. [nothing to be said]"]


def test_what_only_some_replications_define_is_not_compared():
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), WON: cell(0.5, 0.1, n=7)}}))
    assert "new customers (defined in some replications only)" in one(texts, "not compared")
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5, n=7)}}))
    assert "cannot be said" in texts[1]


def test_one_design_is_not_compared_with_anything():
    level = {PROFIT: {**cell(1e6, 2e5), "unit": "USD/year"}, WON: {**cell(0.5, 0.25), "unit": "1/week"}}
    texts = said(Comparison(["alone"], [], {"designs": {"alone": level}}, provenance={"replications": 12}))
    assert texts[0].startswith("alone by itself: nothing was compared.")
    assert texts[1] == "It earns about $1.0 million a year, between $0.8 million and $1.2 million. [95 % interval]"
    assert texts[2] == "It wins about 26 new customers a year, between 13 and 39. [95 % interval]"


def test_what_drifts_is_neither_decided_nor_quoted():
    unsteady = {"new": [ANSWER]}
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), ANSWER: cell(-20.0, 2.0)}}, unsteady=unsteady))
    assert "time to first answer, median (new)" in one(texts, "No steady state")
    assert "not to be quoted" in one(texts, "No steady state")
    assert not any("sooner" in text for text in texts)


def test_a_correction_is_given_all_p_values_and_decides():
    cells = {PROFIT: cell(5e5, 2e5), WON: cell(0.5, 0.4), OPERATING_EXPENSE: cell(10.0, 0.0)}
    comparison, given = by_hand({"new": cells, "other": cells}), []

    def strict(values):
        given.append(list(values))
        return [min(1.0, 4 * p) for p in values]

    texts = said(comparison, strict)
    assert len(given) == 1 and len(given[0]) == 4  # what the terms set is not tested
    assert "outlasts a correction for all 4 tested" in texts[0]
    assert "new earns about $500,000 more a year" in texts[1] and "decided at 95 %, corrected" in texts[1]
    # Its own interval excludes zero; four times its p value is above .05.
    assert one(texts, "new, not decided").startswith("new, not decided: new customers.")


def test_p_values_are_those_of_students_t():
    # t of 11 degrees of freedom: the interval that just touches zero has p = 1 - confidence.
    finding = findings(by_hand({"new": {WON: cell(0.2, 0.2)}}))[0]
    assert finding.p == pytest.approx(0.05, rel=1e-9)
    # Critical value 2.2010 at .05 and 3.1058 at .01 (any table of Student's t).
    finding = findings(by_hand({"new": {WON: cell(3.1058, 2.2010)}}))[0]
    assert finding.p == pytest.approx(0.01, rel=1e-3)
    assert math.isnan(findings(by_hand({"new": {WON: cell(0.2, 0.0)}}))[0].p)


def test_differences_equal_to_the_last_digit_are_no_proof():
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), WON: cell(1.0, 0.0, n=2)}}, n=2))
    assert "new customers (no interval)" in one(texts, "not compared")


def test_cost_by_terms_is_an_input():
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), OPERATING_EXPENSE: cell(3e5, 0.0)}}))
    assert one(texts, "Not at equal cost").startswith(
        "Not at equal cost, by terms: new costs 10 % more a year than base."
    )
    texts = said(by_hand({"new": {PROFIT: cell(5e5, 2e5), OPERATING_EXPENSE: cell(-300.0, 0.0)}}))
    assert "all designs cost the same" in one(texts, "set by the designs, not a result")
    assert not any("operating expense" in text for text in texts)


def test_many_designs_are_spoken_of_in_brief():
    cells = {PROFIT: cell(5e5, 2e5), WON: cell(0.5, 0.1), CHURN: cell(0.0, 0.1)}
    texts = said(by_hand({f"d{i}": cells for i in range(8)}))
    assert "8 designs against base" in texts[0]
    spoken = next(i for i, text in enumerate(texts) if text.startswith("d5 earns about $500,000 more a year"))
    assert texts[spoken + 1] == "It is better in new customers; 1 other measure not decided. [decided at 95 %]"
    assert not any("d6" in text for text in texts)
    assert any(text.startswith("2 more designs are in the tables.") for text in texts)
    assert any("not held against one another" in text for text in texts)
    unequal = {f"d{i}": {PROFIT: cell(5e5, 2e5), OPERATING_EXPENSE: cell(3e5 * (i - 1), 0.0)} for i in range(4)}
    assert "3 of 4 designs cost another sum than base, from 10 % less to 20 % more." in one(
        said(by_hand(unequal)), "sum"
    )
