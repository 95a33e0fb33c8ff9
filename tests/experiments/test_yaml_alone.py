"""New work, a new job, a new journey and a new stream of needs: YAML in a directory of one's own, and no Python."""

import json

import pytest

from experiments.cli import main

FILES = {
    "activity/with_survey.yaml": """
defaults: [engineered_products, _self_]
survey_site: {kind: design, effort_h: {lognormal: {mean: 4.0, cv: 0.6}}, customer_present: true, milestone: survey}
""",
    "journey/with_retrofit.yaml": """
defaults: [engineered_products, _self_]
retrofit:
  steps:
    survey: {do: survey_site, patience: for_survey, left: gave_up}
    feasible: {choose: {fits: 0.8, fits_not: 0.2}, to: {fits: order, fits_not: declined}}
    order: {start: order, books: true}
    done: {end: done}
    declined: {end: declined}
    gave_up: {end: gave_up}
""",
    "market/with_retrofits.yaml": """
defaults: [engineered_products, _self_]
recurring:
  retrofit:
    journey: retrofit
    per_account_per_year: {major: 4, core: 2, small: 1}
    marks: {value: {law: {lognormal: {mean: 20000, cv: 1.0}}}, technical: {chance: 0.5}}
laws: {for_survey: {exponential: {mean: 400.0}}}
expectations: {survey: {hours: 240, weight: 0.1}}
""",
    "lever/surveyors.yaml": """
# @package org
roles: {site_surveyor: {headcount: 2, absence_days_per_year: 35, channel: person, pay_usd: 70000}}
who: {survey_site: site_surveyor}
before: {survey_site: {travel: {do: travel_to_customer}}}
""",
    "org/surveying.yaml": "defaults: [traditional, {/lever: [surveyors]}, _self_]\nname: surveying\n",
}
# No run-in: a company that surveys sites has never been run by a design in which nobody does.
CHOSEN = ["activity=with_survey", "journey=with_retrofit", "market=with_retrofits", "org=surveying", "run_in=null"]
RETROFITS = 40 * 4 + 120 * 2 + 240


@pytest.fixture
def own(tmp_path):
    for name, text in FILES.items():
        (tmp_path / "mine" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "mine" / name).write_text(text)
    return str(tmp_path / "mine")


def test_it_is_checked(own, capsys):
    assert main(["check", "--config-dir", own, *CHOSEN]) == 0
    told = capsys.readouterr().out
    surveyor = next(line for line in told.splitlines() if line.strip().startswith("site_surveyor"))
    assert f"survey_site {RETROFITS * 4:,.0f}" in surveyor
    assert f"travel_to_customer {RETROFITS * 1.5:,.0f}" in surveyor
    assert f"{RETROFITS} retrofit" in told


def test_it_runs(own, workplace):
    short = ["run.weeks=8", "run.warmup_weeks=4", "replications=1", "out=answer"]
    assert main(["run", "--config-dir", own, *CHOSEN, *short]) == 0
    found = json.loads((workplace / "answer" / "summary.json").read_text())["designs"]["surveying"]
    assert found["throughput.retrofit.begins_per_week"]["mean"] == pytest.approx(RETROFITS / 52, rel=0.35)
    ends = [found[f"throughput.retrofit.end.{end}_share"]["mean"] for end in ("done", "declined", "gave_up", "open")]
    assert ends[0] > ends[1] > 0
    assert found["people.site_surveyor.hours_per_year.survey_site"]["mean"] > 0
    assert 0 < found["satisfaction.touch.survey.mean"]["mean"] < 1
    (workplace / "answer" / "kpis.parquet").unlink()


def test_the_surveyors_are_missed_where_the_design_has_none(own, complaints):
    told = complaints("check", "--config-dir", own, *CHOSEN[:3], "org=traditional")
    assert told == ["org.who.survey_site: nobody can do this activity: name a role"]
