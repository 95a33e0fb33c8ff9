"""One more person in each role, from the command line."""

import json

import pyarrow.parquet as pq
import pytest

from experiments.cli import main
from experiments.composing.compose import compose
from experiments.sampling.one_more import human_roles, with_one_more
from sim import simulate
from sim.trace import Event

SHORT = ("org=traditional", "run.weeks=3", "run.warmup_weeks=0", "run_in=null", "replications=2")


def test_adds_a_person_to_each_role_and_tells_what_it_brings(tmp_path, capsys):
    assert main(["constraint", *SHORT, f"out={tmp_path / 'found'}"]) == 0
    told = capsys.readouterr().out
    answer = json.loads((tmp_path / "found" / "summary.json").read_text(encoding="utf-8"))
    roles = ["salesperson", "customer_service", "engineer", "planner", "marketer", "crew"]
    assert sorted(one["role"] for one in answer["one_more"]) == sorted(roles)
    assert all(role in told for role in roles)
    price = {one["role"]: one["price_usd_per_year"] for one in answer["one_more"]}
    assert price["engineer"] == pytest.approx(100_000 * 1.27)
    assert price["crew"] == 0.0
    for one in answer["one_more"]:
        gain = one["before_price_usd_per_year"]["mean"] - one["after_price_usd_per_year"]["mean"]
        assert gain == pytest.approx(one["price_usd_per_year"])
    designs = pq.read_table(tmp_path / "found" / "kpis.parquet").column("design").unique().to_pylist()
    assert designs == ["traditional", *(f"one more {role}" for role in roles)]
    assert (tmp_path / "found" / "report.html").exists()
    assert (tmp_path / "found" / "cohorts.parquet").exists()


def test_who_is_added_changes_nobody_else():
    scenario = compose(SHORT[:4])
    grown = with_one_more(scenario, "planner")
    assert human_roles(grown) == human_roles(scenario)
    assert grown.org.roles["planner"].headcount == scenario.org.roles["planner"].headcount + 1

    def absences(of):
        trace = simulate(of)
        names = [person.name for person in trace.plan.persons]
        return {
            (names[person], since)
            for block in trace.blocks()
            for event, person, since in zip(block.event, block.person, block.since_ms, strict=True)
            if event == Event.ABSENT
        }

    before, after = absences(scenario), absences(grown)
    assert before <= after
    assert {name.partition("/")[0] for name, _ in after - before} <= {"planner"}


@pytest.mark.usefixtures("workplace")
def test_refuses_what_it_cannot_answer(complaints):
    assert complaints("constraint", "org=traditionl")[0].startswith("org: no such choice; did you mean 'traditional'?")
    machine = ("+experiment=textbook/mm1", "org.roles.server.machine=true")
    assert complaints("constraint", *machine) == ["org.roles: no role with people in it, so nobody to add"]
