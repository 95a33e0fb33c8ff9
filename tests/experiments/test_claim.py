"""Claims put to the test: by hand what a verdict is, then every shipped claim, small; and as shipped where slow."""

import json

import numpy as np
import pytest

from experiments.answers.results import Results
from experiments.cli import main
from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP, beside, claim_file
from experiments.running.points import run_points
from experiments.specs.claim import Claim
from experiments.verbs.claim import FAILS, HOLDS, UNDECIDED, claim_of, judged, points_of

CLAIMS = choices(GROUP)
TWO_ARMS = {
    "says": "b is more than a",
    "measure": "kpi",
    "arms": {"a": [], "b": []},
    "contrast": [{"arm": "b", "times": 1}, {"arm": "a", "times": -1}],
    "minimum": 2.0,
    "minimum_because": "one is not enough",
    "scenarios": {"holds": {"because": "it is so"}},
}


def verdict(a, b):
    rows = [(f"holds: {arm}", r, "kpi", v, "1") for arm, vs in (("a", a), ("b", b)) for r, v in enumerate(vs)]
    return judged(Claim.model_validate(TWO_ARMS), "holds", Results(rows))


def test_a_claim_holds_where_the_whole_interval_is_large_enough():
    # Differences 3, 4, 5: mean 4, and t(2) x 1 / sqrt(3) = 4.303 x .577 = 2.484 either side.
    found = verdict([0.0, 0.0, 0.0], [3.0, 4.0, 5.0])
    assert (found.contrast.mean, found.verdict) == (4.0, UNDECIDED)
    assert found.contrast.low == pytest.approx(4.0 - 2.484, abs=0.001)
    assert verdict([0.0, 1.0, 2.0], [3.9, 5.0, 6.1]).verdict == HOLDS  # the same customers under both: 3.9, 4.0, 4.1
    assert verdict([0.0, 1.0, 2.0], [0.9, 2.0, 3.1]).verdict == FAILS  # told from 0, and too little to matter


def test_what_one_replication_can_not_tell_is_undecided():
    assert verdict([0.0], [10.0]).verdict == UNDECIDED
    assert verdict([0.0, np.nan], [10.0, 10.0]).verdict == UNDECIDED


def test_a_ratio_is_of_totals():
    claim = Claim.model_validate(
        {
            **TWO_ARMS,
            "measure": "money.cost_per_new_customer_usd",
            "arms": {"a": []},
            "contrast": [{"arm": "a", "times": 1}],
        }
    )
    measures = {
        "money.cost_per_new_customer_usd": (np.nan, 52e3),
        "money.operating_expense_usd_per_year": (104e3, 104e3),
        "throughput.new_customers_per_week": (0.0, 2 / 52),
    }
    rows = [("holds: a", r, kpi, value, "1") for kpi, values in measures.items() for r, value in enumerate(values)]
    assert judged(claim, "holds", Results(rows)).contrast.mean == pytest.approx(104e3)  # a customer a year


@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_can_be_put_to_the_test(name):
    weeks = 53 if any("changes=" in o for arm in claim_file(name)["claim"]["arms"].values() for o in arm) else 1
    short = [f"run.weeks={weeks}", "run.warmup_weeks=1", "replications=1"]
    claim = claim_of(name, short)
    scenario, *others = claim.scenarios
    (first, overrides), *_ = claim.arms.items()
    mine = [term for term in claim.contrast if term.arm == first]
    first_arm = claim.model_copy(update={"arms": {first: overrides}, "contrast": mine})
    assert len(points_of(name, first_arm, short, scenarios=others)) == len(others)
    points = points_of(name, claim, short, scenarios=[scenario])
    question = next(iter(points.values())).question
    results = run_points({point: c.scenario for point, c in points.items()}, question, title=name)
    assert judged(claim, scenario, results).verdict == UNDECIDED  # one replication tells nothing


@pytest.mark.slow
@pytest.mark.parametrize("name", CLAIMS)
def test_every_claim_holds_and_fails_where_it_says_so(name, tmp_path):
    assert main(["claim", name, "workers=2", f"out={tmp_path / 'found'}"]) == 0
    found = json.loads((tmp_path / "found" / "summary.json").read_text(encoding="utf-8"))["found"]
    assert {scenario: one["verdict"] for scenario, one in found.items()} == {scenario: scenario for scenario in found}


def test_claims_are_listed(capsys):
    assert main(["claim"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in told] == CLAIMS
    assert all(len(line.split()) > 3 for line in told)


@pytest.mark.usefixtures("workplace")
def test_refuses_what_is_no_claim(complaints, workplace):
    assert complaints("claim", "nine")[0].startswith("claim: no such claim; known: c01_persuading, ")
    assert "did you mean 'c03_proposals'" in complaints("claim", "c03_proposal")[0]
    own = workplace / "mine" / "experiment" / "claims"
    own.mkdir(parents=True)
    (own / "empty.yaml").write_text("# @package _global_\nseed: 3\n", encoding="utf-8")
    assert complaints("claim", "empty", "--config-dir", "mine") == ["claim: the experiment says no claim (got 'empty')"]
    text = (
        "# @package _global_\nclaim: {says: a, measure: kpi, minimum: 0, minimum_because: b, arms: {a: []}, "
        "contrast: [{arm: b, times: 1}], scenarios: {holds: {because: c}}}\n"
    )
    (own / "armless.yaml").write_text(text, encoding="utf-8")
    assert "contrast names the arm 'b'; there are a" in complaints("claim", "armless", "--config-dir", "mine")[0]
    (own / "wrong.yaml").write_text(text.replace("arm: b", "arm: a"), encoding="utf-8")
    told = complaints("claim", "wrong", "--config-dir", "mine")
    assert told[0].startswith("claim.measure: the arm 'a' has no such measure")
    right = text.replace("arm: b", "arm: a")
    (own / "unused.yaml").write_text(right.replace("arms: {a: []", "arms: {a: [], b: []"), encoding="utf-8")
    assert "the arm 'b' is run and not in the contrast" in complaints("claim", "unused", "--config-dir", "mine")[0]
    (own / "nought.yaml").write_text(right.replace("times: 1", "times: 0"), encoding="utf-8")
    assert "times 0 leaves the arm 'a' out" in complaints("claim", "nought", "--config-dir", "mine")[0]
    (own / "lucky.yaml").write_text(
        right.replace("arms: {a: []", "arms: {a: [], b: [seed=2]").replace("}], s", "}, {arm: b, times: 1}], s"),
        encoding="utf-8",
    )
    assert complaints("claim", "lucky", "--config-dir", "mine")[0].startswith("claim.arms.b: seed is the same in all")
    assert complaints("claim", "c01_persuading", "designs=[traditional]")[0].startswith("designs: this question is")
    for verb in (["claim", "c09_ticket"], ["verdict", "c09_ticket"], ["claims"]):
        told = complaints(*verb, "+experiment=small_firm")
        assert told[0].startswith("experiment: a claim is an experiment itself; what the other one says belongs into ")


def test_a_list_of_claims_bears_one_that_is_none(workplace, capsys):
    own = workplace / "mine" / "experiment" / "claims"
    own.mkdir(parents=True)
    (own / "five.yaml").write_text("claim: 5\n", encoding="utf-8")
    assert main(["claim", "--config-dir", "mine"]) == 0
    assert "five                    says no claim" in capsys.readouterr().out


def test_what_stands_beside_a_claim_is_told_as_overrides():
    file = {"defaults": [{"override /market": "m"}], "run": {"weeks": 5}, "claim": {"says": "x"}, "seed": 3}
    assert beside(file) == ["market=m", "run.weeks=5", "seed=3"]
