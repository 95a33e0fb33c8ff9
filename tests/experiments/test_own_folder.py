"""A design, a market, a lever and a claim from a folder of one's own, in verbs that no other test asks so."""

import json
from importlib import import_module

import pytest
import yaml

from experiments.cli import main
from experiments.report import document
from experiments.verbs import claims

FILES = {
    "market/shop.yaml": "defaults: [textbook, _self_]\nname: shop\n",
    "activity/shop.yaml": """
defaults: [none, _self_]
serve: {kind: service, effort_h: {exponential: {mean: 0.2}}}   # assumption, .1 to .3
""",
    "org/corner.yaml": """
defaults: [textbook, _self_]
name: corner
roles: {clerk: {headcount: 3, hours: always}}
who: {serve: clerk}
""",
    "lever/one_more.yaml": "# @package org\nroles: {clerk: {headcount: 4}}\n",
    "org/helped.yaml": "defaults: [corner, {/lever: [one_more]}, _self_]\nname: helped\n",
    "experiment/shop.yaml": """
# @package _global_
defaults:
  - override /market: shop
  - override /activity: shop
  - override /journey: none
  - override /people: steady
  - override /run: textbook
  - override /org: corner
designs: [corner, helped]
run_in: null
engine: simpy
quiet: true
source: {customers: {journey: visit, interarrival_h: {exponential: {mean: 0.125}}}}
journey: {visit: {steps: {service: {do: serve}, out: {end: served}}}}
run: {weeks: 0.2, warmup_weeks: 0.1}
replications: 2
""",
    "experiment/claims/busy.yaml": """
# @package _global_
defaults: [/experiment/shop]
claim:
  says: With one more clerk all of them are less busy.
  measure: people.clerk.utilization
  arms: {corner: [org=corner], helped: [org=helped]}
  contrast: [{arm: corner, times: 1}, {arm: helped, times: -1}]
  minimum: 0.05
  minimum_because: less would not be seen
  scenarios: {holds: {because: it is so}}
""",
}
BUSY = "people.clerk.utilization"
ENSEMBLE = ["verdict.points=2", "verdict.at_base=2", "verdict.replications=1"]
SHOP = "+experiment=shop"
ASKED = {
    "compare": [SHOP, f"best={BUSY}"],
    "sweep": [SHOP, "sweep.grid={org: [corner, helped]}", f"sweep.kpis=[{BUSY}]"],
    "precise": [SHOP, f"precise.kpis={{{BUSY}: 0.5}}", "precise.most=8"],
    "select": [SHOP, f"select.kpi={BUSY}", "select.delta=0.1", "select.first=2", "select.budget=4"],
    "claim": ["busy"],
    "verdict": ["busy", *ENSEMBLE],
    "claims": [*ENSEMBLE, "dry=true"],
}


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("verb", ASKED)
def test_every_verb_asks_about_ones_own(verb, own, tmp_path, capsys, monkeypatch):
    for module in (document, import_module(f"experiments.verbs.{verb}")):
        monkeypatch.setattr(module, "write_document", lambda *_: None, raising=False)  # pictures take their time
    monkeypatch.setattr(claims, "choices", lambda *_: ["busy"])
    out, store = tmp_path / "answer", tmp_path / "kept"
    assert main([verb, *ASKED[verb], "--config-dir", str(own), f"out={out}", f"store={store}"]) == 0
    told = capsys.readouterr().out
    if verb == "claims":
        assert told.startswith("busy\nbusy, base\npoints: ")
        return
    config = yaml.safe_load((out / "config.yaml").read_text(encoding="utf-8"))
    assert config["market"]["name"] == "shop"
    assert "clerk" in json.dumps(config)
    assert ("busy" if verb == "verdict" else "helped") in told
    assert main(["results", "list", f"store={store}"]) == 0
    assert "helped" in capsys.readouterr().out
