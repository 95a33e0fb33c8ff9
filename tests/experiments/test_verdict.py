"""`orgsim verdict` and `orgsim claims`: a claim over all assumptions at once, small enough to be run here."""

import json

import pytest

from experiments.cli import main

CLAIM = """# @package _global_
run: {weeks: 1, warmup_weeks: 1}
claim:
  says: One more engineer is one more person to pay.
  measure: money.pay_usd_per_year
  minimum: %s
  minimum_because: nobody is paid less
  arms:
    one_more: [org.roles.engineer.headcount=8]
    as_is: [org.roles.engineer.headcount=6]
  contrast: [{arm: one_more, times: 1}, {arm: as_is, times: -1}]
  scenarios: {holds: {because: engineers are paid}, fails: {because: it would not}}
"""
FEW = ["verdict.points=2", "verdict.replications=1", "verdict.at_base=2", "engine=simpy", "--config-dir", "mine"]


@pytest.fixture
def claims(workplace):
    folder = workplace / "mine" / "experiment" / "claims"
    folder.mkdir(parents=True)

    def written(**minimum):
        for name, value in minimum.items():
            (folder / f"{name}.yaml").write_text(CLAIM % value, encoding="utf-8")

    return written


def test_a_claim_is_judged_at_all_points_and_at_the_base(claims, capsys):
    claims(dear=100, dearer=1e9)
    for name, verdict in (("dear", "supported"), ("dearer", "refuted")):
        assert main(["verdict", name, *FEW, f"out={name}"]) == 0
        told = capsys.readouterr().out
        assert f"verdict: {verdict}" in told
        assert "fewer than 64 points: a trial run" in told
        with open(f"{name}/summary.json", encoding="utf-8") as file:
            found = json.load(file)
        assert found["verdict"] == verdict
        assert len(found["contrasts"]) == 2
        assert found["assumptions"] > 100
        assert found["base"]["low"] <= found["base"]["mean"] <= found["base"]["high"]


def test_a_dry_run_tells_the_points_at_the_base_and_all_others(claims, capsys):
    claims(dear=100)
    assert main(["verdict", "dear", *FEW, "dry=true", "store=null"]) == 0
    told = capsys.readouterr().out
    assert "dear, base\npoints: 2\nreplications: 4, of which 4 are not known yet" in told
    assert "\ndear\npoints: 4\nreplications: 4, of which 4 are not known yet" in told
    assert told.splitlines()[-1].startswith("all together: 8 replications that are not known yet, about ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["deer"], "claim: no such claim; did you mean 'dear'"),
        (["dear", "verdict.points=3"], "verdict.points: must be a power of two"),
        (["dear", "verdict.replications=0"], "verdict.replications: input should be greater than or equal to 1"),
        (["dear", "verdict.at_base=1"], "verdict.at_base: input should be greater than or equal to 2"),
    ],
)
def test_what_can_not_be_is_told(claims, complaints, words, told):
    claims(dear=100)
    name, *more = words
    assert complaints("verdict", name, *FEW, *more)[0].startswith(told)
