"""`orgsim sensitivity`."""

import csv
import json
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.composing.space import Space
from experiments.sampling.worlds import worlds_of
from experiments.specs.varied import Varied

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "engine=simpy", "out=answer"]
SERVERS, EFFORT = "org.roles.server.headcount", "activity.serve.effort_h.exponential.mean"
RANGES = f"sensitivity.ranges={{{SERVERS}: {{low: 3, high: 5, integer: true}}, {EFFORT}: [0.15, 0.25]}}"
BUSY = "people.server.utilization"
TWIN = "defaults: [textbook, _self_]\nname: twin\n"
FAST = "defaults: [textbook, _self_]\nname: fast\nroles: {server: {speed: {serve: 2}}}\n"


def summary(folder="answer"):
    return json.loads(Path(folder, "summary.json").read_text(encoding="utf-8"))


def rows(folder="answer"):
    with Path(folder, "points.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def own(tmp_path):
    """A folder with the designs `twin`, the same as `textbook`, and `fast`, whose servers take half the time."""
    (tmp_path / "org").mkdir()
    (tmp_path / "org" / "twin.yaml").write_text(TWIN, encoding="utf-8")
    (tmp_path / "org" / "fast.yaml").write_text(FAST, encoding="utf-8")
    return ["--config-dir", str(tmp_path)]


def test_effects_have_the_sign_of_what_is_done(capsys):
    asked = (RANGES, f"sensitivity.kpis=[{BUSY},flow.queue.server.number]", "sensitivity.trajectories=3")
    assert main(["sensitivity", *SHORT, "replications=2", *asked]) == 0
    told = capsys.readouterr().out
    answer = summary()
    assert answer["subject"] == "textbook"
    assert answer["points"] == 9
    for kpi in (BUSY, "flow.queue.server.number"):
        assert kpi in told
        found = {one["factor"]: one for one in answer["outcomes"][kpi]["indices"]}
        # More servers are less busy and have fewer waiting, longer work the other way round.
        assert found[SERVERS]["direction"] < 0.0 < found[EFFORT]["direction"]
        assert answer["outcomes"][kpi]["luck"]["noise_share"] > 0.0
        assert answer["outcomes"][kpi]["floor"] > 0.0
    # Utilization times servers is the work that is offered, 9 customers an hour times what each takes.
    for row in rows():
        if row["kpi"] == BUSY:
            offered = 9.0 * float(row[EFFORT])
            assert float(row["mean"]) * float(row[SERVERS]) == pytest.approx(offered, rel=0.2)
    assert answer["one_at_a_time"] is None
    assert "told from luck" in Path("answer", "report.html").read_text(encoding="utf-8")
    assert Path("answer", "figures", "morris_2.svg").exists()


def test_shares_of_the_difference_of_two_designs(own, capsys):
    asked = (RANGES, f"sensitivity.kpis=[{BUSY}]", "sensitivity.method=sobol", "sensitivity.n=4")
    command = ["sensitivity", *own, *SHORT, "replications=2", *asked]
    assert main([*command, "sensitivity.difference=[textbook,twin]"]) == 0
    answer = summary()
    assert answer["subject"] == "twin less textbook"
    assert answer["points"] == 16
    assert len(rows()) == 16
    # The same design by another name meets the same customers with the same luck.
    assert {float(row["mean"]) for row in rows()} == {0.0}
    (found,) = answer["outcomes"].values()
    assert all(one["strength"]["mean"] is None for one in found["indices"])
    assert "No index: the outcome is the same at all points." in capsys.readouterr().out


def test_one_factor_at_a_time_to_either_end(own):
    asked = (RANGES, f"sensitivity.kpis=[{BUSY}]", "sensitivity.trajectories=2", "sensitivity.difference=true")
    assert main(["sensitivity", *own, *SHORT, "replications=2", "designs=[textbook,fast]", *asked]) == 0
    told = summary()["one_at_a_time"]
    # Half the work of 9 customers an hour, each .2 h, over 4 servers is saved; so at the ends of either range.
    assert told["base"]["mean"] == pytest.approx(-9 * 0.2 / 4 / 2, rel=0.1)
    by_name = {one["factor"]: one for one in told["factors"]}
    assert by_name[EFFORT]["at_low"]["mean"] == pytest.approx(-9 * 0.15 / 4 / 2, rel=0.1)
    assert by_name[EFFORT]["at_high"]["mean"] == pytest.approx(-9 * 0.25 / 4 / 2, rel=0.1)
    assert by_name[SERVERS]["at_low"]["mean"] == pytest.approx(-9 * 0.2 / 3 / 2, rel=0.1)
    assert by_name[SERVERS]["at_high"]["mean"] == pytest.approx(-9 * 0.2 / 5 / 2, rel=0.1)
    assert Path("answer", "figures", "tornado.svg").exists()
    text = Path("answer", "report.html").read_text(encoding="utf-8")
    assert "None of the 2 factors moved one at a time turns the sign for sure." in text


def test_more_replications_run_what_is_missing_and_one_says_nothing_of_luck(capsys):
    asked = (RANGES, f"sensitivity.kpis=[{BUSY}]", "sensitivity.trajectories=2")
    assert main(["sensitivity", *SHORT, "replications=1", *asked]) == 0
    told = capsys.readouterr()
    assert "is not known" in told.out
    assert summary()["outcomes"][BUSY]["floor"] is None
    assert main(["sensitivity", *SHORT[:-1], "out=more", "replications=1", *asked]) == 0
    assert "sensitivity: 0 of 6 replications" in capsys.readouterr().err
    assert Path("answer", "points.csv").read_bytes() == Path("more", "points.csv").read_bytes()
    one, other = (Path(folder, "figures", "morris_1.svg").read_bytes() for folder in ("answer", "more"))
    assert one == other


def test_a_dry_run_tells_the_points_only(capsys):
    assert main(["sensitivity", *SHORT, "replications=2", "dry=true", RANGES, f"sensitivity.kpis=[{BUSY}]"]) == 0
    assert "points: 30" in capsys.readouterr().out
    assert not Path("answer").exists()


def test_assumptions_are_varied_where_no_ranges_are_given():
    space = Space([])
    worlds = worlds_of(space, Varied(assumptions=["market.churn.*"]), [None, "persuasion_only"], None)
    names = [one.name for one in worlds.dimensions]
    assert names
    assert all(name.startswith("market.churn.") for name in names)
    assert all(one.low <= one.default <= one.high for one in worlds.dimensions)
    as_it_is, low = worlds.scenario(None, {}), worlds.scenario(None, {names[0]: 0.0})
    assert as_it_is == space.at({}).scenario
    assert as_it_is.market != low.market
    assert as_it_is.org == low.org
    assert worlds.scenario("persuasion_only", {names[0]: 0.0}).market == low.market
    assert worlds.value(names[0], 1.0) == worlds.dimensions[0].high
    assert len(worlds_of(space, Varied(), [None], None).dimensions) > len(names)


@pytest.mark.usefixtures("workplace")
@pytest.mark.parametrize(
    ("words", "begins"),
    [
        ((RANGES, "sensitivity.kpis=[people.servr.utilization]"), "sensitivity.kpis: no such measure; did you mean"),
        ((f"sensitivity.ranges={{{EFFORT}: [0.2, 0.1]}}",), f"sensitivity.ranges.{EFFORT}: low must be less than high"),
        (("sensitivity.ranges={activity.serve.efort_h: [1, 2]}",), "activity.serve.efort_h: "),
        ((f"sensitivity.ranges={{{SERVERS}: [3, 4.5]}}",), f"{SERVERS}: "),
        (("sensitivity.ranges={seed: [1, 3]}",), "seed: "),
        ((RANGES, "sensitivity.difference=[textbook,textbok]"), "sensitivity.difference: no such design"),
        ((RANGES, "sensitivity.difference=true", "org=textbook"), "org: the question itself says"),
        ((RANGES, "designs=[textbook]"), "designs: this question is not about several designs"),
        (("sensitivity.assumptions=[market.chrn.*]",), "assumptions: "),
    ],
)
def test_refuses_what_it_cannot_answer(complaints, words, begins):
    assert complaints("sensitivity", *SHORT, *words)[0].startswith(begins)


@pytest.mark.usefixtures("workplace")
def test_says_how_to_get_what_is_missing(complaints, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "SALib.sample.morris", None)
    told = complaints("sensitivity", *SHORT, RANGES, f"sensitivity.kpis=[{BUSY}]")
    assert told == ["SALib.sample.morris: a package is missing, to be had by: pip install 'orgsim[study]'"]
