"""`orgsim discover`."""

import csv
import json
from pathlib import Path

import pytest

from experiments.cli import main

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "engine=simpy", "out=answer"]
EFFORT = "activity.serve.effort_h.exponential.mean"
RANGES = f"discover.ranges={{{EFFORT}: [0.1, 0.4], org.pace: [0.9, 1.0]}}"
ONE = f"discover.ranges={{{EFFORT}: [0.1, 0.4]}}"
BUSY = "people.server.utilization"
FAILS = f"discover.fails={{kpi: {BUSY}, above: 0.6}}"


def test_where_servers_are_too_busy(capsys):
    """9 customers an hour keep 4 servers busy to .6 where each takes .267 h; above that it fails, and nowhere else."""
    asked = (ONE, FAILS, "discover.n=40", "discover.fresh=32", "discover.resamples=0")
    assert main(["discover", *SHORT, "replications=2", *asked]) == 0
    told = capsys.readouterr().out
    answer = json.loads(Path("answer", "summary.json").read_text(encoding="utf-8"))
    assert answer["fails"] == f"{BUSY} is above 0.6"
    (box,) = answer["boxes"]
    (limit,) = box["limits"]
    assert limit["factor"] == EFFORT
    assert limit["high"] is None
    # The density asked for leaves room for a fourth more points than fail, luck for some hundredths.
    assert 0.22 < limit["low"] < 0.29
    assert limit["quasi_p"] < 0.05
    assert box["holds"] is True
    assert box["fresh"]["density"]["low"] > box["fresh"]["rate"]["mean"]
    assert f"box 1: {EFFORT} is at least" in told
    assert "it holds" in told
    with Path("answer", "points.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["point"] for row in rows] == [f"point {i:02}" for i in range(40)] + [f"fresh {i:02}" for i in range(32)]
    assert len({row[EFFORT] for row in rows}) == 72
    for row in rows:
        assert (row["fails"] == "1") == (float(row["outcome"]) > 0.6)
        assert (row["box"] == "1") == (float(row[EFFORT]) >= limit["low"])
    assert sum(row["fails"] == "1" for row in rows[:40]) == answer["points"]["failures"]
    assert Path("answer", "figures", "boxes.svg").exists()
    assert "it holds" in Path("answer", "report.html").read_text(encoding="utf-8")


def test_without_fresh_points_a_box_is_said_to_look_better_than_it_is(capsys):
    asked = (ONE, FAILS, "discover.n=32", "discover.fresh=0", "discover.resamples=1", "discover.sample=sobol")
    assert main(["discover", *SHORT, "replications=1", *asked]) == 0
    told = capsys.readouterr().out
    assert "not checked on fresh points: it looks better than it is" in told
    assert "at 32 of them luck might have it otherwise" in told
    assert "of the resamples" in told


def test_where_nothing_fails_no_box_is_drawn(capsys):
    asked = (ONE, f"discover.fails={{kpi: {BUSY}, above: 5}}", "discover.n=20", "discover.fresh=0")
    assert main(["discover", *SHORT, "replications=2", *asked]) == 0
    assert "No box: it fails at no point." in capsys.readouterr().out
    assert not Path("answer", "figures").exists()


def test_a_difference_is_between_two_designs_at_the_same_points(tmp_path, capsys):
    (tmp_path / "org").mkdir()
    fast = "defaults: [textbook, _self_]\nname: fast\nroles: {server: {speed: {serve: 2}}}\n"
    (tmp_path / "org" / "fast.yaml").write_text(fast, encoding="utf-8")
    fails = f"discover.fails={{difference: {BUSY}, design: fast, than: textbook, below: -0.3}}"
    asked = (ONE, fails, "discover.n=20", "discover.fresh=0", "discover.resamples=0", "store=null")
    assert main(["discover", "--config-dir", str(tmp_path), *SHORT, "replications=2", *asked]) == 0
    assert f"fails where {BUSY} of fast less textbook is below -0.3 (share)" in capsys.readouterr().out
    with Path("answer", "points.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            # Half the work is saved, as long as not all servers are busy all the time.
            assert float(row["outcome"]) == pytest.approx(-9 * float(row[EFFORT]) / 4 / 2, rel=0.15)


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ((), "discover: must be given, as in"),
        ((ONE, "discover.fails={kpi: people.servr.utilization, above: 1}"), "discover.fails.kpi: no such measure"),
        ((ONE, f"discover.fails={{kpi: {BUSY}}}"), "discover.fails: fails has one bound"),
        (
            (ONE, f"discover.fails={{difference: {BUSY}, design: textbook, than: textbok, above: 1}}"),
            "discover.fails: no such design; did you mean 'textbook'?",
        ),
        ((ONE, f"discover.fails={{kpi: {BUSY}, design: textbook, above: 1}}", "org=textbook"), "org: the question"),
        ((RANGES, FAILS), "org.pace: unknown name"),
    ],
)
def test_refuses_what_it_cannot_answer(complaints, words, begins):
    assert complaints("discover", *SHORT, *words)[0].startswith(begins)
