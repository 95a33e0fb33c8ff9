"""The load check against long runs: the same hours, once what the check leaves out is taken away or named."""

from statistics import fmean

import pytest

from experiments import compose
from experiments.answers.both_ways import ALL, SETUP, both_ways
from experiments.cli import main
from sim import measure, simulate
from sim.load import offered_load
from sim.planning import plan_of

NOBODY_LEAVES = [f"market.laws.{law}=1e5" for law in ("first_answer", "for_proposal", "decision")]
EQUAL_SKILL = "org.skill_sigma=0"  # who happens to be hired is luck that few replications do not average out


def compared(design, weeks, replications, *overrides):
    scenario = compose(
        [
            f"org={design}",
            f"run.weeks={weeks}",
            "run.warmup_weeks=26",
            "run_in=null",
            "people=steady",
            EQUAL_SKILL,
            *overrides,
        ]
    )
    plan = plan_of(scenario)
    runs = [measure(simulate(scenario, replication=r), scenario) for r in range(replications)]
    kpis = {name: fmean(run[name].value for run in runs) for name in runs[0]}
    return both_ways(plan, offered_load(plan), kpis)


def plenty(design):
    """Give half as many people again, so that few wait."""
    roles = compose([f"org={design}"]).org.roles
    return [f"org.roles.{name}.headcount={-(-role.headcount * 3 // 2)}" for name, role in roles.items()]


@pytest.mark.slow
@pytest.mark.parametrize("design", ["traditional", "persuasion_only"])
def test_where_nobody_leaves_a_queue_the_hours_are_the_expected_ones(design):
    """Within 5 %, by role; by activity within 5 % of the role's hours besides chance, and 10 % where it is much."""
    found = compared(design, 156, 4, *NOBODY_LEAVES, *plenty(design))
    whole = {h.role: h.of_cases_h for h in found if h.activity == ALL}
    for h in found:
        if h.activity == ALL:
            assert h.simulated_h == pytest.approx(h.of_cases_h, rel=0.05), h
        elif h.activity == SETUP:  # priority rules take alike work together: less set-up than in random order
            assert h.simulated_h <= 1.1 * h.of_cases_h + 0.01 * whole[h.role], h
        elif h.of_cases_h > 0.05 * whole[h.role]:
            assert h.simulated_h == pytest.approx(h.of_cases_h, rel=0.10), h


@pytest.mark.slow
@pytest.mark.parametrize("design", ["traditional", "persuasion_only"])
def test_as_shipped_only_buyers_who_leave_in_a_queue_make_the_difference(design):
    """By role within 5 %; but less of what comes after waiting, where buyers lose patience or their window passes."""
    for h in compared(design, 156, 4):
        if h.activity == ALL:
            lost = 0.10 if h.role in ("salesperson", "engineer", "pre_order_engineer") else 0.05
            assert -lost <= h.off <= 0.05, h


def test_the_check_prints_them(capsys):
    short = ["run_in=null", "people=steady", "run.weeks=1", "run.warmup_weeks=0", "replications=2"]
    assert main(["check", "org=traditional", "simulated=true", *short]) == 0
    assert any(line.split()[:2] == ["marketer", "run_campaign"] for line in capsys.readouterr().out.splitlines())


def test_hours_of_a_run_without_cases_are_background_work():
    nobody = [f"market.segments.{s}.{of}=0" for s in SEGMENTS for of in BOTH]
    found = compared("traditional", 8, 1, "market.referral=null", *nobody)
    hours = {(h.role, h.activity): h for h in found}
    assert hours["engineer", "administer"].of_cases_h == pytest.approx(hours["engineer", "administer"].expected_h)
    assert hours["engineer", "administer"].simulated_h == pytest.approx(4 * 4 * 52 * (1 - 35 / 260), rel=0.15)
    assert hours["engineer", ALL].simulated_h == pytest.approx(hours["engineer", "administer"].simulated_h)


SEGMENTS, BOTH = ("major", "core", "small"), ("customers", "prospects")
