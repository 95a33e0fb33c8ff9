"""`orgsim sheets`: every item of both guidelines is there, and says what the config says."""

import json
import re
from pathlib import Path

import pytest

from experiments.cli import main
from experiments.composing.choices import choices
from experiments.report.sheets import odd, stress_des
from experiments.report.sheets.item import Item, sheet, tabled
from experiments.report.sheets.journey_map import columns_of
from experiments.report.sheets.journeys import nexts
from experiments.report.sheets.rules import numbers_at
from sim.scenario.journey import Journey

STRESS_DES = {
    "1.1": "Purpose of the model",
    "1.2": "Model outputs",
    "1.3": "Experimentation aims",
    "2.1": "Base model overview diagram",
    "2.2": "Base model logic",
    "2.3": "Scenario logic",
    "2.4": "Algorithms",
    "2.5": "Components",
    "2.5.1": "Entities",
    "2.5.2": "Activities",
    "2.5.3": "Resources",
    "2.5.4": "Queues",
    "2.5.5": "Entry and exit points",
    "3.1": "Data sources",
    "3.2": "Pre-processing",
    "3.3": "Input parameters",
    "3.4": "Assumptions",
    "4.1": "Initialization",
    "4.2": "Run length",
    "4.3": "Estimation approach",
    "5.1": "Software or programming language",
    "5.2": "Random sampling",
    "5.3": "Model execution",
    "5.4": "System specification",
    "6.1": "Computer model sharing statement",
}
ODD = {
    "1": "Purpose and patterns",
    "2": "Entities, state variables, and scales",
    "3": "Process overview and scheduling",
    "4": "Design concepts",
    "4.1": "Basic principles",
    "4.2": "Emergence",
    "4.3": "Adaptation",
    "4.4": "Objectives",
    "4.5": "Learning",
    "4.6": "Prediction",
    "4.7": "Sensing",
    "4.8": "Interaction",
    "4.9": "Stochasticity",
    "4.10": "Collectives",
    "4.11": "Observation",
    "5": "Initialization",
    "6": "Input data",
    "7": "Submodels",
}
HEAD = re.compile(r"^#{2,4} ([\d.]+) (.+)$", re.MULTILINE)
QUEUE = ["+experiment=textbook/mm4"]


def written(folder, *words):
    """Write the sheets of a command, and give what each item says, by number, of STRESS-DES and of ODD."""
    assert main(["sheets", *words, f"out={folder}"]) == 0
    return items(Path(folder, "stress_des.md")), items(Path(folder, "odd.md"))


def items(file):
    """Give the text of each numbered head of a sheet."""
    _, *rest = HEAD.split(file.read_text(encoding="utf-8"))
    return {number: text.strip() for number, _, text in zip(rest[::3], rest[1::3], rest[2::3], strict=True)}


def heads(file):
    return dict(HEAD.findall(file.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Give a folder with the sheets of the default question."""
    folder = tmp_path_factory.mktemp("company") / "sheets"
    written(folder, "designs=[traditional,persuasion_only]")
    return folder


def test_every_item_of_both_guidelines_is_there_and_says_something(company):
    for file, expected, parts in (("stress_des.md", STRESS_DES, stress_des.PARTS), ("odd.md", ODD, odd.PARTS)):
        assert {**parts, **expected} == heads(company / file)
        said = items(company / file)
        assert [number for number in expected if not said[number]] == []


def test_the_page_has_every_item_and_needs_nothing_else(company):
    page = (company / "report.html").read_text(encoding="utf-8")
    titles = re.findall(r"<h2>(.*?)</h2>", page)
    assert [t for t in titles if t.startswith(("STRESS-DES", "ODD"))] == [
        *(f"STRESS-DES {number} {title}" for number, title in STRESS_DES.items()),
        *(f"ODD {number} {title}" for number, title in ODD.items()),
    ]
    assert not re.search(r"(src|href)=", page.replace('href="#', ""))
    assert (company / "figures" / "journey_map.svg").exists()


def test_the_default_question_is_told_by_its_own_numbers(company):
    said = items(company / "stress_des.md")
    for number, told in {
        "1.1": "400 customers and 6,000 prospects",
        "1.2": "throughput.new_customers_per_week",
        "2.3": "| org.roles.salesperson.headcount | 10 | 4 |",
        "2.4": "pull + skill x quality x appeal",
        "2.5.1": "| major | 40 | 300 |",
        "2.5.2": "| write_proposal | proposal | lognormal (mean 6, cv 0.6) |",
        "2.5.3": "| crew | 24 | 24 |",
        "2.5.4": "| opportunity: answer | answer_inquiry | first_answer, then unanswered | no limit |",
        "2.5.5": "| opportunity | won | account becomes customer |",
        "3.3": "0 numbers not as shipped",
        "3.4": "| activity.effort_h.design |",
        "4.1": "warm-up of 26 weeks, under traditional",
        "4.2": "78 weeks: 26 weeks of warm-up, then a window of 52 weeks",
        "4.3": "4 independent replications, numbered from 0, on seed 1",
    }.items():
        assert told in said[number], number


def test_origins_are_counted_once_each(company):
    said = items(company / "stress_des.md")["3.1"]
    total, sourced, assumed, set_, not_stated = map(int, re.findall(r"\b\d+\b", said.partition("(")[0]))
    assert total == sourced + assumed + set_ + not_stated
    assert (set_, not_stated) == (0, 0)
    assert assumed > 300
    assert sourced > 20


def test_what_the_config_says_is_what_the_sheets_say(tmp_path):
    before = written(tmp_path / "before", *QUEUE)
    assert "There is one scenario, textbook" in before[0]["2.3"]
    changed = ["activity.serve.effort_h.exponential.mean=0.31", "org.roles.server.headcount=7"]
    changed += ["run.warmup_weeks=3", "seed=99", "org.roles.server.dispatch=earliest_due", "replications=12"]
    after = written(tmp_path / "after", *QUEUE, *changed)
    stress, concepts = 0, 1
    for which, number, was, now in (
        (stress, "2.5.2", "exponential (mean 0.2)", "exponential (mean 0.31)"),
        (stress, "2.5.3", "| server | 4 |", "| server | 7 |"),
        (stress, "2.5.3", "first come", "earliest due"),
        (stress, "4.1", "warm-up of 0.5 weeks", "warm-up of 3 weeks"),
        (stress, "4.2", "lasts 5.5 weeks", "lasts 8 weeks"),
        (stress, "4.3", "30 independent replications, numbered from 0, on seed 1;", "12 independent"),
        (stress, "4.3", "on seed 1;", "on seed 99;"),
        (stress, "5.2", "seed (1)", "seed (99)"),
        (concepts, "2", "| server | 4 |", "| server | 7 |"),
        (concepts, "4.3", "server: first come", "server: earliest due"),
        (concepts, "4.9", "seed (1)", "seed (99)"),
        (concepts, "5", "Seed 1.", "Seed 99."),
        (concepts, "7", "exponential (mean 0.2)", "exponential (mean 0.31)"),
    ):
        assert was in before[which][number], (number, was)
        assert was not in after[which][number], (number, was)
        assert now in after[which][number], (number, now)
        assert now not in before[which][number], (number, now)
    assert "| org.roles.server.headcount | 7 | 4 | heads | set by the command | - |" in after[stress]["3.3"]
    assert "every exponential (mean 0.111111) h" in after[stress]["2.5.5"]


OWN = """# A shop of one's own.
defaults: [traditional, _self_]
name: own_shop
roles:
  salesperson: {headcount: 7}   # assumption, 5 to 9
  engineer: {headcount: 3}      # measured on our payroll
who: {check_design: salesperson}
"""


@pytest.fixture(scope="module")
def own_configs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    (folder / "org").mkdir()
    (folder / "org" / "own_shop.yaml").write_text(OWN)
    return folder


def test_a_design_of_ones_own_is_told_with_its_comments(own_configs, tmp_path):
    words = ["--config-dir", str(own_configs), "org=own_shop", "market.rest_weeks=20", "run_in=null"]
    stress, concepts = written(tmp_path / "own", *words, "~org.roles.planner.quits_per_year")
    assert "The design own_shop is described" in stress["1.3"]
    assert "| check_design | salesperson |" in stress["2.5.2"]
    assert "| salesperson | 7 |" in stress["2.5.3"]
    assert "under each design itself" in stress["4.1"]
    assert "Designs: own_shop." in concepts["1"]
    origin = json.loads((tmp_path / "own" / "summary.json").read_text(encoding="utf-8"))["provenance"]
    assert origin["command"].startswith(f"orgsim sheets --config-dir {own_configs} org=own_shop ")
    assert origin["command"] in stress["6.1"]
    assert origin["commit"] in stress["6.1"]
    _, table = stress["3.3"].split("*Numbers that are not as shipped*")
    rows = [line.strip("| ").split(" | ") for line in table.split("\n\n")[1].splitlines()[2:]]
    assert sorted(rows) == [
        ["market.rest_weeks", "20", "39", "weeks", "set by the command", "-"],
        ["org.roles.engineer.headcount", "3", "4", "heads", "measured: measured on our payroll", "-"],
        ["org.roles.planner.quits_per_year", "-", "0.13", "1/year", "set by the command", "-"],
        ["org.roles.salesperson.headcount", "7", "10", "heads", "assumption: assumption, 5 to 9", "5 to 9"],
    ]


def test_designs_are_told_apart_by_what_differs(company):
    said = items(company / "stress_des.md")
    assert "traditional, the reference, against persuasion_only" in said["1.3"]
    assert "| org.who.check_design | engineer | pre_order_engineer |" in said["2.3"]
    assert "| org.skill_sigma |" not in said["2.3"]


def test_text_cannot_break_a_table_or_be_a_tag():
    item = Item("1", "A <b>title", ["one\n# two"], ["a < b"], [tabled("t", ["a", "b"], [["x|y", "p\nq"]])])
    text = sheet("S", ["about"], [item], {})
    assert text == (
        "# S\n\nabout\n\n## 1 A &lt;b>title\n\none # two\n\n- a &lt; b\n\n"
        "*t*\n\n| a | b |\n|---|---|\n| x\\|y | p q |\n"
    )


def test_names_stand_right_of_what_begins_them():
    arrows = [("need", "order"), ("order", "issue"), ("need", "issue"), ("issue", "issue"), ("issue", "claim")]
    found = columns_of(arrows, ["issue", "order", "alone", "claim"])
    assert found == {"need": 0, "order": 1, "issue": 2, "alone": 0, "claim": 3}
    names = list(found)
    assert all(names.index(begin) <= names.index(end) for begin, end in arrows)


def test_a_circle_of_journeys_has_columns_too():
    assert columns_of([("a", "b"), ("b", "c"), ("c", "a")], ["a", "b", "c"]).keys() == {"a", "b", "c"}


def test_the_ways_of_a_case_are_those_of_its_steps():
    steps = {
        "first": {"do": "answer", "patience": "calm", "left": "gone", "room": 3, "full": "gone"},
        "second": {"choose": "technical", "to": {"yes": "first", "no": "done"}},
        "gone": {"wait": 2.0, "then": "done"},
        "done": {"end": "done"},
    }
    found = list(nexts(Journey.model_validate({"steps": steps})))
    assert found == [
        ("first", "", "second"),
        ("first", "patience calm over", "gone"),
        ("first", "room of 3 full", "gone"),
        ("second", "yes", "first"),
        ("second", "no", "done"),
        ("gone", "", "done"),
    ]


def test_numbers_of_a_rule_are_found_under_any_name():
    data = {"org": {"roles": {"a": {"pay_usd": 3.0}, "b": {"pay_usd": 4}}}, "market": {"rules": {}}}
    assert numbers_at("org.roles.ROLE.pay_usd", data) == [("org.roles.a.pay_usd", 3.0), ("org.roles.b.pay_usd", 4.0)]
    assert numbers_at("market.rules.talk.appeal", data) == [("market.rules.talk.appeal", 1.65)]
    assert numbers_at("org.skill_sigma", data) == []


def test_what_cannot_be_composed_or_written_is_told(complaints, tmp_path):
    (told,) = complaints("sheets", "designs=[nobody]")
    assert told.startswith("designs: no such design")
    (told,) = complaints("sheets", *QUEUE, "org.roles.server.headcount=-1")
    assert told.startswith("org.roles.server.headcount: ")
    (told,) = complaints("sheets", *QUEUE, f"out={tmp_path}")
    assert told.startswith("out: exists already")


@pytest.mark.slow
@pytest.mark.parametrize("experiment", [e for e in choices("experiment") if not e.startswith("claims/")])
def test_every_shipped_experiment_has_its_sheets(tmp_path, experiment):
    for said in written(tmp_path / "sheets", f"+experiment={experiment}"):
        assert [number for number, text in said.items() if not text and number not in stress_des.PARTS] == []


@pytest.mark.slow
def test_all_designs_at_once_with_rivals_and_changes(tmp_path):
    names = [n for n in choices("org") if n != "textbook" and not n.startswith("small")]
    words = [f"designs=[{','.join(names)}]", "rivals=[growth_only]", "changes=[{week: 26, design: self_service}]"]
    stress, concepts = written(tmp_path / "all", *words)
    assert "from week 26" in stress["1.3"] or "week 26: self_service" in stress["1.3"]
    assert "2 companies in the market" in concepts["2"]
    assert "rivals: growth_only" in concepts["4.8"]
