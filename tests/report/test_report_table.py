import math
from dataclasses import replace

import pytest

from experiments.report import headline_table
from experiments.report.line import lines
from experiments.report.page import comparison_document
from experiments.report.rendering import render

FIVE = ("traditional", "persuasion_only", "with_portal", "preorder_group_and_account_managers_for_all", "all")


def blocks(text):
    """Rows between two rules, of every block of designs."""
    found, inside = [], False
    for row in text.splitlines():
        if row.startswith("---"):
            inside = not inside
            if inside:
                found.append([])
        elif inside:
            found[-1].append(row)
    return found


@pytest.mark.parametrize("designs", [FIVE[:1], FIVE[:2], FIVE[:3], FIVE])
@pytest.mark.parametrize("replications", [1, 2, 8])
def test_fits_the_terminal(make_comparison, designs, replications):
    text = headline_table(make_comparison(designs, replications))
    assert max(map(len, text.splitlines())) <= 120
    assert text.endswith("\n") and not any(row != row.rstrip() for row in text.splitlines())


def test_numbers_of_a_column_end_under_its_name(make_comparison):
    text = headline_table(make_comparison())
    head = text.splitlines()[0]
    end = head.index("traditional") + len("traditional")
    (rows,) = blocks(text)
    first_rows = [row for row in rows if not row.startswith(" ")]
    assert len(first_rows) == 13
    assert all(row[end - 1] == ")" and row[end : end + 2] == "  " for row in first_rows)


def test_second_column_is_aligned_with_and_without_mark(make_comparison):
    comparison = make_comparison()
    (rows,) = blocks(headline_table(comparison))
    marked = [line.differences["persuasion_only"].excludes_zero for line in lines(comparison)]
    assert True in marked and False in marked
    # The mark stands two columns after the bracket; estimates and differences end in the same column.
    ends = {row.rstrip(" *").rindex(")") for row in rows}
    assert len(ends) == 1
    assert [row.endswith(" *") for row in rows if row.startswith(" ")] == marked


def test_designs_that_do_not_fit_get_blocks_led_by_the_reference(make_comparison):
    text = headline_table(make_comparison(FIVE))
    heads = [row for row in text.splitlines() if "traditional  " in row and row.startswith("   ")]
    assert len(heads) == len(blocks(text)) == 2
    assert all(name in " ".join(heads) for name in (*FIVE[:3], "all"))


def test_one_replication_says_that_there_are_no_intervals(make_comparison):
    text = headline_table(make_comparison(replications=1))
    assert "One replication: no intervals" in text
    assert "(" not in text and "*" not in text


def test_missing_kpis_are_left_out_and_undefined_ones_shown_as_such(make_comparison):
    def rows(design, values):
        return [(design, r, kpi, value, "h") for kpi, value in values.items() for r in range(3)]

    answer, proposal = "flow.opportunity.answer.median_h", "flow.opportunity.proposal.median_h"
    comparison = make_comparison(
        replications=3,
        rows=[
            *rows("traditional", {answer: 3.0, proposal: math.nan}),
            *rows("persuasion_only", {answer: 2.0}),
        ],
    )
    text = headline_table(comparison)
    assert "Time to first answer" in text and "Time to proposal" in text and "Satisfaction" not in text
    assert "–" in text  # noqa: RUF001
    assert "traditional 0 of 3" in text


def test_nothing_to_show_is_said(make_comparison):
    assert "No headline KPI" in headline_table(make_comparison(rows=[("traditional", 0, "x.y", 1.0, "h")]))


def test_verdict_follows_the_wanted_direction(make_comparison):
    found = {line.headline.kpi: line for line in lines(make_comparison())}
    other = "persuasion_only"
    assert found["flow.opportunity.answer.median_h"].verdict(other) == "better"
    assert found["throughput.orders_per_week"].verdict(other) == "better"
    assert found["money.operating_expense_usd_per_year"].verdict(other) == "worse"
    assert found["people.salesperson.share.persuasion"].verdict(other) == "differs"
    assert all(line.verdict("traditional") == "" for line in found.values())


def test_selling_role_is_the_first_that_persuades_unless_named(make_comparison):
    values = {"designer": 0.0, "closer": 0.4, "hunter": 0.6}
    rows = [
        (design, r, f"people.{role}.share.persuasion", value, "share")
        for design in ("traditional", "persuasion_only")
        for role, value in values.items()
        for r in range(2)
    ]
    (line,) = lines(make_comparison(rows=rows))
    assert line.label.endswith("of closer")
    (line,) = lines(make_comparison(rows=rows, selling_role="hunter"))
    assert line.label.endswith("of hunter")


def test_a_lead_time_without_steady_state_is_marked_and_told(make_comparison):
    plain = make_comparison()
    unsteady = {"traditional": ["flow.opportunity.answer.median_h"], "persuasion_only": []}
    comparison = replace(plain, summary={**plain.summary, "unsteady": unsteady})
    text = headline_table(comparison)
    marked = [row for row in text.splitlines() if "†" in row]
    assert len(marked) == 2
    assert marked[0].startswith("Time to first answer, median †")
    assert "no steady state in the window under traditional; not to be quoted" in marked[1]
    assert max(map(len, text.splitlines())) <= 120
    assert "†" not in headline_table(plain)
    page = render(comparison_document(comparison, drawings=()))
    assert "Time to first answer, median, h †" in page and "not to be quoted" in page
    assert "† no steady state in the window: traditional" in page
    assert "†" not in render(comparison_document(plain, drawings=()))
