import math

import pytest

from experiments.report import Comparison
from experiments.report.derived import derived
from experiments.report.full_time import full_time
from experiments.report.funnel import funnel
from experiments.report.hours import WHOLE_JOB, _whole_job, hours
from experiments.report.hours_table import hours_table
from experiments.report.kind import KINDS, kind_of, place_of
from experiments.report.people import people

T_3 = 4.302652729911275
"""Student's t of 2 degrees of freedom at 95 %, two-sided (any table)."""


def rows_of(**by_kpi):
    """Rows of one design "one"; a keyword is a KPI with double underscores for dots, its value one per replication."""
    return [
        ("one", r, kpi.replace("__", "."), value, "1")
        for kpi, values in by_kpi.items()
        for r, value in enumerate(values)
    ]


def comparison_of(**by_kpi):
    rows = rows_of(**by_kpi)
    cells = {
        kpi.replace("__", "."): {"mean": sum(values) / len(values), "low": None, "high": None, "n": len(values)}
        for kpi, values in by_kpi.items()
    }
    return Comparison(["one"], rows, {"designs": {"one": cells}}, provenance={"replications": 3})


def test_a_derived_number_is_made_replication_by_replication():
    found = derived(comparison_of(a=[1.0, 2.0, 6.0], b=[2.0, 2.0, 3.0]), "one", ["a", "b"], lambda a, b: a / b)
    # .5, 1, 2: mean 3.5 / 3, standard deviation .763763, over the root of 3.
    assert found.mean == pytest.approx(3.5 / 3)
    assert found.high - found.mean == pytest.approx(T_3 * 0.7637626158259734 / math.sqrt(3))
    assert found.n == 3


def test_replications_that_do_not_define_a_derived_number_do_not_count():
    comparison = comparison_of(a=[1.0, 2.0, math.nan, 4.0], b=[2.0, 0.0, 1.0, 2.0], c=[1.0])
    found = derived(comparison, "one", ["a", "b"], lambda a, b: a / b)
    assert (found.mean, found.n) == (1.25, 2)
    assert derived(comparison, "one", ["a", "c"], lambda a, c: a + c).n == 1
    assert derived(comparison, "one", ["a", "d"], lambda a, d: a + d).n == 0


def sellers(**shares):
    return comparison_of(
        people__salesperson__heads_there=[10.0] * 3,
        people__salesperson__rostered_h_per_year=[18_000.0, 16_200.0, 19_800.0],
        people__salesperson__busy_h_per_year=[9_000.0, 9_000.0, 9_000.0],
        people__portal__rostered_h_per_year=[8_760.0] * 3,
        **{f"people__salesperson__share__{kind}": [share] * 3 for kind, share in shares.items()},
    )


def test_full_time_equivalents_by_hand():
    (one,) = full_time(sellers(idle=0.5, persuasion=0.3, juggling=0.2, travel=0.0))["salesperson"]
    assert one.paid.mean == pytest.approx(10.0) and one.worked.mean == pytest.approx(5.0)
    assert [(kind.name, found.mean) for kind, found in one.parts] == [
        ("persuasion", pytest.approx(3.0)),
        ("juggling", pytest.approx(2.0)),
        ("idle", pytest.approx(5.0)),
    ]
    assert one.share("persuasion") == pytest.approx(0.3) and one.share("travel") == 0.0
    # 9, 10, 11 heads: standard deviation 1.
    assert one.paid.high == pytest.approx(10.0 + T_3 / math.sqrt(3))


def test_machines_have_no_hours():
    assert list(full_time(sellers(idle=1.0))) == ["salesperson"]
    assert hours(comparison_of(people__portal__rostered_h_per_year=[8_760.0])) is None


def test_the_table_has_every_part_with_its_interval():
    table = hours_table(sellers(idle=0.5, persuasion=0.5))
    assert [row.label for row in table.rows] == ["salesperson", "salesperson: persuasion", "salesperson: idle"]
    assert table.rows[1].cells[0].text == "5.00 (3.76 to 6.24)"


def test_published_shares_are_held_against_the_whole_job_only():
    whole = sellers(**dict.fromkeys(WHOLE_JOB, 0.2), idle=0.2)
    part = sellers(persuasion=0.6, prospecting=0.005, administration=0.2, idle=0.195)
    assert _whole_job(whole, full_time(whole)["salesperson"][0])
    assert not _whole_job(part, full_time(part)["salesperson"][0])
    assert "Pace Productivity 2018" in hours(whole).caption
    assert "published" not in hours(part).caption


def test_kinds_are_told_apart_in_gray():
    assert len({(kind.fill, kind.hatch) for kind in KINDS}) == len(KINDS)
    assert len({kind.sign for kind in KINDS}) == len(KINDS)
    assert all(kind.fill[1:3] == kind.fill[3:5] == kind.fill[5:7] for kind in KINDS)
    assert place_of(kind_of("travel")) < place_of(kind_of("unheard_of")) < place_of(kind_of("handoff"))


def test_the_funnel_counts_per_thousand_needs():
    comparison = comparison_of(
        throughput__needs_per_week=[50.0, 50.0],
        throughput__opportunity__begins_per_week=[10.0, 10.0],
        throughput__opportunity__end__won_share=[0.1, 0.1],
        throughput__opportunity__end__unanswered_share=[0.6, 0.6],
        throughput__opportunity__end__open_share=[0.3, 0.3],
    )
    text = funnel(comparison).svg.decode()
    # matplotlib leaves the text of outlined letters in a comment: 1,000 x 10 / 50, and of these .6, .3 and .1.
    for number in (200, 120, 60, 20):
        assert f"<!-- {number} -->" in text


def test_pictures_without_their_numbers_are_not_drawn():
    nothing = comparison_of(throughput__needs_per_week=[0.0], throughput__opportunity__begins_per_week=[0.0])
    assert funnel(nothing) is None and people(nothing) is None and hours(nothing) is None
    lone = comparison_of(throughput__bookings__variance_over_chance=[1.5])
    assert people(lone) is not None
