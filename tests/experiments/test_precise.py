"""`orgsim precise`: how many replications it takes, and what it says of them."""

import json
from math import inf, isclose, sqrt
from pathlib import Path

import numpy as np
import pytest
from scipy.stats import t as student

from experiments.answers.cube import Cube
from experiments.answers.narrow import more, narrows
from experiments.answers.narrowed import Narrowed
from experiments.cli import main
from experiments.complaint import Complaint
from experiments.report import precision_page
from experiments.running import backends
from experiments.running.task import run_task
from experiments.specs.precise import Precise, Width

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.02", "run.warmup_weeks=0", "engine=simpy"]
NUMBER, WAIT = "flow.queue.server.number", "flow.wait.serve.mean_h"


def cube_of(kpi, *rows):
    return Cube(tuple("ABC"[: len(rows)]), {kpi: np.array(rows, float)}, {kpi: "h"})


def asked(kpi, **width):
    return Precise(kpis={kpi: Width(**width)})


def summary(out):
    return json.loads((Path(out) / "summary.json").read_text(encoding="utf-8"))


@pytest.fixture(autouse=True)
def unpainted(monkeypatch, request):
    """Draw only where a test looks for a picture: drawing takes longer than all the runs."""
    if "painted" not in request.fixturenames:
        monkeypatch.setattr(precision_page, "narrowing", lambda *_: None)


@pytest.fixture
def painted():
    """Have pictures drawn."""


@pytest.fixture
def units(monkeypatch):
    """Count the replications that are run."""
    run = []

    def counted(task):
        run.extend(task.units)
        return run_task(task)

    monkeypatch.setattr(backends, "run_task", counted)
    return run


def test_by_hand():
    """10 values of 9 and 11 in turn: mean 10, spread sqrt(10/9), half-width t(9) / 3 = .754."""
    values = [9.0, 11.0] * 5
    half = student.ppf(0.975, 9) / 3.0
    (narrow,) = narrows(cube_of("x_h", values), asked("x_h", half_width=0.7))
    assert (narrow.of, narrow.kpi, narrow.unit) == ("A", "x_h", "h")
    assert narrow.found.interval.mean == 10.0
    assert isclose(narrow.found.half_width, half)
    assert not narrow.found.enough
    # The least n with t(n - 1) sqrt(10/9) / sqrt(n) at most .7 is 12, and 5 more to see that it stays so.
    least = next(n for n in range(2, 99) if student.ppf(0.975, n - 1) * sqrt(10 / 9) / sqrt(n) <= 0.7)
    assert least == 12
    assert narrow.needed == 17
    assert narrow.verdict() == "would take 17"
    (share,) = narrows(cube_of("x_h", values), asked("x_h", relative=0.07))
    assert isclose(share.found.allowed, 0.7)
    assert share.needed == 17


def test_a_difference_is_paired_and_its_share_is_of_the_first():
    base = np.array([10.0, 30.0, 20.0, 40.0, 25.0, 35.0, 15.0, 25.0])
    other = base + np.array([1.0, 3.0] * 4)
    found = cube_of("x_h", base, other, base)
    differ = Precise(kpis={"x_h": Width(relative=0.05)}, differences=True)
    one, two = narrows(found, differ)
    assert (one.of, two.of) == ("B - A", "C - A")
    assert one.found.interval.mean == 2.0
    assert one.found.allowed == 0.05 * 25.0
    assert isclose(one.found.half_width, student.ppf(0.975, 7) * sqrt(8 / 7) / sqrt(8))
    # Narrow enough since the sixth, and to be seen to stay so for five more.
    assert (one.found.needed, one.found.enough, one.verdict()) == (6, False, "would take 11")
    assert (two.found.interval.mean, two.found.half_width, two.found.enough) == (0.0, 0.0, True)


def test_a_share_of_nothing_is_refused():
    with pytest.raises(Complaint, match="half_width"):
        narrows(cube_of("x_h", [0.0] * 8, [1.0] * 8), Precise(kpis={"x_h": Width(relative=0.1)}, differences=True))


def test_what_is_added_is_half_of_what_is_missing():
    (narrow,) = narrows(cube_of("x_h", [9.0, 11.0] * 5), asked("x_h", half_width=0.2))
    assert narrow.needed > 100
    assert more([narrow], 10, 1) == 10  # no more than there are
    assert more([narrow], 100, 1) == -(-(narrow.needed - 100) // 2)
    assert more([narrow], narrow.needed - 1, 1) == 5  # no fewer than the rule looks ahead
    assert more([narrow], narrow.needed - 1, 16) == 16  # nor than keep all workers busy
    (enough,) = narrows(cube_of("x_h", [9.0, 11.0] * 5), asked("x_h", half_width=3.0))
    assert more([enough], 10, 1) == 0


def test_nothing_to_say_of_a_mean_of_zero():
    (narrow,) = narrows(cube_of("x_h", [1.0, -1.0] * 5), asked("x_h", relative=0.1))
    assert narrow.needed is None
    assert narrow.verdict() == "no estimate"
    found = Narrowed((narrow,), 10, 2.0)
    assert found.missing is None
    assert found.seconds is None
    assert "nothing can be said" in found.claims()[1]


def test_the_claim_names_number_and_time():
    (narrow,) = narrows(cube_of("x_h", [9.0, 11.0] * 5), asked("x_h", half_width=0.7))
    found = Narrowed((narrow,), 10, 30.0, workers=2)
    assert (found.missing, found.seconds) == (7, 210.0)
    assert found.claims() == [
        "1 of 1 intervals is not narrow enough after 10 replications.",
        "It would take about 17 in all, about 4 min more with 2 workers; precise.most=17 allows it.",
    ]


def test_narrow_enough(capsys, units, painted):
    command = ["precise", *SHORT, f"precise.kpis={{{NUMBER}: 0.8, {WAIT}: {{half_width: 0.02}}}}", "out=answer"]
    assert main(command) == 0
    told = capsys.readouterr()
    found = summary("answer")
    n = found["replications"]
    assert len(units) == n, "every replication is run once"
    assert found["enough"]
    assert found["replications_to_go"] == 0
    assert f"All 2 intervals are narrow enough from {max(one['enough_at'] for one in found['intervals'])}" in told.out
    for one in found["intervals"]:
        assert one["half_width"] <= one["target"]
        assert isclose(one["high"] - one["low"], 2 * one["half_width"], rel_tol=1e-9)
        assert one["enough_at"] + 5 <= n
    assert (Path("answer") / "report.html").exists()
    assert (Path("answer") / "figures" / "narrowing.svg").exists()
    # The same replications, asked for otherwise, are known and have the same means.
    assert main(["run", *SHORT, f"replications={n}", "out=again", "quiet=true"]) == 0
    assert len(units) == n
    cells = next(iter(summary("again")["designs"].values()))
    for one in found["intervals"]:
        assert isclose(one["mean"], cells[one["kpi"]]["mean"], rel_tol=1e-12)
        assert isclose(one["low"], cells[one["kpi"]]["low"], rel_tol=1e-9)


def test_at_most(capsys, units):
    assert main(["precise", *SHORT, f"precise.kpis={{{NUMBER}: 0.001}}", "precise.most=8", "out=answer"]) == 0
    found = summary("answer")
    assert found["replications"] == len(units) == 8
    assert not found["enough"]
    assert found["replications_to_go"] > 1_000
    assert 0.0 < found["seconds_to_go"] < inf
    assert "is not narrow enough after 8 replications" in capsys.readouterr().out


def test_without_a_store_nothing_is_run_twice_or_left(capsys, units, workplace):
    words = [f"precise.kpis={{{NUMBER}: 0.001}}", "precise.most=12", "precise.batch=4", "store=null", "out=answer"]
    assert main(["precise", *SHORT, *words]) == 0
    assert len(units) == 12
    assert [path.name for path in workplace.iterdir()] == ["answer"]
    told = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in told[1:]] == ["precise: 9 replications", "precise: 12 replications"]


def test_dry(capsys, workplace):
    assert main(["precise", *SHORT, f"precise.kpis={{{NUMBER}: 0.1}}", "precise.most=40", "dry=true"]) == 0
    assert "replications: 40, of which 40 are not known yet" in capsys.readouterr().out
    assert not list(workplace.glob("results/precise*"))


@pytest.mark.parametrize(
    ("words", "path", "said"),
    [
        (["precise.kpis={flow.queue.server.numbr: 0.1}"], "precise.kpis", "did you mean"),
        (["precise.kpis={}"], "precise.kpis", "at least 1"),
        ([f"precise.kpis={{{NUMBER}: 0}}"], f"precise.kpis.{NUMBER}", "greater than 0"),
        ([f"precise.kpis={{{NUMBER}: -0.1}}"], f"precise.kpis.{NUMBER}", "greater than 0"),
        ([f"precise.kpis={{{NUMBER}: narrow}}"], f"precise.kpis.{NUMBER}", ""),
        ([f"precise.kpis={{{NUMBER}: {{}}}}"], f"precise.kpis.{NUMBER}", "either"),
        ([f"precise.kpis={{{NUMBER}: {{relative: 0.1, half_width: 1}}}}"], f"precise.kpis.{NUMBER}", "either"),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.most=7"], "precise.most", "8"),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.first=1"], "precise.first", "2"),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.first=20", "precise.most=10"], "precise", "above most"),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.batch=0"], "precise.batch", ""),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.bach=3"], "precise.bach", "did you mean 'batch'"),
        ([f"precise.kpis={{{NUMBER}: 0.1}}", "precise.differences=true"], "precise.differences", "designs=[A,B]"),
    ],
)
def test_what_cannot_be_asked(complaints, workplace, words, path, said):
    told = complaints("precise", *SHORT, *words)
    assert told[0].startswith(f"{path}"), told
    assert said in told[0], told
    assert list(workplace.iterdir()) == []
